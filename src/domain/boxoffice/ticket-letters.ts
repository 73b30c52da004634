import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret } from '../../platform/secrets.ts';
import { ticketsLetter } from './confirm-orders.ts';
import { lockOrders, type Order, orderState } from './order.ts';
import './tables.ts';

/** A ticket goes to whom it was handed on to: a job's name. */
export const handedOnLetter = 'send-ticket-on';

/** How often a buyer may ask for the letter again, and how long they wait in between. */
export const lettersMax = 5;
const pauseMinutes = 2;

/** The keys of the outbox under which an order's letters stand: `number` counts those that were asked for again. */
export const ticketMailKeys = {
  order: (orderId: string, number: number): string =>
    number === 0 ? `tickets:${orderId}` : `tickets:${orderId}:${number}`,
  ticket: (ticketId: string, generation: number, number: number): string =>
    `ticket:${ticketId}:${generation}:${number}`,
};

/** Keeps what opens an order: the hash of a secret that stands in a mail and nowhere else. */
export async function addOrderKey(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, secret }: { readonly orderId: string; readonly secret: string },
): Promise<void> {
  const secretHash = hashSecret(secret);
  await tx.insertInto('orderKey').values({ filmId, secretHash, orderId, madeAt: now }).execute();
}

/**
 * Sends an order's letter again, and those of tickets that were handed on. The team as often as it likes.
 * @throws {Refusal} no_such_order · not_confirmed · no_address · letter_sent_lately · letter_sent_often
 */
export async function resendTickets(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, isTeam }: { readonly orderId: string; readonly isTeam: boolean },
): Promise<void> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  if (!order) throw new Refusal('no_such_order');
  if (orderState(order, now) !== 'confirmed') throw new Refusal('not_confirmed');
  if (order.buyer?.address == null) throw new Refusal('no_address');
  const { letters, letterAskedAt } = await tx
    .selectFrom('order')
    .select(['letters', 'letterAskedAt'])
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  if (!isTeam) refuseOften(letters, letterAskedAt, now);
  await tx
    .updateTable('order')
    .set({ letters: letters + 1, letterAskedAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .execute();
  await addLetters(tx, filmId, order, letters + 1);
}

function refuseOften(letters: number, askedAt: Temporal.Instant | null, now: Temporal.Instant): void {
  const next = askedAt?.add({ minutes: pauseMinutes });
  if (next && next.epochMilliseconds > now.epochMilliseconds)
    throw new Refusal('letter_sent_lately', { minutes: pauseMinutes });
  if (letters >= lettersMax) throw new Refusal('letter_sent_often', { most: lettersMax });
}

async function addLetters(tx: Tx, filmId: string, order: Order, number: number): Promise<void> {
  const { id: orderId } = order;
  await addJob(tx, ticketsLetter, { filmId, orderId, number }, { key: `tickets:${orderId}:${number}` });
  for (const ticket of order.tickets)
    if (ticket.holderAddress !== null && ticket.cancelledAt === null)
      await addHandedOnLetter(tx, filmId, { ticketId: ticket.id, orderId, number });
}

/** Adds the letter that takes a ticket to whom it was handed on to. */
export async function addHandedOnLetter(
  tx: Tx,
  filmId: string,
  { ticketId, orderId, number }: { ticketId: string; orderId: string; number: number },
): Promise<void> {
  await addJob(tx, handedOnLetter, { filmId, orderId, ticketId, number });
}
