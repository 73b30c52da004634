import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { addJob } from '../../../platform/jobs/queue.ts';
import { newId } from '../../../platform/secrets.ts';
import type { RefundReason, RefundState } from './tables.ts';
import './tables.ts';

/** Money on its way back, or there. */
export type Refund = {
  readonly id: string;
  readonly orderId: string;
  readonly chargeId: string;
  /** Minor units; `ofGift` of it is of the gift to the fund, the rest of the tickets. */
  readonly amount: number;
  readonly ofGift: number;
  readonly currency: string;
  readonly reason: RefundReason;
  readonly state: RefundState;
  /** Why it failed, in the provider's own word. */
  readonly failure: string | null;
  readonly providerRef: string | null;
  readonly attempt: number;
  readonly askedAt: Temporal.Instant;
  readonly personName: string;
  readonly settledAt: Temporal.Instant | null;
};

/** A ticket that a refund is for, and what was paid for it. */
export type RefundedTicket = {
  readonly ticketId: string;
  readonly ticketTypeId: string;
  readonly amount: number;
};

export const refundColumns = [
  ...(['id', 'orderId', 'chargeId', 'amount', 'ofGift', 'currency', 'reason', 'state', 'failure'] as const),
  ...(['providerRef', 'attempt', 'askedAt', 'personName', 'settledAt'] as const),
];

/** Sends a refund to its provider: a job's name. */
export const sendRefundJob = 'send-refund';

/** An order's refunds, the oldest first. */
export async function refundsOf(tx: Tx, filmId: string, orderId: string): Promise<Refund[]> {
  return await tx
    .selectFrom('refund')
    .select(refundColumns)
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .orderBy('askedAt')
    .orderBy('id')
    .execute();
}

export async function refundById(tx: Tx, filmId: string, id: string): Promise<Refund | null> {
  const row = await tx
    .selectFrom('refund')
    .select(refundColumns)
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Which tickets a refund is for. */
export async function refundedTickets(tx: Tx, filmId: string, refundId: string): Promise<RefundedTicket[]> {
  return await tx
    .selectFrom('refundTicket')
    .select(['ticketId', 'ticketTypeId', 'amount'])
    .where('filmId', '=', filmId)
    .where('refundId', '=', refundId)
    .execute();
}

export type RefundNotDone = Refund & { readonly isByHand: boolean };

/** What of the film's refunds is not done: asked, waiting, failed, and which the team makes by hand. The oldest first. */
export async function refundsNotDone(tx: Tx, filmId: string): Promise<RefundNotDone[]> {
  const refunds = await tx
    .selectFrom('refund')
    .select(refundColumns)
    .where('filmId', '=', filmId)
    .where('state', '<>', 'succeeded')
    .orderBy('askedAt')
    .limit(200)
    .execute();
  if (refunds.length === 0) return [];
  const byHand = await tx
    .selectFrom('charge')
    .select('id')
    .where('filmId', '=', filmId)
    .where('provider', '=', 'offline')
    .where(
      'id',
      'in',
      refunds.map(({ chargeId }) => chargeId),
    )
    .execute();
  const ids = new Set(byHand.map(({ id }) => id));
  return refunds.map((refund) => ({ ...refund, isByHand: ids.has(refund.chargeId) }));
}

/** Refunds that somebody should ask their provider about by now. */
export async function refundsToLookAt(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  limit: number,
): Promise<Refund[]> {
  return await tx
    .selectFrom('refund')
    .select(refundColumns)
    .where('filmId', '=', filmId)
    .where('lookAt', '<=', now)
    .orderBy('lookAt')
    .limit(limit)
    .execute();
}

/** When to ask about a refund next. */
export async function lookAtRefundAgain(
  tx: Tx,
  filmId: string,
  refundId: string,
  at: Temporal.Instant | null,
): Promise<void> {
  await tx
    .updateTable('refund')
    .set({ lookAt: at })
    .where('filmId', '=', filmId)
    .where('id', '=', refundId)
    .execute();
}

export type NewRefund = {
  readonly orderId: string;
  readonly chargeId: string;
  readonly amount: number;
  readonly ofGift: number;
  readonly currency: string;
  readonly reason: RefundReason;
  readonly tickets: readonly RefundedTicket[];
  /** Made when a form was shown, where one asks for it: the same again is the same refund. */
  readonly id?: string;
};

/** Within this the job should have asked the provider; if not, the reconciler does. */
const sendMinutes = 5;

/**
 * Notes that money is to go back, and adds the job that asks the provider for it. The order is locked beforehand.
 * More than was paid is refused by the database, whatever a command forgets.
 */
export async function askRefund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { tickets, id = newId(), ...refund }: NewRefund,
): Promise<string> {
  const lookAt = now.add({ minutes: sendMinutes });
  await tx
    .insertInto('refund')
    .values({
      ...{ filmId, id, ...refund, state: 'asked', failure: null, providerRef: null, askedAt: now },
      ...{ personId: by.personId, personName: by.name, settledAt: null, lookAt },
    })
    .execute();
  if (tickets.length > 0)
    await tx
      .insertInto('refundTicket')
      .values(tickets.map((ticket) => ({ filmId, refundId: id, ...ticket })))
      .execute();
  await addJob(tx, sendRefundJob, { filmId, refundId: id }, { key: `refund:${id}` });
  return id;
}
