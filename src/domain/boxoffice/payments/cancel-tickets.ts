import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { filmMoney } from '../../film/index.ts';
import { lockCodes } from '../codes.ts';
import { giveGrantBack } from '../grants.ts';
import type { Order, Ticket } from '../order.ts';
import { placesCameBack } from '../places-back.ts';
import { isCodeUsed } from './retake-places.ts';

/**
 * Cancels tickets: they let nobody in, and their places and the uses of the order's code go to others, once. What the
 * solidarity fund paid for them goes back to it. The order is locked beforehand; codes come before the fund, and that before places.
 * @param tickets of the order, not cancelled yet
 */
export async function cancelTickets(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { order, tickets }: { readonly order: Order; readonly tickets: readonly Ticket[] },
): Promise<void> {
  const wanted = tickets.map(({ id }) => id);
  if (wanted.length === 0) return;
  const cancelled = await tx
    .updateTable('ticket')
    .set({ cancelledAt: now })
    .where('filmId', '=', filmId)
    .where('id', 'in', wanted)
    .where('cancelledAt', 'is', null)
    .returning(['id', 'line'])
    .execute();
  const byLine = new Map<number, number>();
  for (const { line } of cancelled) byLine.set(line, (byLine.get(line) ?? 0) + 1);
  await giveCodeBack(tx, filmId, now, order, byLine);
  const granted = order.lines.filter((line) => line.granted > 0 && byLine.has(line.line));
  const { today: bookedOn } = await filmMoney(tx, filmId, now);
  if (granted.length > 0) await giveGrantBack(tx, filmId, now, by, { order, bookedOn });
  for (const [line, places] of byLine) await givePlacesBack(tx, filmId, order.id, line, places);
  const gone = new Set(cancelled.map(({ id }) => id));
  if (order.tickets.every(({ id, cancelledAt }) => cancelledAt !== null || gone.has(id)))
    await tx
      .updateTable('order')
      .set({ cancelledAt: now })
      .where('filmId', '=', filmId)
      .where('id', '=', order.id)
      .execute();
  await placesCameBack(tx, filmId, order.screeningId);
}

async function givePlacesBack(
  tx: Tx,
  filmId: string,
  orderId: string,
  line: number,
  places: number,
): Promise<void> {
  const ofLine = tx
    .deleteFrom('hold')
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .where('line', '=', line);
  // Gone as a whole, or smaller by as many: the triggers count either way.
  const whole = await ofLine.where('places', '<=', places).returning('id').executeTakeFirst();
  if (whole) return;
  await tx
    .updateTable('hold')
    .set(({ eb }) => ({ places: eb('places', '-', places) }))
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .where('line', '=', line)
    .execute();
}

async function giveCodeBack(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  byLine: ReadonlyMap<number, number>,
): Promise<void> {
  if (order.codeId === null) return;
  await lockCodes(tx, [order.codeId], now);
  const code = await tx
    .selectFrom('code')
    .select('ticketTypeId')
    .where('filmId', '=', filmId)
    .where('id', '=', order.codeId)
    .executeTakeFirstOrThrow();
  const used = order.lines.filter((line) => isCodeUsed(line, code.ticketTypeId));
  const uses = used.reduce((sum, { line }) => sum + (byLine.get(line) ?? 0), 0);
  const money = used.reduce((sum, { line, off }) => sum + (byLine.get(line) ?? 0) * off, 0);
  if (uses === 0) return;
  const all = await tx
    .deleteFrom('codeUse')
    .where('filmId', '=', filmId)
    .where('codeId', '=', order.codeId)
    .where('orderId', '=', order.id)
    .where('uses', '<=', uses)
    .returning('uses')
    .executeTakeFirst();
  if (all) return;
  await tx
    .updateTable('codeUse')
    .set(({ eb }) => ({ uses: eb('uses', '-', uses), money: eb('money', '-', money) }))
    .where('filmId', '=', filmId)
    .where('codeId', '=', order.codeId)
    .where('orderId', '=', order.id)
    .execute();
}
