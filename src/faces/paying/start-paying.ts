import { createHash, createHmac } from 'node:crypto';
import {
  type Charge,
  chargeById,
  dropCharge,
  keepPage,
  letReturn,
  orderById,
  type SaidBuyer,
  startCharge,
} from '../../domain/boxoffice/index.ts';
import { installationSecret } from '../../platform/auth/installation-secret.ts';
import { inFilm } from '../../platform/database/database.ts';
import type { PageResult } from '../../platform/payments/index.ts';
import { driverOf, payeeOf, siteUrlOf, type Till } from './drivers.ts';
import { lookAgain } from './look-again.ts';

export type Paying =
  /** The buyer goes there. */
  | { readonly kind: 'page'; readonly url: string }
  /** It was paid before: the order's own page says the rest. */
  | { readonly kind: 'settled' }
  /** The provider cannot be reached now. The places wait; the same button goes on where this ended. */
  | { readonly kind: 'unreachable' }
  /** The provider takes no payments for this film: its keys or its account are not right. Nothing was charged. */
  | { readonly kind: 'not taken' }
  /** Nobody has said yet who takes this film's payments. */
  | { readonly kind: 'nobody' };

export type ToPay = {
  readonly orderId: string;
  readonly said: SaidBuyer;
  /** What is bought, in a line; the page's language. */
  readonly title: string;
  readonly language: string;
};

/**
 * Leads a buyer to where they pay. A second click, a second tab and a second try after a lost answer lead to the same
 * page; nobody is charged on the way.
 * @throws {Refusal} those of `startCharge`
 */
export async function startPaying(till: Till, filmId: string, toPay: ToPay): Promise<Paying> {
  const payee = await payeeOf(till, filmId);
  if (!payee) return { kind: 'nobody' };
  const charge = await begin(till, filmId, toPay, payee);
  if (!isOver(charge, till)) return await pageOf(till, filmId, charge, toPay);
  // What became of a page that ran out decides whether there may be another.
  const settled = await lookAgain(till, filmId, charge.id);
  if (settled?.kind !== 'gone') return { kind: settled ? 'settled' : 'unreachable' };
  return await pageOf(till, filmId, await begin(till, filmId, toPay, payee), toPay);
}

async function begin(
  { db, clock }: Till,
  filmId: string,
  { orderId, said }: ToPay,
  { provider, account }: NonNullable<Awaited<ReturnType<typeof payeeOf>>>,
): Promise<Charge> {
  const returnSecret = await installationSecret(db, 'payment-returns', clock());
  return await inFilm(db, filmId, async (tx) => {
    const asked = { orderId, provider, accountId: account?.id ?? null, said };
    const charge = await startCharge(tx, filmId, clock(), asked);
    await letReturn(tx, filmId, clock(), orderId, returnKey(returnSecret, charge.id));
    return charge;
  });
}

const isOver = ({ pageUntil }: Charge, { clock }: Till): boolean =>
  pageUntil !== null && pageUntil.epochMilliseconds <= clock().epochMilliseconds;

/** The secret by which the page leads back into the order: the same at every try, and kept nowhere. */
function returnKey(secret: string, chargeId: string): string {
  return createHmac('sha256', secret).update(chargeId).digest('base64url').slice(0, 22);
}

/** What this process is asking a provider at this moment: who clicks meanwhile waits for the same answer. */
const underWay = new Map<string, Promise<Paying>>();

async function pageOf(till: Till, filmId: string, charge: Charge, toPay: ToPay): Promise<Paying> {
  if (charge.pageUrl !== null) return { kind: 'page', url: charge.pageUrl };
  const before = underWay.get(charge.id);
  if (before) return await before;
  const asking = askForPage(till, filmId, charge, toPay);
  underWay.set(charge.id, asking);
  try {
    return await asking;
  } finally {
    underWay.delete(charge.id);
  }
}

async function askForPage(till: Till, filmId: string, charge: Charge, toPay: ToPay): Promise<Paying> {
  const { db, clock, log } = till;
  const driver = await driverOf(till, filmId, charge);
  if (!driver) return { kind: 'not taken' };
  const result = await driver.startPage(await newPage(till, filmId, charge, toPay));
  if (result.kind === 'page') {
    const { ref, url } = result.page;
    const kept = await inFilm(db, filmId, (tx) => keepPage(tx, filmId, charge.id, { ref, url }));
    return kept.pageUrl === null ? { kind: 'not taken' } : { kind: 'page', url: kept.pageUrl };
  }
  if (result.kind === 'busy') return await waitForOther(till, filmId, charge.id);
  log.warn({ film: filmId, charge: charge.id, why: whyOf(result) }, 'a payment page could not be opened');
  if (result.kind === 'unreachable') return { kind: 'unreachable' };
  await inFilm(db, filmId, (tx) => dropCharge(tx, filmId, clock(), charge.id));
  return { kind: 'not taken' };
}

const whyOf = (result: Exclude<PageResult, { kind: 'page' }>): string =>
  result.kind === 'refused' ? result.code : result.kind;

async function newPage(till: Till, filmId: string, charge: Charge, { title, said, language }: ToPay) {
  const { db, clock } = till;
  const order = await inFilm(db, filmId, (tx) => orderById(tx, filmId, charge.orderId));
  const secret = await installationSecret(db, 'payment-returns', clock());
  const back = `${await siteUrlOf(till, filmId)}/orders/${order?.code ?? ''}`;
  const key = returnKey(secret, charge.id);
  const buyerAddress = said.buyer.address;
  // Of what may differ between two tries: a provider refuses one key with two meanings.
  const meaning = createHash('sha256').update(JSON.stringify([title, buyerAddress, language, back]));
  return {
    ...{ key: `charge:${charge.id}:${meaning.digest('hex').slice(0, 16)}`, orderId: charge.orderId },
    ...{
      chargeId: charge.id,
      amount: charge.amount,
      currency: charge.currency,
      title,
      buyerAddress,
      language,
    },
    returnUrl: `${back}?key=${key}&from=payment`,
    leaveUrl: `${back}?key=${key}`,
    until: charge.pageUntil ?? clock(),
  };
}

/** Another process asks the provider at this moment. As long as a buyer waits for a page, and no longer. */
const waitTriesMax = 30;
const waitMs = 500;

async function waitForOther({ db }: Till, filmId: string, chargeId: string): Promise<Paying> {
  for (let tried = 0; tried < waitTriesMax; tried += 1) {
    const charge = await inFilm(db, filmId, (tx) => chargeById(tx, filmId, chargeId));
    if (charge?.pageUrl) return { kind: 'page', url: charge.pageUrl };
    await new Promise((done) => setTimeout(done, waitMs));
  }
  return { kind: 'unreachable' };
}
