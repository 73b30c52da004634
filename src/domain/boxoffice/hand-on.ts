import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { emailAddress } from '../film/document/text.ts';
import { screeningById } from '../screenings/index.ts';
import { lockOrders, type Order, orderState, type Ticket, ticketCode } from './order.ts';
import { admittedAmong } from './scans.ts';
import { addHandedOnLetter } from './ticket-letters.ts';
import './tables.ts';

const nameMax = 200;
/** As often as a ticket may change hands; its generation has one byte. */
const generationMax = 255;

/**
 * Says who comes with which ticket; null takes a name away. The papers stay good: the name is for the list.
 * @throws {Refusal} no_such_order · not_confirmed · screening_over · no_such_ticket · ticket_cancelled · name_too_long
 */
export async function nameGuests(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { orderId, names }: { readonly orderId: string; readonly names: ReadonlyMap<string, string | null> },
): Promise<void> {
  const order = await openTickets(tx, filmId, now, orderId);
  for (const [ticketId, said] of names) {
    const ticket = ticketOf(order, ticketId);
    const name = said === null || said.trim() === '' ? null : nameOf(said);
    if (name === ticket.guestName) continue;
    await tx
      .updateTable('ticket')
      .set({ guestName: name })
      .where('filmId', '=', filmId)
      .where('id', '=', ticketId)
      .execute();
    const details = { order: order.code };
    const subject = ticketCode(order.code, ticket.number);
    await recordAudit(tx, filmId, now, by, { action: 'boxoffice.name_guest', subject, details });
  }
}

/**
 * Hands a ticket on: what was printed of it before no longer lets in. Takes no place and gives none back, so it works
 * where everything is sold. With an address its paper goes there, and is no longer the buyer's to show.
 * @throws {Refusal} no_such_order · not_confirmed · screening_over · no_such_ticket · ticket_cancelled · ticket_used ·
 *   handed_on_often · name_missing · name_too_long · address_wrong
 */
export async function transferTicket(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    orderId,
    ticketId,
    name: said,
    address,
  }: {
    readonly orderId: string;
    readonly ticketId: string;
    readonly name: string;
    readonly address: string | null;
  },
): Promise<void> {
  const order = await openTickets(tx, filmId, now, orderId);
  const ticket = ticketOf(order, ticketId);
  const name = nameOf(said);
  if (address !== null && !emailAddress.safeParse(address).success) throw new Refusal('address_wrong');
  if ((await admittedAmong(tx, filmId, [ticketId])).has(ticketId)) throw new Refusal('ticket_used');
  if (ticket.generation >= generationMax) throw new Refusal('handed_on_often');
  await tx
    .updateTable('ticket')
    .set({ guestName: name, generation: ticket.generation + 1, holderAddress: address })
    .where('filmId', '=', filmId)
    .where('id', '=', ticketId)
    .execute();
  if (address !== null) await addHandedOnLetter(tx, filmId, { ticketId, orderId, number: 0 });
  const subject = ticketCode(order.code, ticket.number);
  const details = { order: order.code, mailed: address === null ? 0 : 1 };
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.hand_on', subject, details });
}

async function openTickets(tx: Tx, filmId: string, now: Temporal.Instant, orderId: string): Promise<Order> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  if (!order) throw new Refusal('no_such_order');
  if (orderState(order, now) !== 'confirmed') throw new Refusal('not_confirmed');
  const screening = await screeningById(tx, filmId, order.screeningId);
  if (!screening || screening.overAt.epochMilliseconds <= now.epochMilliseconds)
    throw new Refusal('screening_over');
  return order;
}

function ticketOf(order: Order, ticketId: string): Ticket {
  const ticket = order.tickets.find(({ id }) => id === ticketId);
  if (!ticket) throw new Refusal('no_such_ticket');
  if (ticket.cancelledAt !== null) throw new Refusal('ticket_cancelled');
  return ticket;
}

function nameOf(said: string): string {
  const name = said.replace(/\s+/g, ' ').trim();
  if (name === '') throw new Refusal('name_missing');
  if (name.length > nameMax) throw new Refusal('name_too_long', { most: nameMax });
  return name;
}
