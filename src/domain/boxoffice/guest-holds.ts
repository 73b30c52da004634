import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newCode, newId } from '../../platform/secrets.ts';
import { screeningById } from '../screenings/index.ts';
import { compTypeOf } from './arrange-types.ts';
import { isWhole } from './box-office.ts';
import { availabilityOf, takePlaces } from './capacity.ts';
import { confirmOrders } from './confirm-orders.ts';
import { keepOrders } from './keep-orders.ts';
import {
  isOrderKey,
  noteOrder,
  type Order,
  oneAtATime,
  orderById,
  orderBySecret,
  sayOrderCode,
} from './order.ts';
import { placesCameBack } from './places-back.ts';
import { ticketTypesOf } from './ticket-types.ts';
import './tables.ts';

/** Places that the house keeps, for whom its note says. */
export type GuestHold = {
  readonly id: string;
  readonly places: number;
  readonly note: string;
  readonly madeAt: Temporal.Instant;
};

export const guestsAtOnceMax = 100;

/** What the house keeps at a screening, the newest last. */
export async function guestHolds(tx: Tx, filmId: string, screeningId: string): Promise<GuestHold[]> {
  return await tx
    .selectFrom('hold')
    .select(['id', 'places', 'note', 'madeAt'])
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('expiresAt', 'is', null)
    .where('orderId', 'is', null)
    .where('note', '<>', '')
    .orderBy('id')
    .execute();
}

/**
 * Keeps places for guests of the house, until somebody gives them back or makes tickets of them.
 * @throws {Refusal} no_such_screening · quantity_wrong · note_missing · no_box_office · places_gone
 */
export async function keepForGuests(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    screeningId,
    places,
    note,
  }: { readonly screeningId: string; readonly places: number; readonly note: string },
): Promise<void> {
  const screening = await screeningById(tx, filmId, screeningId);
  if (!screening) throw new Refusal('no_such_screening');
  if (!isWhole(places, 1, guestsAtOnceMax)) throw new Refusal('quantity_wrong');
  if (note.trim() === '') throw new Refusal('note_missing');
  const orderId = newId();
  const lines = [{ ticketTypeId: null, places }];
  const taken = await takePlaces(tx, screeningId, now, [
    { orderId, note, isAhead: true, expiresAt: null, lines },
  ]);
  if (taken.placesLeft === null) throw new Refusal('no_box_office');
  if (!taken.orderIds.has(orderId)) throw new Refusal('places_gone', { left: taken.placesLeft });
  const details = { places, note };
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.keep_places', subject: screening.slug, details },
  });
  await dropPages(tx, filmId, 'screenings');
}

/** Gives places that were kept back to everybody. @throws {Refusal} no_such_hold */
export async function releaseGuests(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { screeningId, holdId }: { readonly screeningId: string; readonly holdId: string },
): Promise<void> {
  const gone = await tx
    .deleteFrom('hold')
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('id', '=', holdId)
    .where('orderId', 'is', null)
    .where('expiresAt', 'is', null)
    .returning(['places', 'note'])
    .executeTakeFirst();
  if (!gone) throw new Refusal('no_such_hold');
  const screening = await screeningById(tx, filmId, screeningId);
  const subject = screening?.slug ?? '';
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.release_places', subject, details: gone });
  await placesCameBack(tx, filmId, screeningId);
}

export type GuestTickets = {
  /** The secret that the form carried: the same again is the same order. */
  readonly key: string;
  readonly screeningId: string;
  readonly holdId: string;
  readonly name: string;
  readonly address: string | null;
  /** Who comes, in the order of the tickets; as many tickets as names, or as many as `places` says. */
  readonly guestNames: readonly (string | null)[];
  readonly places: number;
  readonly language: string;
};

