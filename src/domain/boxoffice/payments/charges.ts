import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import type { Provider } from '../../../platform/payments/driver.ts';
import type { ChargeMethod, ChargeProblem } from './tables.ts';
import './tables.ts';

/** One payment for an order: asked for at a provider's page, promised by invoice, or made by hand. */
export type Charge = {
  readonly id: string;
  readonly orderId: string;
  readonly provider: Provider;
  /** Through which of the film's accounts: refunds go through the same, whatever the film uses by then. */
  readonly accountId: string | null;
  readonly method: ChargeMethod;
  /** Minor units, as all of its money. */
  readonly amount: number;
  readonly currency: string;
  readonly startedAt: Temporal.Instant;
  readonly pageUntil: Temporal.Instant | null;
  readonly pageUrl: string | null;
  readonly providerRef: string | null;
  readonly paymentRef: string | null;
  readonly pendingAt: Temporal.Instant | null;
  readonly succeededAt: Temporal.Instant | null;
  readonly goneAt: Temporal.Instant | null;
  /** Whether the order stands on it. false: it is money too much, and is given back. null: nothing was paid yet. */
  readonly fulfils: boolean | null;
  readonly problem: ChargeProblem | null;
  /** What was paid, or promised by invoice. */
  readonly captured: number;
  /** What of it was given back or is about to be. */
  readonly refunded: number;
  /** What of it a dispute has taken or may yet take: nobody gives that back. */
  readonly disputed: number;
  readonly fee: number | null;
  readonly feeCurrency: string | null;
  /** The card that paid, in the provider's word, and its last four figures; null: not a card, or before they were kept. */
  readonly cardBrand: string | null;
  readonly cardEnd: string | null;
  readonly invoiceNumber: number | null;
  readonly dueOn: string | null;
};

export const chargeColumns = [
  ...(['id', 'orderId', 'provider', 'accountId', 'method', 'amount', 'currency', 'startedAt'] as const),
  ...(['pageUntil', 'pageUrl', 'providerRef', 'paymentRef', 'pendingAt', 'succeededAt', 'goneAt'] as const),
  ...([
    'fulfils',
    'problem',
    'captured',
    'refunded',
    'disputed',
    'fee',
    'feeCurrency',
    'cardBrand',
    'cardEnd',
    'invoiceNumber',
    'dueOn',
  ] as const),
];

export type ChargeState = 'open' | 'pending' | 'succeeded' | 'gone' | 'owed';

/** How a payment stands: at its page, waiting for a bank, made, over without, or owed by invoice. */
export function chargeState(charge: Charge): ChargeState {
  if (charge.succeededAt !== null) return 'succeeded';
  if (charge.goneAt !== null) return 'gone';
  if (charge.method === 'invoice') return 'owed';
  return charge.pendingAt === null ? 'open' : 'pending';
}

/** Every payment of an order, the oldest first. */
export async function chargesOf(tx: Tx, filmId: string, orderId: string): Promise<Charge[]> {
  return await tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .orderBy('startedAt')
    .orderBy('id')
    .execute();
}

export async function chargeById(tx: Tx, filmId: string, id: string): Promise<Charge | null> {
  const row = await tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The payment that a provider calls by one of its names, at one of the film's accounts; null: it is not ours. */
export async function chargeNamed(
  tx: Tx,
  filmId: string,
  accountId: string,
  about: {
    readonly pageRef: string | null;
    readonly paymentRef: string | null;
    readonly chargeId: string | null;
  },
): Promise<Charge | null> {
  const { pageRef, paymentRef, chargeId } = about;
  const isId = chargeId !== null && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(chargeId);
  const row = await tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('filmId', '=', filmId)
    .where('accountId', '=', accountId)
    .where(({ eb, or }) =>
      or([
        ...(pageRef === null ? [] : [eb('providerRef', '=', pageRef)]),
        ...(paymentRef === null ? [] : [eb('paymentRef', '=', paymentRef)]),
        ...(isId ? [eb('id', '=', chargeId)] : []),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Payments that somebody should ask their provider about by now: open pages, waiting banks, fees not known yet. */
export async function chargesToLookAt(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  limit: number,
): Promise<Charge[]> {
  return await tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('filmId', '=', filmId)
    .where('lookAt', '<=', now)
    .orderBy('lookAt')
    .limit(limit)
    .execute();
}

/** When to ask about a payment next; null: there is nothing more to learn. */
export async function lookAgainAt(
  tx: Tx,
  filmId: string,
  chargeId: string,
  at: Temporal.Instant | null,
): Promise<void> {
  await tx
    .updateTable('charge')
    .set({ lookAt: at })
    .where('filmId', '=', filmId)
    .where('id', '=', chargeId)
    .execute();
}

/** Payments that somebody of the team should see: money too much, and what does not agree. The newest first. */
export async function chargesInDoubt(tx: Tx, filmId: string): Promise<Charge[]> {
  return await tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('filmId', '=', filmId)
    .where(({ or, eb }) => or([eb('fulfils', '=', false), eb('problem', 'is not', null)]))
    .orderBy('startedAt', 'desc')
    .limit(100)
    .execute();
}
