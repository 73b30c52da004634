import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { dropPages } from '../../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { screeningById, shownState } from '../../screenings/index.ts';
import { takePlaces } from '../capacity.ts';
import { lockOrders, type Order, orderState, sayOrderCode } from '../order.ts';
import { refundWholeOrder } from '../payments/index.ts';
import { whyNotSelling } from '../sale.ts';
import { resendTickets } from '../ticket-letters.ts';
import { ticketTypesOf } from '../ticket-types.ts';
import { goodPlaces, typeForExchange } from './exchange.ts';
import { noticeById, type OrderNotice } from './notices.ts';
import './tables.ts';

export type Chosen =
  | { readonly choice: 'keep' | 'refund' }
  | { readonly choice: 'exchange'; readonly screeningId: string };

/**
 * What a buyer does about a change: keep the tickets, take them to another screening, or have the money back. Whoever
 * kept may still choose otherwise; an exchange and a refund stand. A refund gives all good tickets back and asks for
 * what was paid for them; a gift to the fund stays there.
 * @throws {Refusal} no_such_notice · already_chosen · nothing_to_keep, of a screening that is cancelled ·
 *   too_late, when it is over · not_exchangeable · places_gone
 */
export async function chooseAfterChange(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { changeId, orderId, ...chosen }: { readonly changeId: string; readonly orderId: string } & Chosen,
): Promise<void> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  const notice = await noticeById(tx, filmId, { changeId, orderId });
  if (!order || !notice) throw new Refusal('no_such_notice');
  if (notice.choice === chosen.choice && chosen.choice !== 'exchange') return;
  if (notice.choice !== null && notice.choice !== 'keep') throw new Refusal('already_chosen');
  if (orderState(order, now) !== 'confirmed') throw new Refusal('no_such_notice');
  const changed = await screeningById(tx, filmId, notice.screeningId);
  if (!changed || shownState(changed, now) === 'past') throw new Refusal('too_late');
  if (chosen.choice === 'keep' && notice.kind === 'cancelled') throw new Refusal('nothing_to_keep');
  if (chosen.choice === 'exchange')
    await exchange(tx, filmId, now, { order, notice, toId: chosen.screeningId });
  // Whatever the film's own rule says: it was the screening that changed.
  if (chosen.choice === 'refund') await refundWholeOrder(tx, filmId, now, by, orderId);
  await tx
    .updateTable('orderNotice')
    .set({
      ...{ choice: chosen.choice, chosenAt: now },
      exchangedTo: chosen.choice === 'exchange' ? chosen.screeningId : null,
      settledAt: chosen.choice === 'refund' ? now : null,
    })
    .where('filmId', '=', filmId)
    .where('changeId', '=', changeId)
    .where('orderId', '=', orderId)
    .execute();
  const details = { choice: chosen.choice };
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.choose', subject: sayOrderCode(order.code), details },
  });
}

/**
 * Takes an order's good tickets to another screening, through the one path to its places; what was held here goes
 * back. What was paid stays paid, so the books have nothing to say. Papers that were printed no longer let in.
 */
async function exchange(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, notice, toId }: { readonly order: Order; readonly notice: OrderNotice; readonly toId: string },
): Promise<void> {
  const fromId = notice.screeningId;
  const to = await screeningById(tx, filmId, toId);
  if (!to || to.isPrivate || toId === fromId || whyNotSelling(to, now, false) !== null)
    throw new Refusal('not_exchangeable');
  const types = await ticketTypesOf(tx, filmId, [fromId, toId]);
  const of = (id: string) => types.filter(({ screeningId }) => screeningId === id);
  const lines = goodPlaces(order).map(({ line, places, ...rest }) => {
    const type = typeForExchange(rest, of(fromId), of(toId), now);
    if (!type) throw new Refusal('not_exchangeable');
    return { line, places, ticketTypeId: type.id };
  });
  const take = async (): Promise<void> => {
    const wanted = { orderId: order.id, expiresAt: null, lines };
    const { orderIds, placesLeft } = await takePlaces(tx, toId, now, [wanted]);
    if (!orderIds.has(order.id)) throw new Refusal('places_gone', { left: placesLeft ?? 0 });
  };
  const giveBack = async (): Promise<void> => {
    await tx
      .deleteFrom('hold')
      .where('filmId', '=', filmId)
      .where('orderId', '=', order.id)
      .where('screeningId', '=', fromId)
      .execute();
  };
  // Two rooms are locked in the order of their ids.
  for (const step of fromId < toId ? [giveBack, take] : [take, giveBack]) await step();
  await tx
    .updateTable('order')
    .set({ screeningId: toId })
    .where('filmId', '=', filmId)
    .where('id', '=', order.id)
    .execute();
  for (const { line, ticketTypeId } of lines)
    await moveTickets(tx, filmId, order, { line, ticketTypeId, toId });
  if (order.buyer?.address) await resendTickets(tx, filmId, now, { orderId: order.id, isTeam: true });
  await dropPages(tx, filmId, 'screenings');
}

async function moveTickets(
  tx: Tx,
  filmId: string,
  order: Order,
  {
    line,
    ticketTypeId,
    toId,
  }: { readonly line: number; readonly ticketTypeId: string; readonly toId: string },
): Promise<void> {
  await tx
    .updateTable('orderLine')
    .set({ ticketTypeId })
    .where('filmId', '=', filmId)
    .where('orderId', '=', order.id)
    .where('line', '=', line)
    .execute();
  await tx
    .updateTable('ticket')
    .set((it) => ({ screeningId: toId, ticketTypeId, generation: it('generation', '+', 1) }))
    .where('filmId', '=', filmId)
    .where('orderId', '=', order.id)
    .where('line', '=', line)
    .where('cancelledAt', 'is', null)
    .execute();
}
