import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { ScreeningKind } from './listing.ts';
import { type Point, type Screening, screeningsOf } from './screening.ts';
import { publicOnes } from './screenings.ts';
import type { VenueTexts } from './tables.ts';

/** A town with screenings: what a list is grouped by and a map shows a dot for. */
export type Place = {
  /** `seattle-wa-us`: names it in an address. */
  readonly slug: string;
  readonly texts: VenueTexts;
  readonly country: string | null;
  readonly point: Point | null;
  readonly upcoming: number;
  readonly past: number;
  /** As kept, for finding its screenings. */
  readonly kept: { readonly city: string; readonly region: string | null; readonly country: string | null };
};

/** How a place is named in an address. */
export function placeSlug(city: string, region: string | null, country: string | null): string {
  return [city, region ?? '', country ?? '']
    .map((part) =>
      part
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-')
    .slice(0, 120);
}

const isUpcoming = (now: Temporal.Instant) =>
  sql<boolean>`(screening.over_at > ${now} and screening.state <> 'past')`;

/** Every town with a public screening, past ones too, the busiest to come first. Those online are nowhere. */
export async function placesOf(tx: Tx, filmId: string, now: Temporal.Instant): Promise<Place[]> {
  const rows = await publicOnes(tx, filmId)
    .where('screening.kind', '<>', 'virtual')
    .where('venue.city', 'is not', null)
    .groupBy(['venue.city', 'venue.region', 'venue.country'])
    .select((find) => [
      'venue.city',
      'venue.region',
      'venue.country',
      sql<VenueTexts>`(array_agg(venue.texts order by venue.id))[1]`.as('texts'),
      sql<number | null>`avg(venue.latitude)`.as('latitude'),
      sql<number | null>`avg(venue.longitude)`.as('longitude'),
      find.fn.countAll<number>().filterWhere(isUpcoming(now)).as('upcoming'),
      find.fn.countAll<number>().as('all'),
    ])
    .orderBy('upcoming', 'desc')
    .orderBy('venue.city')
    .execute();
  return rows.map(({ city, region, country, latitude, longitude, texts, upcoming, all }) => ({
    slug: placeSlug(city ?? '', region, country),
    texts,
    country,
    point: latitude === null || longitude === null ? null : { latitude, longitude },
    upcoming,
    past: all - upcoming,
    kept: { city: city ?? '', region, country },
  }));
}

export type ListQuery = {
  readonly when: 'upcoming' | 'past';
  readonly by: 'date' | 'place';
  readonly kind?: ScreeningKind | undefined;
  readonly place?: Place['kept'] | undefined;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
};

export type ListPage = { readonly screenings: readonly Screening[]; readonly count: number };

/** One page of the public list: upcoming ones the next first, past ones the latest first, or by place. */
export async function listScreenings(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { when, by, kind, place, page, perPage }: ListQuery,
): Promise<ListPage> {
  const upcoming = isUpcoming(now);
  let query = publicOnes(tx, filmId).where(when === 'upcoming' ? upcoming : sql<boolean>`not ${upcoming}`);
  if (kind !== undefined) query = query.where('screening.kind', '=', kind);
  if (place !== undefined) {
    query = query
      .where('venue.city', '=', place.city)
      .where('venue.region', 'is not distinct from', place.region)
      .where('venue.country', 'is not distinct from', place.country)
      .where('screening.kind', '<>', 'virtual');
  }
  const counted = await query.select((find) => find.fn.countAll<number>().as('count')).executeTakeFirst();
  const count = counted?.count ?? 0;
  if (count === 0) return { screenings: [], count };
  if (by === 'place') {
    query = query
      .orderBy(sql`(screening.kind = 'virtual')`)
      .orderBy('venue.country')
      .orderBy('venue.region')
      .orderBy('venue.city');
  }
  const direction = when === 'upcoming' ? 'asc' : 'desc';
  const screenings = await screeningsOf(
    query
      .orderBy('screening.startsAt', direction)
      .orderBy('screening.id', direction)
      .limit(perPage)
      .offset((page - 1) * perPage),
  );
  return { screenings, count };
}

/** When the lists change by the clock alone: the next screening is over. Null where none is to come. */
export async function screeningsTrueUntil(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const row = await tx
    .selectFrom('screening')
    .select('overAt')
    .where('filmId', '=', filmId)
    .where('isPrivate', '=', false)
    .where('overAt', '>', now)
    .orderBy('overAt')
    .limit(1)
    .executeTakeFirst();
  return row?.overAt ?? null;
}

export type FeedQuery = {
  /** First and last day, at the venue. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kind?: ScreeningKind | undefined;
  readonly place?: Place['kept'] | undefined;
  /** Continues after this screening. */
  readonly after?: { readonly startsAt: Temporal.Instant; readonly id: string } | undefined;
  readonly limit: number;
};

/** Public screenings in the order of their start, for feeds; only these conditions, each ANDed to the guard. */
export async function feedScreenings(tx: Tx, filmId: string, query: FeedQuery): Promise<Screening[]> {
  const { from, to, kind, place, after, limit } = query;
  let found = publicOnes(tx, filmId);
  if (from !== undefined) found = found.where('screening.startsOn', '>=', from);
  if (to !== undefined) found = found.where('screening.startsOn', '<=', to);
  if (kind !== undefined) found = found.where('screening.kind', '=', kind);
  if (place !== undefined) {
    found = found
      .where('venue.city', '=', place.city)
      .where('venue.region', 'is not distinct from', place.region)
      .where('venue.country', 'is not distinct from', place.country);
  }
  if (after !== undefined) {
    found = found.where(
      sql<boolean>`(screening.starts_at, screening.id) > (${after.startsAt}::timestamptz, ${after.id}::uuid)`,
    );
  }
  return await screeningsOf(found.orderBy('screening.startsAt').orderBy('screening.id').limit(limit));
}

/** What was announced or changed last, for readers of the feed. */
export async function latestScreenings(tx: Tx, filmId: string, limit: number): Promise<Screening[]> {
  return await screeningsOf(
    publicOnes(tx, filmId)
      .orderBy('screening.changedAt', 'desc')
      .orderBy('screening.id', 'desc')
      .limit(limit),
  );
}
