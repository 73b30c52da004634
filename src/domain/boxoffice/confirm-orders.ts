import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { addJobs } from '../../platform/jobs/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { addGifts, keepGrants, type OrderGift, unkeepGrants } from '../fund/index.ts';
import { accrueShares } from '../ledger/index.ts';
import { isGranted } from './grants.ts';
import { lockOrders, type Order, orderState } from './order.ts';
import { postOrder, soldOf } from './order-postings.ts';
import type { PayMethod } from './tables.ts';

/** Somebody's order is paid, promised, or has nothing to pay: its tickets are given. */
export type Confirmation = {
  readonly orderId: string;
  readonly method: PayMethod;
  /** Kept as they were where they are known already. */
  readonly buyer: { readonly name: string; readonly address: string | null };
  /** Who comes, in the order of the tickets; null where that is not said. */
  readonly guestNames: readonly (string | null)[];
};

export type ConfirmAnswer =
  /** `isRepeat`: it was confirmed before; nothing happened. */
  | { readonly kind: 'confirmed'; readonly isRepeat: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What people are told when their order is confirmed: a job's name. */
export const ticketsLetter = 'send-tickets';

/**
 * Confirms orders: their places stay taken for good, their tickets are given, the books know it, and the letter with
 * the tickets waits in the queue; all in this transaction. Each once: an order that is confirmed stays as it is.
 *
 * Refusals, one each: no_such_order · lapsed, when the places came back before · something_due, when money is owed
 * and nothing says that it was or will be paid.
 */
export async function confirmOrders(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    bookedOn,
    confirmations,
  }: {
    /** The day that the books know it under, in the film's zone. */
    readonly bookedOn: Temporal.PlainDate;
    readonly confirmations: readonly Confirmation[];
  },
): Promise<ConfirmAnswer[]> {
  const orders = await lockOrders(
    tx,
    filmId,
    confirmations.map(({ orderId }) => orderId),
  );
  const first = new Map<string, Confirmation>();
  const answers = new Map<string, ConfirmAnswer>();
  for (const confirmation of confirmations) {
    const { orderId, method } = confirmation;
    const order = orders.get(orderId);
    const refused = (code: string) => answers.set(orderId, { kind: 'refused', refusal: new Refusal(code) });
    if (first.has(orderId) || answers.has(orderId)) continue;
    if (!order) refused('no_such_order');
    else if (order.confirmedAt !== null) answers.set(orderId, { kind: 'confirmed', isRepeat: true });
    else if (orderState(order, now) !== 'open') refused('lapsed');
    else if ((method === 'free' || method === 'comp') && order.total > 0) refused('something_due');
    else first.set(orderId, confirmation);
  }
  const kept = await keepAll(tx, filmId, now, [...first.keys()], orders);
  for (const orderId of first.keys()) {
    if (kept.has(orderId)) answers.set(orderId, { kind: 'confirmed', isRepeat: false });
    else answers.set(orderId, { kind: 'refused', refusal: new Refusal('lapsed') });
  }
  const confirmed = [...first.values()].filter(({ orderId }) => kept.has(orderId));
  await giveTickets(tx, now, confirmed, orders);
  await addGifts(tx, filmId, now, giftsOf(confirmed, orders));
  for (const { orderId, method } of confirmed) {
    const order = orders.get(orderId);
    if (order) await postOrder(tx, filmId, now, by, { order, method, bookedOn });
  }
  const sold = confirmed.flatMap(({ orderId }) => orders.get(orderId) ?? []);
  await accrueShares(
    tx,
    filmId,
    now,
    by,
    sold.map((order) => soldOf(order, bookedOn)),
  );
  const letters = confirmed.map(({ orderId }) => ({
    ...{ payload: { filmId, orderId }, key: `tickets:${orderId}` },
  }));
  await addJobs(tx, ticketsLetter, letters);
  return answersFor(confirmations, answers, first);
}

function answersFor(
  confirmations: readonly Confirmation[],
  answers: ReadonlyMap<string, ConfirmAnswer>,
  first: ReadonlyMap<string, Confirmation>,
): ConfirmAnswer[] {
  return confirmations.map((confirmation) => {
    const answer = answers.get(confirmation.orderId);
    if (!answer) throw new Error('a confirmation was not answered');
    const isFirst = first.get(confirmation.orderId) === confirmation;
    return answer.kind === 'confirmed' && !isFirst ? { kind: 'confirmed', isRepeat: true } : answer;
  });
}

/** Keeps what the fund pays and the places, both or neither: an order that misses one of them lapsed. */
async function keepAll(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  orderIds: readonly string[],
  orders: ReadonlyMap<string, Order>,
): Promise<ReadonlySet<string>> {
  const paidByFund = orderIds.filter((id) => isGranted(orders.get(id) ?? { lines: [] }));
  const granted = await keepGrants(tx, filmId, now, paidByFund);
  const able = orderIds.filter((id) => !paidByFund.includes(id) || granted.has(id));
  const kept = await keepPlaces(tx, now, able, orders);
  await unkeepGrants(
    tx,
    filmId,
    now,
    [...granted].filter((id) => !kept.has(id)),
  );
  return kept;
}

/** From this moment their gifts pay for others. */
function giftsOf(confirmed: readonly Confirmation[], orders: ReadonlyMap<string, Order>): OrderGift[] {
  return confirmed.flatMap(({ orderId, buyer }) => {
    const { gift = 0, currency = '', language = 'en', buyer: known = null } = orders.get(orderId) ?? {};
    const { address } = known ?? buyer;
    return gift > 0 ? [{ orderId, currency, amount: gift, address, language }] : [];
  });
}

/**
 * Keeps for good what is held, if it still is: whoever gives back what ran out and whoever keeps it meet at the hold's
 * row, and the first of them decides. All holds of an order end at one moment, so they are kept or gone together.
 */
async function keepPlaces(
  tx: Tx,
  now: Temporal.Instant,
  orderIds: readonly string[],
  orders: ReadonlyMap<string, Order>,
): Promise<ReadonlySet<string>> {
  if (orderIds.length === 0) return new Set();
  const coded = orderIds.filter((id) => orders.get(id)?.codeId);
  const { rows } = await sql<{ orderId: string }>`
    select keep_for_good(${orderIds}::uuid[], ${coded}::uuid[], ${now}::timestamptz)
           as order_id`.execute(tx);
  return new Set(rows.map(({ orderId }) => orderId));
}

async function giveTickets(
  tx: Tx,
  now: Temporal.Instant,
  confirmed: readonly Confirmation[],
  orders: ReadonlyMap<string, Order>,
): Promise<void> {
  if (confirmed.length === 0) return;
  const said = confirmed.map(({ orderId, method, buyer, guestNames }) => {
    const order = orders.get(orderId);
    const places = (order?.lines ?? []).flatMap((line) => Array.from({ length: line.quantity }, () => line));
    const tickets = places.map(({ line, ticketTypeId: type }, at) => ({
      ...{ id: newId(), line, number: at + 1, type, guest: guestNames[at] ?? null },
    }));
    return { order: orderId, method, name: buyer.name, address: buyer.address, tickets };
  });
  await sql`select give_tickets(${JSON.stringify(said)}::jsonb, ${now}::timestamptz)`.execute(tx);
}
