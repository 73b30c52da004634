import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { lockCodes } from './codes.ts';
import { letGrantGo, lockFundFor } from './grants.ts';
import { groundOf, type HoldRequest, readied } from './hold-request.ts';
import { keepLines } from './keep-orders.ts';
import { lockOrders } from './order.ts';
import { openCharge } from './payments/start-charge.ts';
import { placesCameBack } from './places-back.ts';
import { placesOf, takeFor } from './take-for.ts';
import './tables.ts';

/**
 * Makes an order that nobody confirmed yet say something else: what it held goes back and what is asked for now is
 * held, or everything stays as it was. Its places are held anew from this moment. On trial a payment page that is open
 * does not matter: its caller takes it back.
 * @throws {Refusal} no_such_order · order_settled, when it was confirmed meanwhile · paying, while a payment
 *   page is open for what it says now · those of `placeHolds`
 */
export async function changeChoice(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  {
    orderId,
    request,
    isTrial = false,
  }: { readonly orderId: string; readonly request: HoldRequest; readonly isTrial?: boolean },
): Promise<void> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  if (!order || order.screeningId !== request.screeningId) throw new Refusal('no_such_order');
  if (order.confirmedAt !== null) throw new Refusal('order_settled');
  if (!isTrial && (await openCharge(tx, filmId, orderId))) throw new Refusal('paying');
  const ready = readied(await groundOf(tx, filmId, now, [request]), request, now, 0);
  if (ready instanceof Refusal) throw ready;
  const chosen = { ...ready, orderId };
  const codeIds = [order.codeId, ready.promo?.id].filter((id) => typeof id === 'string');
  await lockCodes(tx, [...new Set(codeIds)], now);
  // Before the capacity, which giving the places back takes.
  await lockFundFor(tx, filmId, now, [chosen]);
  await letGrantGo(tx, filmId, now, order);
  for (const table of ['hold', 'codeUse', 'orderLine'] as const)
    await tx.deleteFrom(table).where('filmId', '=', filmId).where('orderId', '=', orderId).execute();
  await keepLines(tx, filmId, chosen);
  const refusal = (await takeFor(tx, filmId, now, [chosen])).get(chosen);
  if (refusal) throw refusal;
  const before = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (placesOf(chosen) < before) await placesCameBack(tx, filmId, order.screeningId);
  const { currency, total, gift } = ready.quote;
  await tx
    .updateTable('order')
    .set({ currency, total, gift, codeId: ready.promo?.id ?? null, lapsesAt: ready.lapsesAt })
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .execute();
}
