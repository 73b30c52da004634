import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { type Screening, shownState } from '../screenings/index.ts';
import { type Availability, availabilityIn, countedPlaces } from './capacity.ts';
import { whyNotOnSale } from './choices.ts';
import { type TicketType, typeColumns } from './ticket-types.ts';

/** What a screening sells, one type at least, and how much of it is left. */
export type Sale = {
  readonly screening: Screening;
  /** In the team's order, without those that were withdrawn. */
  readonly types: readonly TicketType[];
  /** Of the types that have places of their own, those of which none is left, by id. */
  readonly usedUp: ReadonlySet<string>;
  readonly availability: Availability;
  readonly currency: string;
};

/** The box office of a screening, or null where it has none, sells nothing, or sells elsewhere. */
export async function saleOf(
  tx: Tx,
  filmId: string,
  screening: Screening,
  now: Temporal.Instant,
): Promise<Sale | null> {
  if (screening.doc.admission?.external !== undefined) return null;
  return (await readSales(tx, filmId, [screening], now)).get(screening.id) ?? null;
}

/** The box offices of those screenings that one may still go to, by the screening's id: what lists say of them. */
export async function salesOf(
  tx: Tx,
  filmId: string,
  screenings: readonly Screening[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Sale>> {
  const mayOffer = screenings.filter((screening) => {
    const why = whyNotSelling(screening, now, false);
    return why === null || why === 'sold_out' || why === 'not_on_sale';
  });
  return await readSales(tx, filmId, mayOffer, now);
}

/** In one query, however many there are. */
async function readSales(
  tx: Tx,
  filmId: string,
  screenings: readonly Screening[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Sale>> {
  if (screenings.length === 0) return new Map();
  const ids = screenings.map(({ id }) => id);
  const rows = await tx
    // Counted once a screening, not once a ticket type.
    .with(
      (part) => part('house').materialized(),
      () => countedPlaces(tx, filmId, ids, now),
    )
    .selectFrom('house')
    .innerJoin('ticketType', 'ticketType.screeningId', 'house.screeningId')
    .select(['house.places', 'house.taken', 'house.held', 'house.over', 'house.nextEnd', 'house.waiting'])
    .select(typeColumns)
    .select((it) =>
      it
        .selectFrom('hold')
        .select((of) => of.fn.sum<number | null>('hold.places').as('given'))
        .whereRef('hold.filmId', '=', 'ticketType.filmId')
        .whereRef('hold.ticketTypeId', '=', 'ticketType.id')
        .where('ticketType.placesMax', 'is not', null)
        .where((of) => of.or([of('expiresAt', 'is', null), of('expiresAt', '>', now)]))
        .as('given'),
    )
    .where('ticketType.filmId', '=', filmId)
    .where('ticketType.withdrawnAt', 'is', null)
    .orderBy('ticketType.position')
    .orderBy('ticketType.id')
    .execute();
  const byScreening = Map.groupBy(rows, ({ screeningId }) => screeningId);
  return new Map(
    screenings.flatMap((screening) => {
      const types = byScreening.get(screening.id) ?? [];
      const [first] = types;
      if (first === undefined) return [];
      const availability = availabilityIn(first);
      const usedUp = new Set(
        types
          .filter(({ placesMax, given }) => placesMax !== null && placesMax <= (given ?? 0))
          .map(({ id }) => id),
      );
      return [[screening.id, { screening, types, usedUp, availability, currency: first.currency }] as const];
    }),
  );
}

export type WhyNotSelling = 'cancelled' | 'postponed' | 'past' | 'not_on_sale' | 'sold_out' | 'elsewhere';

/**
 * Why nobody can buy at a screening now, by what the team says of it and by the clock; places are another question.
 * The team itself sells also before and after: at the door, an hour into the film.
 */
export function whyNotSelling(
  screening: Screening,
  now: Temporal.Instant,
  isTeam: boolean,
): WhyNotSelling | null {
  const state = shownState(screening, now);
  if (state === 'cancelled' || state === 'postponed') return state;
  if (screening.doc.admission?.external !== undefined) return 'elsewhere';
  if (isTeam) return null;
  if (state === 'past') return 'past';
  if (state === 'sold out') return 'sold_out';
  return state === 'on sale' ? null : 'not_on_sale';
}

/** Those that one may choose now, without what only a code opens and what is used up. */
export function typesOnSale(sale: Sale, now: Temporal.Instant): TicketType[] {
  return sale.types.filter(
    (type) =>
      type.kind !== 'comp' &&
      !type.needsCode &&
      !sale.usedUp.has(type.id) &&
      whyNotOnSale(type, now) === null,
  );
}

/**
 * When the clock alone makes untrue what the screening's page says: a type begins or ends, places come back to a house
 * that is full, or a number of few places was said for long enough.
 */
export function saleTrueUntil(sale: Sale, now: Temporal.Instant): Temporal.Instant | null {
  const { open, nextEnd } = sale.availability;
  const moments = momentsOf(sale);
  // A type's own places go and come without the page being told.
  if (sale.types.some(({ placesMax }) => placesMax !== null)) moments.push(now.add({ seconds: fewSeconds }));
  if (open === 0) moments.push(nextEnd);
  if (open > 0 && open <= fewPlaces) moments.push(now.add({ seconds: fewSeconds }));
  return nextOf(moments, now);
}

/**
 * The same for a list of many. It looks every few seconds at a full house, or a type with places of its own, so that a
 * crowd's holds do not have it built anew for each of them.
 */
export function salesTrueUntil(sales: Iterable<Sale>, now: Temporal.Instant): Temporal.Instant | null {
  const soonest = now.add({ seconds: listSeconds });
  const moments = [...sales].flatMap((sale) => {
    const { open, nextEnd } = sale.availability;
    if (sale.types.some(({ placesMax }) => placesMax !== null)) return [...momentsOf(sale), soonest];
    if (open > 0 || nextEnd === null) return momentsOf(sale);
    const isSooner = nextEnd.epochMilliseconds < soonest.epochMilliseconds;
    return [...momentsOf(sale), isSooner ? soonest : nextEnd];
  });
  return nextOf(moments, now);
}

/** How long a list may be late about a house that is full, or about a type with places of its own. */
const listSeconds = 5;
/** How long a page may be late about a number of few places, or about a type with places of its own. */
const fewSeconds = 15;

type Moment = Temporal.Instant | null;

function momentsOf({ types, screening, availability }: Sale): Moment[] {
  const moments = types.flatMap(({ saleFrom, saleUntil }) => [saleFrom, saleUntil]);
  // Nobody is offered a place any more once it began.
  return availability.open === 0 ? [...moments, screening.startsAt] : moments;
}

function nextOf(moments: readonly Moment[], now: Temporal.Instant): Moment {
  let next: Moment = null;
  for (const moment of moments) {
    if (moment === null || moment.epochMilliseconds <= now.epochMilliseconds) continue;
    if (next === null || moment.epochMilliseconds < next.epochMilliseconds) next = moment;
  }
  return next;
}

/** Fewer places than this are said to be few. */
export const fewPlaces = 20;

/** Whether what a page says of the places left changes between two counts. */
export function saysOtherwise(before: number, after: number): boolean {
  const said = (free: number) => (free <= 0 ? 'none' : free <= fewPlaces ? 'few' : 'many');
  return said(before) !== said(after);
}
