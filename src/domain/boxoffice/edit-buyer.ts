import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { lockOrders, sayOrderCode } from './order.ts';
import './tables.ts';

/**
 * Says whose an order is: another name, another address, a note. It draws on no places, so that it works where
 * everything is sold.
 * @throws {Refusal} no_such_order · order_not_confirmed, while nobody said yet who comes
 */
export async function editBuyer(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    orderId,
    name,
    address,
    note,
  }: {
    readonly orderId: string;
    readonly name: string;
    readonly address: string | null;
    readonly note: string;
  },
): Promise<void> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  if (!order) throw new Refusal('no_such_order');
  if (order.confirmedAt === null) throw new Refusal('order_not_confirmed');
  const fields = [
    ...(order.buyer?.name === name ? [] : ['name']),
    ...((order.buyer?.address ?? null) === address ? [] : ['address']),
    ...(order.note === note ? [] : ['note']),
  ];
  if (fields.length === 0) return;
  await tx
    .updateTable('order')
    .set({ buyerName: name, buyerAddress: address, note })
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .execute();
  const subject = sayOrderCode(order.code);
  const details = { fields: fields.join(', ') };
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.edit_buyer', subject, details });
}