/**
 * Makes comps of places that were kept: they go over to an order, and what is left of them stays kept. No place is
 * taken and none given back, so that it works in a full house too.
 * @returns the order; by the same key the same
 * @throws {Refusal} key_wrong · no_such_hold · quantity_wrong · no_types · split_oversold, where a room with fewer places than were
 *   sold lets nobody keep a part
 */
export async function compGuests(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  guests: GuestTickets,
  bookedOn: Temporal.PlainDate,
): Promise<Order> {
  const { key, screeningId, holdId, places } = guests;
  if (!isOrderKey(key)) throw new Refusal('key_wrong');
  await oneAtATime(tx, key);
  const standing = await orderBySecret(tx, filmId, key);
  if (standing) return standing;
  // The hold before the capacity, as whoever gives it back.
  const hold = await lockedHold(tx, filmId, screeningId, holdId);
  if (!isWhole(places, 1, Math.min(hold.places, guestsAtOnceMax))) throw new Refusal('quantity_wrong');
  const ticketTypeId = await compTypeOf(tx, filmId, now, by, screeningId);
  const [type] = (await ticketTypesOf(tx, filmId, [screeningId])).filter(({ id }) => id === ticketTypeId);
  const orderId = newId();
  const lapsesAt = now.add({ minutes: 5 });
  const request = { key, screeningId, channel: 'desk', language: guests.language, referral: null } as const;
  const line = { ticketTypeId, quantity: places, price: 0, off: 0, granted: 0 };
  const quote = { currency: type?.currency ?? '', lines: [line], gift: 0, total: 0 };
  const one = { orderId, orderCode: newCode(8), lapsesAt, request, quote, promo: null };
  await keepOrders(tx, now, [one]);
  await noteOrder(tx, filmId, orderId, hold.note);
  await handOver(tx, filmId, now, { hold, screeningId, places, orderId, ticketTypeId, lapsesAt });
  const buyer = { name: guests.name, address: guests.address };
  const confirmation = { orderId, method: 'comp' as const, buyer, guestNames: guests.guestNames };
  const [answer] = await confirmOrders(tx, filmId, now, by, { bookedOn, confirmations: [confirmation] });
  if (answer?.kind !== 'confirmed') throw answer?.refusal ?? new Refusal('lapsed');
  const order = await orderById(tx, filmId, orderId);
  if (!order) throw new Error('an order that was just made is gone');
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.comp_guests', subject: sayOrderCode(order.code), details: { places } },
  });
  return order;
}

async function lockedHold(tx: Tx, filmId: string, screeningId: string, holdId: string): Promise<GuestHold> {
  const hold = await tx
    .selectFrom('hold')
    .select(['id', 'places', 'note', 'madeAt'])
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('id', '=', holdId)
    .where('orderId', 'is', null)
    .where('expiresAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!hold) throw new Refusal('no_such_hold');
  return hold;
}

/** The kept places, or a part of them, become the order's; until it is confirmed they are held as everybody's are. */
async function handOver(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  {
    hold,
    screeningId,
    places,
    orderId,
    ticketTypeId,
    lapsesAt,
  }: {
    readonly hold: GuestHold;
    readonly screeningId: string;
    readonly places: number;
    readonly orderId: string;
    readonly ticketTypeId: string;
    readonly lapsesAt: Temporal.Instant;
  },
): Promise<void> {
  const theirs = { orderId, line: 1, ticketTypeId, expiresAt: lapsesAt };
  const whole = tx.updateTable('hold').where('filmId', '=', filmId).where('id', '=', hold.id);
  if (places === hold.places) {
    await whole.set({ ...theirs, note: '' }).execute();
    return;
  }
  const room = await availabilityOf(tx, filmId, screeningId, now);
  if (room && room.sold + room.held > room.places) throw new Refusal('split_oversold');
  await whole.set({ places: hold.places - places }).execute();
  await tx
    .insertInto('hold')
    .values({ filmId, id: newId(), screeningId, places, madeAt: now, ...theirs })
    .execute();
}
