import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { ScreeningKind, ScreeningState } from './listing.ts';
import { joined, type Screening, screeningsOf } from './screening.ts';

export const deskOrders = ['next', 'date', '-date', 'city', 'venue', 'state', 'changed'] as const;
export type DeskOrder = (typeof deskOrders)[number];

export const deskTimes = ['coming', 'past'] as const;
export type DeskTime = (typeof deskTimes)[number];

export type DeskQuery = {
  /** Part of a slug, a venue's name or a city. */
  readonly search?: string | undefined;
  /** What is still to happen, or what is over; a cancelled one is neither until its day has passed. */
  readonly when?: DeskTime | undefined;
  readonly state?: ScreeningState | undefined;
  readonly kind?: ScreeningKind | undefined;
  readonly city?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly isPrivate?: boolean | undefined;
  readonly order: DeskOrder;
  readonly page: number;
  readonly perPage: number;
};

/** One page of all screenings of a film, private ones too, for those who look after them. */
export async function deskScreenings(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  query: DeskQuery,
): Promise<{ screenings: Screening[]; count: number }> {
  const found = filtered(tx, filmId, now, query);
  const counted = await found.select((find) => find.fn.countAll<number>().as('count')).executeTakeFirst();
  const screenings = await screeningsOf(
    ordered(found, query.order, now)
      .orderBy('screening.id')
      .limit(query.perPage)
      .offset((query.page - 1) * query.perPage),
  );
  return { screenings, count: counted?.count ?? 0 };
}

function filtered(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { search, when, state, kind, city, from, to, isPrivate }: DeskQuery,
): ReturnType<typeof joined> {
  let found = joined(tx, filmId);
  if (search !== undefined && search !== '') {
    const part = `%${search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
    found = found.where((find) =>
      find.or([
        find('screening.slug', 'ilike', part),
        find('venue.name', 'ilike', part),
        find('venue.city', 'ilike', part),
      ]),
    );
  }
  const isOver = sql<boolean>`(screening.over_at <= ${now} or screening.state = 'past')`;
  if (when === 'past') found = found.where(isOver);
  if (when === 'coming') {
    found = found
      .where('screening.overAt', '>', now)
      .where('screening.state', 'not in', ['past', 'cancelled']);
  }
  if (state === 'past') {
    found = found.where(isOver);
  } else if (state === 'cancelled' || state === 'postponed') {
    found = found.where('screening.state', '=', state);
  } else if (state !== undefined) {
    found = found.where('screening.state', '=', state).where('screening.overAt', '>', now);
  }
  if (kind !== undefined) found = found.where('screening.kind', '=', kind);
  if (city !== undefined && city !== '') found = found.where('venue.city', '=', city);
  if (from !== undefined) found = found.where('screening.startsOn', '>=', from);
  if (to !== undefined) found = found.where('screening.startsOn', '<=', to);
  if (isPrivate !== undefined) found = found.where('screening.isPrivate', '=', isPrivate);
  return found;
}

/** Only these orders: what stands in the address picks one and is never part of the statement. */
function ordered(
  found: ReturnType<typeof joined>,
  order: DeskOrder,
  now: Temporal.Instant,
): ReturnType<typeof joined> {
  const over = sql<boolean>`(screening.over_at <= ${now} or screening.state = 'past')`;
  switch (order) {
    case 'next':
      return found
        .orderBy(over)
        .orderBy(sql`case when ${over} then null else screening.starts_at end`)
        .orderBy('screening.startsAt', 'desc');
    case 'date':
      return found.orderBy('screening.startsAt');
    case '-date':
      return found.orderBy('screening.startsAt', 'desc');
    case 'city':
      return found.orderBy('venue.city').orderBy('screening.startsAt');
    case 'venue':
      return found.orderBy('venue.name').orderBy('screening.startsAt');
    case 'state':
      return found.orderBy('screening.state').orderBy('screening.startsAt');
    case 'changed':
      return found.orderBy('screening.changedAt', 'desc');
  }
}

/** The cities that a film's venues stand in, for a filter; at most as many as one can look through. */
export async function deskCities(tx: Tx, filmId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('venue')
    .select('city')
    .distinct()
    .where('filmId', '=', filmId)
    .where('city', 'is not', null)
    .orderBy('city')
    .limit(500)
    .execute();
  return rows.map(({ city }) => city ?? '');
}
