import type { SelectQueryBuilder } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Text } from '../film/document/text.ts';
import type { AccessMark, ScreeningKind, ScreeningListing, ScreeningState, VenueListing } from './listing.ts';
import { accessMarks } from './listing.ts';
import type { LocalStart } from './local-time.ts';
import { writeLocalStart } from './local-time.ts';
import type { ScreeningDoc } from './tables.ts';

export type Venue = {
  readonly id: string;
  readonly name: Text;
  readonly street: Text | null;
  /** null only where nobody needs to go anywhere. */
  readonly city: Text | null;
  readonly region: Text | null;
  readonly country: string | null;
  readonly postcode: string | null;
  readonly point: Point | null;
  readonly timezone: string;
  readonly accessibility: VenueListing['accessibility'] | null;
};

/** Degrees, WGS 84. */
export type Point = { readonly latitude: number; readonly longitude: number };

/** One showing at one place or online, as it is kept. What it shows as today is `shownState`. */
export type Screening = {
  readonly id: string;
  readonly slug: string;
  readonly kind: ScreeningKind;
  readonly state: ScreeningState;
  readonly venue: Venue;
  /** What people were told. Its `time` is null while only the day is known. */
  readonly local: LocalStart;
  readonly startsAt: Temporal.Instant;
  /** From this moment it is past, whatever its state says. */
  readonly overAt: Temporal.Instant;
  readonly isPrivate: boolean;
  readonly doc: ScreeningDoc;
  readonly version: number;
  readonly changedAt: Temporal.Instant;
};

/**
 * The state that people are shown: past when somebody said so or when its day is over, except that what was
 * cancelled or postponed stays so.
 */
export function shownState(
  { state, overAt }: Pick<Screening, 'state' | 'overAt'>,
  now: Temporal.Instant,
): ScreeningState {
  if (state === 'cancelled' || state === 'postponed') return state;
  return Temporal.Instant.compare(overAt, now) <= 0 ? 'past' : state;
}

/** Whether it belongs among those that one can still go to. */
export function isOver(screening: Pick<Screening, 'state' | 'overAt'>, now: Temporal.Instant): boolean {
  return screening.state === 'past' || Temporal.Instant.compare(screening.overAt, now) <= 0;
}

/** What the house and this screening offer together; what the screening says wins. */
export function accessOf({ venue, doc }: Pick<Screening, 'venue' | 'doc'>): AccessMark[] {
  const offered = { ...venue.accessibility, ...doc.accessibility };
  return accessMarks.filter((mark) => offered[mark] === true);
}

const screeningColumns = [
  'screening.id',
  'screening.slug',
  'screening.kind',
  'screening.state',
  'screening.startsOn',
  'screening.startsTime',
  'screening.startsOffset',
  'screening.startsAt',
  'screening.overAt',
  'screening.isPrivate',
  'screening.doc',
  'screening.version',
  'screening.changedAt',
  'venue.id as venueId',
  'venue.texts as venueTexts',
  'venue.country',
  'venue.postcode',
  'venue.latitude',
  'venue.longitude',
  'venue.timezone',
  'venue.accessibility as venueAccessibility',
] as const;

type Joined = SelectQueryBuilder<Tables, 'screening' | 'venue', object>;

/** All screenings of a film with their venues, before any further condition. Not yet without the private ones. */
export function joined(tx: Tx, filmId: string): Joined {
  return tx
    .selectFrom('screening')
    .innerJoin('venue', (join) =>
      join.onRef('venue.filmId', '=', 'screening.filmId').onRef('venue.id', '=', 'screening.venueId'),
    )
    .where('screening.filmId', '=', filmId);
}

/** Reads what a query of `joined` finds. */
export async function screeningsOf(query: Joined): Promise<Screening[]> {
  return (await query.select(screeningColumns).execute()).map(screeningOfRow);
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];
const rowsOf = (query: Joined) => query.select(screeningColumns).execute();

function screeningOfRow(row: Row): Screening {
  const { latitude, longitude, startsTime, venueTexts } = row;
  return {
    id: row.id,
    slug: row.slug,
    kind: row.kind,
    state: row.state,
    venue: {
      id: row.venueId,
      name: venueTexts.name,
      street: venueTexts.street ?? null,
      city: venueTexts.city ?? null,
      region: venueTexts.region ?? null,
      country: row.country,
      postcode: row.postcode,
      point: latitude === null || longitude === null ? null : { latitude, longitude },
      timezone: row.timezone,
      accessibility: row.venueAccessibility,
    },
    local: { date: row.startsOn, time: startsTime?.slice(0, 5) ?? null, offset: row.startsOffset },
    startsAt: row.startsAt,
    overAt: row.overAt,
    isPrivate: row.isPrivate,
    doc: row.doc,
    version: row.version,
    changedAt: row.changedAt,
  };
}

/** A screening as the film folder writes it: the exact inverse of applying that listing. */
export function listingOf({ slug, kind, state, venue, local, doc }: Screening): ScreeningListing {
  return {
    slug,
    kind,
    venue: venueListingOf(venue),
    starts_at: writeLocalStart(local),
    ...given('admission', doc.admission),
    ...given('prices', doc.prices),
    ...given('with', doc.with),
    ...given('guests', doc.guests),
    ...given('accessibility', doc.accessibility),
    state,
    ...given('private', doc.private),
  };
}

/** A venue as the film folder writes it. */
export function venueListingOf(venue: Omit<Venue, 'id'>): VenueListing {
  const { point } = venue;
  return {
    name: venue.name,
    ...given('street', venue.street),
    ...given('city', venue.city),
    ...given('region', venue.region),
    ...given('country', venue.country),
    ...given('postcode', venue.postcode),
    ...(point === null ? {} : { point: [point.latitude, point.longitude] }),
    timezone: venue.timezone,
    ...given('accessibility', venue.accessibility),
  };
}

/** A key only where there is a value, because the format knows no empty ones. */
function given<K extends string, V>(key: K, value: V | null | undefined): { [key in K]?: V } {
  return (value === undefined || value === null ? {} : { [key]: value }) as { [key in K]?: V };
}
