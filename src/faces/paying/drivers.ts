import {
  type Charge,
  isSandboxOpen,
  type PaymentAccount,
  paymentAccount,
  paymentKeys,
} from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { type Driver, isSandboxAllowed, sandboxDriver, stripeDriver } from '../../platform/payments/index.ts';
import { canonicalVisit } from '../edge/visit-of.ts';
import type { House } from '../house.ts';

/** What paying needs of a house. */
export type Till = Pick<House, 'config' | 'db' | 'clock' | 'log' | 'directory' | 'films'>;

/** Through whom a payment page is opened now: the film's own account, or the sandbox where it is allowed and opened. */
export type Payee =
  | { readonly provider: 'stripe'; readonly account: PaymentAccount }
  | { readonly provider: 'sandbox'; readonly account: null };

/** Who takes a film's payments at a page, or null: nobody does yet. */
export async function payeeOf({ config, db }: Till, filmId: string): Promise<Payee | null> {
  return await inFilm(db, filmId, async (tx) => {
    const account = await paymentAccount(tx, filmId);
    if (account) return { provider: 'stripe', account };
    const isOpen = isSandboxAllowed(config) && (await isSandboxOpen(tx, filmId));
    return isOpen ? { provider: 'sandbox', account: null } : null;
  });
}

/**
 * The driver that a payment was begun with, whatever the film uses by now; null where there is nobody to ask: it was
 * made by hand, or in a sandbox that is not allowed here any more.
 */
export async function driverOf(
  till: Till,
  filmId: string,
  { provider, accountId }: Pick<Charge, 'provider' | 'accountId'>,
): Promise<Driver | null> {
  const { config, db, clock } = till;
  if (provider === 'stripe' && accountId !== null) return await stripeOf(till, filmId, accountId);
  if (provider !== 'sandbox' || !isSandboxAllowed(config)) return null;
  return sandboxDriver({ db, clock, filmId, siteUrl: await siteUrlOf(till, filmId) });
}

/** The driver of one of the film's accounts. */
export async function stripeOf({ config, db }: Till, filmId: string, accountId: string): Promise<Driver> {
  const { secretKey } = await inFilm(db, filmId, (tx) => paymentKeys(tx, filmId, accountId));
  return stripeDriver({ secretKey, serverUrl: config.stripeUrl });
}

/** The film's canonical address, without a slash at the end. */
export async function siteUrlOf(till: Till, filmId: string): Promise<string> {
  const visit = await canonicalVisit(till, filmId);
  if (!visit) throw new Error('a film without an address');
  return `${visit.origin}${visit.canonicalBase}`;
}
