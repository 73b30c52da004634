import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { compTypeOf } from './arrange-types.ts';
import { boxOfficeOf } from './box-office.ts';
import type { Choice } from './choices.ts';
import { confirmOrders } from './confirm-orders.ts';
import { noteOrder, type Order, orderById, sayOrderCode } from './order.ts';
import { keepInvoice } from './payments/invoices.ts';
import { placeHolds } from './place-holds.ts';
import type { PayMethod } from './tables.ts';
import './tables.ts';

/** How the team takes money; what costs nothing is given, whatever of these was said. */
export const deskMethods = [
  'cash',
  'card-reader',
  'cheque',
  'invoice',
] as const satisfies readonly PayMethod[];
export type DeskMethod = (typeof deskMethods)[number];

export type DeskSale = {
  /** The secret that the form carried: the same again is the same order. */
  readonly key: string;
  readonly screeningId: string;
  readonly choices: readonly Choice[];
  /** So many places given by the house besides. */
  readonly comps: number;
  /** As it was typed; empty: none. */
  readonly code: string;
  readonly channel: 'desk' | 'door';
  readonly method: DeskMethod;
  /** null: nobody said; at the door people just go in. */
  readonly name: string | null;
  readonly address: string | null;
  readonly note: string;
  readonly language: string;
};

/** Who an order is for where nobody said. */
const namelessBuyer: Readonly<Record<DeskSale['channel'], string>> = {
  desk: 'Sold at the desk',
  door: 'Sold at the door',
};

/**
 * Sells and gives places at the team's desk or the venue's door, in one step: they are held, paid for and confirmed
 * together, or nothing happens. Draws on the same places as everybody.
 * @returns the order; by the same key the same
 * @throws {Refusal} no_invoices · buyer_missing · key_used, where the key is of another choice · those of `placeHolds`
 *   and `confirmOrders`
 */
export async function sellAtDesk(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  sale: DeskSale,
  bookedOn: Temporal.PlainDate,
): Promise<Order> {
  const { key, screeningId, channel, code, language, method, name, address, note } = sale;
  if (method === 'invoice') {
    if ((await boxOfficeOf(tx, filmId)).invoiceDays === null) throw new Refusal('no_invoices');
    if (name === null || address === null) throw new Refusal('buyer_missing');
  }
  const choices = [...sale.choices];
  if (sale.comps > 0) {
    const ticketTypeId = await compTypeOf(tx, filmId, now, by, screeningId);
    choices.push({ ticketTypeId, quantity: sale.comps, amount: null });
  }
  const request = { key, screeningId, choices, gift: 0, code, channel, language, referral: null };
  const [held] = await placeHolds(tx, filmId, now, [request]);
  if (held === undefined || held.kind === 'other') throw new Refusal('key_used');
  if (held.kind === 'refused') throw held.refusal;
  const { orderId } = held;
  const order = await ordered(tx, filmId, orderId);
  if (order.confirmedAt !== null) return order;
  const given: PayMethod = sale.comps > 0 ? 'comp' : 'free';
  const paid: PayMethod = order.total === 0 ? given : method;
  const buyer = { name: name ?? namelessBuyer[channel], address };
  const confirmations = [{ orderId, method: paid, buyer, guestNames: [] }];
  const [answer] = await confirmOrders(tx, filmId, now, by, { bookedOn, confirmations });
  if (answer?.kind !== 'confirmed') throw answer?.refusal ?? new Refusal('lapsed');
  if (paid === 'invoice') await keepInvoice(tx, filmId, now, order);
  if (note !== '') await noteOrder(tx, filmId, orderId, note);
  const details = { channel, method: paid };
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.sell', subject: sayOrderCode(order.code), details },
  });
  return await ordered(tx, filmId, orderId);
}

async function ordered(tx: Tx, filmId: string, orderId: string): Promise<Order> {
  const order = await orderById(tx, filmId, orderId);
  if (!order) throw new Error('an order that was just held is gone');
  return order;
}
