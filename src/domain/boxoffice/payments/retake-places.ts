import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import { dropPages } from '../../../platform/page-cache/drop-pages.ts';
import { takePlaces } from '../capacity.ts';
import { lockCodes } from '../codes.ts';
import type { Order } from '../order.ts';
import { saysOtherwise } from '../sale.ts';

/** Long enough for the rest of the transaction that takes them. */
const whileConfirming = { minutes: 1 };

/**
 * Takes the places of an order anew that lapsed before its money came, as whoever comes now would take them, and the
 * uses of its code; at the price that it was quoted. The order is then open for the rest of this transaction.
 * The order is locked beforehand; codes come before places, as ever: see docs/locking.md.
 * @returns false, and nothing taken, when places or code went to others
 */
export async function retakePlaces(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
): Promise<boolean> {
  const uses = await usesOf(tx, filmId, order, now);
  if (uses === 'gone') return false;
  const expiresAt = now.add(whileConfirming);
  const lines = order.lines.map(({ ticketTypeId, quantity }) => ({ ticketTypeId, places: quantity }));
  const { orderIds, placesLeft } = await takePlaces(tx, order.screeningId, now, [
    // Whoever paid stands before those who wait.
    { orderId: order.id, isAhead: true, expiresAt, lines },
  ]);
  if (!orderIds.has(order.id)) return false;
  const left = Math.max(0, placesLeft ?? 0);
  const taken = lines.reduce((sum, { places }) => sum + places, 0);
  if (saysOtherwise(left + taken, left)) await dropPages(tx, filmId, 'screenings');
  if (uses)
    await tx
      .insertInto('codeUse')
      .values({ ...uses, expiresAt })
      .execute();
  await tx
    .updateTable('order')
    .set({ lapsesAt: expiresAt })
    .where('filmId', '=', filmId)
    .where('id', '=', order.id)
    .execute();
  return true;
}

/** What the order used of its code, if there is as much of it left; null: it used none. */
async function usesOf(tx: Tx, filmId: string, order: Order, now: Temporal.Instant) {
  if (order.codeId === null) return null;
  const { codeId, id: orderId } = order;
  const left = (await lockCodes(tx, [codeId], now)).get(codeId);
  const code = await tx
    .selectFrom('code')
    .select('ticketTypeId')
    .where('filmId', '=', filmId)
    .where('id', '=', codeId)
    .executeTakeFirstOrThrow();
  const used = order.lines.filter((line) => isCodeUsed(line, code.ticketTypeId));
  const uses = used.reduce((sum, { quantity }) => sum + quantity, 0);
  const money = used.reduce((sum, { quantity, off }) => sum + quantity * off, 0);
  if (uses === 0) return null;
  if (!left || left.uses < uses || left.money < money) return 'gone';
  return { filmId, codeId, orderId, uses, money };
}

/** Whether a line counts as a use of its order's code: it made the place cheaper, or opened its type. */
export function isCodeUsed(
  { off, ticketTypeId }: { readonly off: number; readonly ticketTypeId: string },
  codeTypeId: string | null,
): boolean {
  return off > 0 || ticketTypeId === codeTypeId;
}
