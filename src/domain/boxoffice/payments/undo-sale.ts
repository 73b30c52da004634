import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { lockOrders, type Order, sayOrderCode } from '../order.ts';
import { admittedAmong } from '../scans.ts';
import { settleOwnRefund } from './refund-by-hand.ts';
import { refundTickets } from './refund-tickets.ts';

/** How long a slip of the finger may be undone by whoever sells; afterwards it is a refund like every other. */
export const undoMinutes = 10;

/** Why a sale is not undone, or null. A sale on the site is never undone at the door. */
export function whyNotUndo(
  { channel, confirmedAt, cancelledAt }: Pick<Order, 'channel' | 'confirmedAt' | 'cancelledAt'>,
  now: Temporal.Instant,
): 'not_sold_here' | 'undo_late' | null {
  if (channel === 'site' || confirmedAt === null) return 'not_sold_here';
  if (cancelledAt !== null) return null;
  return now.since(confirmedAt).total('minutes') < undoMinutes ? null : 'undo_late';
}

/**
 * Takes back what was just sold at the desk or the door: the tickets are cancelled, their places are free, and the
 * books know that the money went back the way it came, out of the cash box or by the reader. Said again it stays undone.
 * @throws {Refusal} not_sold_here · undo_late · admitted, where somebody came in with one of the tickets
 */
export async function undoSale(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { orderId, screeningId }: { readonly orderId: string; readonly screeningId: string },
): Promise<Order> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  if (order?.screeningId !== screeningId) throw new Refusal('not_sold_here');
  const why = whyNotUndo(order, now);
  if (why !== null) throw new Refusal(why);
  const ticketIds = order.tickets.filter(({ cancelledAt }) => cancelledAt === null).map(({ id }) => id);
  if (ticketIds.length === 0) return order;
  if ((await admittedAmong(tx, filmId, ticketIds)).size > 0) throw new Refusal('admitted');
  const ask = { orderId, ticketIds, withGift: true, as: 'team' as const };
  const { refundId } = await refundTickets(tx, filmId, now, by, ask);
  if (refundId !== null) await settleOwnRefund(tx, filmId, now, by, refundId);
  await recordAudit(tx, filmId, now, by, {
    action: 'boxoffice.undo_sale',
    subject: sayOrderCode(order.code),
  });
  return order;
}
