import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { type Screening, shownState } from '../screenings/index.ts';
import { type Availability, availabilityOf } from './capacity.ts';
import { whyNotOnSale } from './choices.ts';
import { type TicketType, ticketTypesOf } from './ticket-types.ts';

/** What a screening sells, and how much of it is left. */
export type Sale = {
  readonly screening: Screening;
  /** In the team's order, without those that were withdrawn. */
  readonly types: readonly TicketType[];
  readonly availability: Availability;
  readonly currency: string;
};

/** The box office of a screening, or null where it has none, or sells elsewhere. */
export async function saleOf(
  tx: Tx,
  filmId: string,
  screening: Screening,
  now: Temporal.Instant,
): Promise<Sale | null> {
  if (screening.doc.admission?.external !== undefined) return null;
  const availability = await availabilityOf(tx, filmId, screening.id, now);
  if (availability === null) return null;
  const types = await ticketTypesOf(tx, filmId, [screening.id]);
  const shown = types.filter(({ withdrawnAt }) => withdrawnAt === null);
  return { screening, types: shown, availability, currency: shown[0]?.currency ?? '' };
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

/** Those that one may choose now, without what only a code opens. */
export function typesOnSale(sale: Sale, now: Temporal.Instant): TicketType[] {
  return sale.types.filter(
    (type) => type.kind !== 'comp' && !type.needsCode && whyNotOnSale(type, now) === null,
  );
}

/** When the clock alone changes what is on sale: a type begins or ends, or places come back to a house that is full. */
export function saleTrueUntil(sale: Sale, now: Temporal.Instant): Temporal.Instant | null {
  const moments = sale.types.flatMap(({ saleFrom, saleUntil }) => [saleFrom, saleUntil]);
  if (sale.availability.open === 0) moments.push(sale.availability.nextEnd);
  const coming = moments.filter(
    (moment) => moment !== null && moment.epochMilliseconds > now.epochMilliseconds,
  );
  return coming.reduce(
    (one, other) => (one && other && one.epochMilliseconds < other.epochMilliseconds ? one : other),
    coming[0] ?? null,
  );
}

/** Fewer places than this are said to be few. */
export const fewPlaces = 20;

/** Whether what a page says of the places left changes between two counts. */
export function saysOtherwise(before: number, after: number): boolean {
  const said = (free: number) => (free <= 0 ? 'none' : free <= fewPlaces ? 'few' : 'many');
  return said(before) !== said(after);
}
