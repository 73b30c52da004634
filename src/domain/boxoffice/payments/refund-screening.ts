import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { addJobs } from '../../../platform/jobs/queue.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { screeningById } from '../../screenings/index.ts';
import { orderById } from '../order.ts';
import { refundTickets } from './refund-tickets.ts';

/** Gives one order of a screening back: a job's name, one for each order. */
export const refundOrderJob = 'refund-order';

/**
 * Gives every order of a screening back, gifts to the fund left where they were meant to go: a job an order, so that
 * whatever stops in between goes on where it was. Asked again, it is the orders that are left.
 * @returns how many orders there are to give back
 * @throws {Refusal} no_such_screening
 */
export async function refundScreening(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  screeningId: string,
): Promise<number> {
  const screening = await screeningById(tx, filmId, screeningId);
  if (!screening) throw new Refusal('no_such_screening');
  const orders = await ordersToRefund(tx, filmId, screeningId);
  const { personId, name: personName } = by;
  const jobs = orders.map((orderId) => ({
    ...{ payload: { filmId, orderId, personId, personName }, key: `refund-order:${orderId}` },
  }));
  await addJobs(tx, refundOrderJob, jobs);
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.refund_screening', subject: screening.slug, details: { orders: orders.length } },
  });
  return orders.length;
}

/** The orders of a screening with tickets that are good: what a refund of it has still to do. */
export async function ordersToRefund(tx: Tx, filmId: string, screeningId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('order')
    .select('id')
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('confirmedAt', 'is not', null)
    .where('cancelledAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Gives back all good tickets of one order, where there are any left. */
export async function refundWholeOrder(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  orderId: string,
): Promise<void> {
  const order = await orderById(tx, filmId, orderId);
  if (!order || order.confirmedAt === null || order.cancelledAt !== null) return;
  const ticketIds = order.tickets.filter(({ cancelledAt }) => cancelledAt === null).map(({ id }) => id);
  await refundTickets(tx, filmId, now, by, {
    ...{ orderId, ticketIds, withGift: false, as: 'team', reason: 'screening' },
  });
}
