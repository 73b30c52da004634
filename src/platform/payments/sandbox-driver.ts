import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { type Db, inFilm, type Tx } from '../database/database.ts';
import { newSecret } from '../secrets.ts';
import type {
  Driver,
  NewPage,
  NewRefund,
  PageResult,
  RefundResult,
  SeenPayment,
  SeenRefund,
} from './driver.ts';
import './tables.ts';

/** Where the sandbox's page stands, below a film's own address. */
export const sandboxPath = '/sandbox';

/**
 * Whether this installation may pretend to take money: only where nobody but its own machine can reach it. Tickets
 * that were paid for with nothing would let people in.
 */
export function isSandboxAllowed({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  const { hostname } = new URL(publicUrl);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

export type SandboxGround = {
  readonly db: Db;
  readonly clock: Clock;
  readonly filmId: string;
  /** The film's own address, without a slash at the end. */
  readonly siteUrl: string;
};

/** A provider that moves no money, for trying everything out: a page of our own with buttons. */
export function sandboxDriver({ db, ...ground }: SandboxGround): Driver {
  return sandboxWithin((work) => inFilm(db, ground.filmId, work), ground);
}

/** The same for whoever has a transaction of the film open: each call is a part of `within`. */
export function sandboxWithin(
  within: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  { clock, filmId, siteUrl }: Omit<SandboxGround, 'db'>,
): Driver {
  const look = async (ref: string): Promise<PageResult> => {
    const payment = await within((tx) => sandboxPayment(tx, filmId, ref));
    if (!payment) return { kind: 'refused', code: 'no_such_page' };
    return { kind: 'page', page: seen(payment, siteUrl, clock()) };
  };
  return {
    provider: 'sandbox',
    startPage: async (page) => await look(await within((tx) => startPage(tx, filmId, page))),
    lookAtPage: look,
    expirePage: async (ref) => {
      await within((tx) => endSandboxPayment(tx, filmId, ref, clock(), 'ended'));
      return await look(ref);
    },
    refund: async (refund) => await within((tx) => startRefund(tx, filmId, refund)),
    refundsOf: async (paymentRef) => ({
      kind: 'refunds',
      refunds: await within((tx) => refundsOf(tx, filmId, paymentRef)),
    }),
    // Nobody has a desk of the sandbox's own to give anything back at.
    refundsSince: async () => ({ kind: 'refunds', refunds: [] }),
    // And no bank to dispute anything.
    disputesOf: async () => ({ kind: 'disputes', disputes: [] }),
    disputesSince: async () => ({ kind: 'disputes', disputes: [] }),
  };
}

async function refundsOf(tx: Tx, filmId: string, paymentId: string): Promise<SeenRefund[]> {
  const payment = await sandboxPayment(tx, filmId, paymentId);
  const rows = await tx
    .selectFrom('sandboxRefund')
    .selectAll()
    .where('filmId', '=', filmId)
    .where('paymentId', '=', paymentId)
    .execute();
  return rows.map((row) => seenRefund(row, payment?.currency ?? ''));
}

export type SandboxPayment = {
  readonly id: string;
  readonly orderRef: string;
  readonly amount: number;
  readonly currency: string;
  readonly title: string;
  readonly returnUrl: string;
  readonly leaveUrl: string;
  readonly endsAt: Temporal.Instant;
  readonly paidAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
};

/** A payment of the sandbox by the name that its page has, or null. */
export async function sandboxPayment(tx: Tx, filmId: string, ref: string): Promise<SandboxPayment | null> {
  const row = await tx
    .selectFrom('sandboxPayment')
    .selectAll()
    .where('filmId', '=', filmId)
    .where('id', '=', ref)
    .executeTakeFirst();
  return row ?? null;
}

/** Pays or ends a payment of the sandbox; once, and not after its time. */
export async function endSandboxPayment(
  tx: Tx,
  filmId: string,
  ref: string,
  now: Temporal.Instant,
  as: 'paid' | 'ended',
): Promise<void> {
  await tx
    .updateTable('sandboxPayment')
    .set(as === 'paid' ? { paidAt: now } : { endedAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', ref)
    .where('paidAt', 'is', null)
    .where('endedAt', 'is', null)
    .where('endsAt', '>', now)
    .execute();
}

async function startPage(tx: Tx, filmId: string, page: NewPage): Promise<string> {
  const { key: startKey, orderId: orderRef, amount, currency, title, returnUrl, leaveUrl, until } = page;
  const id = `sb_${newSecret()}`;
  await tx
    .insertInto('sandboxPayment')
    .values({
      ...{ filmId, id, startKey, orderRef, amount, currency, title, returnUrl, leaveUrl, endsAt: until },
    })
    .onConflict((conflict) => conflict.columns(['filmId', 'startKey']).doNothing())
    .execute();
  const standing = await tx
    .selectFrom('sandboxPayment')
    .select('id')
    .where('filmId', '=', filmId)
    .where('startKey', '=', startKey)
    .executeTakeFirstOrThrow();
  return standing.id;
}

async function startRefund(tx: Tx, filmId: string, refund: NewRefund): Promise<RefundResult> {
  const { key: startKey, refundId: refundRef, paymentRef: paymentId, amount, currency } = refund;
  const payment = await sandboxPayment(tx, filmId, paymentId);
  if (!payment?.paidAt) return { kind: 'refused', code: 'no_such_payment' };
  await tx
    .insertInto('sandboxRefund')
    .values({ filmId, id: `sr_${newSecret()}`, paymentId, startKey, refundRef, amount })
    .onConflict((conflict) => conflict.columns(['filmId', 'startKey']).doNothing())
    .execute();
  const row = await tx
    .selectFrom('sandboxRefund')
    .selectAll()
    .where('filmId', '=', filmId)
    .where('startKey', '=', startKey)
    .executeTakeFirstOrThrow();
  return { kind: 'refund', refund: seenRefund(row, currency) };
}

type SandboxRefund = { id: string; refundRef: string; amount: number; paymentId: string };

function seenRefund(
  { id: ref, refundRef: refundId, amount, paymentId: paymentRef }: SandboxRefund,
  currency: string,
): SeenRefund {
  return { ref, state: 'succeeded', amount, currency, refundId, failure: null, paymentRef };
}

function seen(payment: SandboxPayment, siteUrl: string, now: Temporal.Instant): SeenPayment {
  const { id, amount, currency, orderRef: orderId, endsAt, paidAt, endedAt } = payment;
  const isOver = endedAt !== null || endsAt.epochMilliseconds <= now.epochMilliseconds;
  return {
    ...{ ref: id, amount, currency, orderId, paymentRef: paidAt ? id : null },
    state: paidAt ? 'paid' : isOver ? 'gone' : 'open',
    fee: paidAt ? { amount: pretendedFee(amount), currency } : null,
    card: paidAt ? pretendedCard : null,
    url: `${siteUrl}${sandboxPath}/${id}`,
  };
}

/** The card that everybody tries payments with. */
const pretendedCard = { brand: 'visa', end: '4242' } as const;

/** What cards mostly cost, 2.9 % and 30 cents, so that the books of a trial look as real ones do. */
function pretendedFee(amount: number): number {
  return Math.min(amount, Math.round((amount * 29) / 1_000) + 30);
}
