import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import type { DisputeState } from '../../../platform/payments/driver.ts';
import './tables.ts';

/** A buyer's bank takes a payment back, or asks about it. */
export type Dispute = {
  readonly id: string;
  readonly orderId: string;
  readonly chargeId: string;
  /** The provider's name for it. */
  readonly providerRef: string;
  /** Minor units, in the payment's currency. */
  readonly amount: number;
  readonly currency: string;
  /** In the provider's own word: `fraudulent`. */
  readonly reason: string;
  readonly state: DisputeState;
  readonly openedAt: Temporal.Instant;
  /** Until when the film may answer; null: there is nothing to answer. */
  readonly dueAt: Temporal.Instant | null;
  readonly settledAt: Temporal.Instant | null;
};

const disputeColumns = [
  ...(['id', 'orderId', 'chargeId', 'providerRef', 'amount', 'currency', 'reason', 'state'] as const),
  ...(['openedAt', 'dueAt', 'settledAt'] as const),
];

/** Whether nobody has decided it yet. */
export const isOpenDispute = ({ settledAt }: Pick<Dispute, 'settledAt'>): boolean => settledAt === null;

/** What a dispute keeps from being given back: the bank has it, or has asked for it. */
export function withheldBy({ state, amount }: Pick<Dispute, 'state' | 'amount'>): number {
  return state === 'needs-response' || state === 'under-review' || state === 'lost' ? amount : 0;
}

/** An order's disputes, the oldest first. */
export async function disputesOf(tx: Tx, filmId: string, orderId: string): Promise<Dispute[]> {
  return await tx
    .selectFrom('dispute')
    .select(disputeColumns)
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .orderBy('openedAt')
    .orderBy('id')
    .execute();
}

/** A dispute in the team's list, with what leads to it at the provider. */
export type ListedDispute = Dispute & { readonly paymentRef: string | null; readonly isLive: boolean };

const listedMax = 100;

/** The film's disputes: those that are open, the most urgent first; then the others, the newest first. */
export async function listDisputes(tx: Tx, filmId: string): Promise<ListedDispute[]> {
  const rows = await tx
    .selectFrom('dispute')
    .innerJoin('charge', (join) =>
      join.onRef('charge.filmId', '=', 'dispute.filmId').onRef('charge.id', '=', 'dispute.chargeId'),
    )
    .innerJoin('paymentAccount as account', (join) =>
      join.onRef('account.filmId', '=', 'charge.filmId').onRef('account.id', '=', 'charge.accountId'),
    )
    .select(['dispute.id', 'dispute.orderId', 'chargeId', 'dispute.providerRef', 'dispute.amount'])
    .select(['dispute.currency', 'reason', 'state', 'openedAt', 'dueAt', 'settledAt'])
    .select(['charge.paymentRef', 'account.isLive'])
    .where('dispute.filmId', '=', filmId)
    .orderBy('settledAt', (by) => by.desc().nullsFirst())
    .orderBy('dueAt', (by) => by.asc().nullsLast())
    .orderBy('openedAt', 'desc')
    .limit(listedMax)
    .execute();
  return rows;
}

/** How many disputes wait for a decision, how many of them for the film's answer, and until when the first does. */
export async function openDisputes(
  tx: Tx,
  filmId: string,
): Promise<{ readonly open: number; readonly toAnswer: number; readonly dueAt: Temporal.Instant | null }> {
  const row = await tx
    .selectFrom('dispute')
    .select((it) => [
      it.fn.countAll<number>().as('open'),
      it.fn.countAll<number>().filterWhere('state', '<>', 'under-review').as('toAnswer'),
      it.fn.min('dueAt').filterWhere('state', '<>', 'under-review').as('dueAt'),
    ])
    .where('filmId', '=', filmId)
    .where('settledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return { open: Number(row.open), toAnswer: Number(row.toAnswer), dueAt: row.dueAt };
}

/** Payments with a dispute that somebody should ask the provider about by now. */
export async function disputedToLookAt(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('dispute')
    .select('chargeId')
    .where('filmId', '=', filmId)
    .where('lookAt', '<=', now)
    .orderBy('lookAt')
    .limit(limit)
    .execute();
  return [...new Set(rows.map(({ chargeId }) => chargeId))];
}
