import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import type { Text } from '../film/document/text.ts';
import type { VenueListing } from './listing.ts';
import { type Venue, venueListingOf } from './screening.ts';
import type { VenueTexts } from './tables.ts';
import { canonicalText, plainText, venueKey } from './venue-key.ts';

// As many rows as one statement carries without nearing PostgreSQL's 65,535 parameters.
const rowsMax = 500;

/** Splits what one statement could not carry. */
export function inBatches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / rowsMax) }, (_, at) =>
    all.slice(at * rowsMax, (at + 1) * rowsMax),
  );
}

/** The venues that listings name, by their key, made or brought up to date. */
export type KeptVenues = {
  readonly byKey: ReadonlyMap<string, Venue>;
  /** Ids of those whose zone is another than before: their screenings' moments follow. */
  readonly rezoned: ReadonlySet<string>;
  /** Ids of those of which anything is another than before. */
  readonly changed: ReadonlySet<string>;
};

/**
 * Makes each venue once. Fields that a listing gives overwrite what is kept; fields that it leaves out stay,
 * so that a short row of a CSV never wipes an address.
 */
export async function keepVenues(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  listings: readonly VenueListing[],
): Promise<KeptVenues> {
  const wanted = new Map<string, VenueListing>();
  for (const listing of listings) {
    const key = venueKey(listing);
    wanted.set(key, { ...listing, ...wanted.get(key) });
  }
  const kept = await venuesByKey(tx, filmId, [...wanted.keys()]);
  const byKey = new Map<string, Venue>();
  const rezoned = new Set<string>();
  const changed = new Set<string>();
  const writes: { key: string; venue: Venue }[] = [];
  for (const [key, listing] of wanted) {
    const before = kept.get(key);
    const venue = merged(before, listing);
    byKey.set(key, venue);
    if (before !== undefined && sameVenue(before, venue)) continue;
    writes.push({ key, venue });
    if (before === undefined) continue;
    changed.add(before.id);
    if (before.timezone !== venue.timezone) rezoned.add(before.id);
  }
  for (const batch of inBatches(writes)) await writeVenues(tx, filmId, now, batch);
  return { byKey, rezoned, changed };
}

function sameVenue(one: Venue, other: Venue): boolean {
  return canonicalText(venueListingOf(one)) === canonicalText(venueListingOf(other));
}

function merged(before: Venue | undefined, listing: VenueListing): Venue {
  const { point } = listing;
  return {
    id: before?.id ?? newId(),
    name: sameWords(before?.name, listing.name),
    street: sameWords(before?.street, listing.street) ?? null,
    city: sameWords(before?.city, listing.city) ?? null,
    region: listing.region ?? before?.region ?? null,
    country: listing.country ?? before?.country ?? null,
    postcode: listing.postcode ?? before?.postcode ?? null,
    point: point === undefined ? (before?.point ?? null) : { latitude: point[0], longitude: point[1] },
    timezone: listing.timezone,
    accessibility: listing.accessibility ?? before?.accessibility ?? null,
  };
}

/**
 * Of two spellings that are the same to `venueKey`, the one that was there first stays, so that a row typed in
 * capitals does not rename the house. A text that has come to speak more languages is news.
 */
function sameWords<T extends Text | undefined>(before: Text | null | undefined, next: T): Text | T {
  return typeof before === 'string' && typeof next === 'string' ? before : next;
}

async function writeVenues(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  batch: readonly { key: string; venue: Venue }[],
): Promise<void> {
  await tx
    .insertInto('venue')
    .values(batch.map(({ key, venue }) => ({ filmId, key, ...venueRow(venue), changedAt: now })))
    .onConflict((conflict) =>
      conflict.columns(['filmId', 'id']).doUpdateSet((row) => ({
        texts: row.ref('excluded.texts'),
        name: row.ref('excluded.name'),
        street: row.ref('excluded.street'),
        city: row.ref('excluded.city'),
        region: row.ref('excluded.region'),
        country: row.ref('excluded.country'),
        postcode: row.ref('excluded.postcode'),
        latitude: row.ref('excluded.latitude'),
        longitude: row.ref('excluded.longitude'),
        timezone: row.ref('excluded.timezone'),
        accessibility: row.ref('excluded.accessibility'),
        changedAt: row.ref('excluded.changedAt'),
      })),
    )
    .execute();
}

function venueRow({ name, street, city, region, point, accessibility, ...venue }: Venue) {
  const {
    country: _country,
    timezone: _zone,
    ...texts
  } = venueListingOf({
    ...{ name, street, city, region, timezone: '' },
    ...{ country: null, postcode: null, point: null, accessibility: null },
  });
  return {
    ...venue,
    name: plainText(name),
    street: street === null ? null : plainText(street),
    city: city === null ? null : plainText(city),
    region: region === null ? null : plainText(region),
    texts: JSON.stringify(texts),
    latitude: point?.latitude ?? null,
    longitude: point?.longitude ?? null,
    accessibility:
      accessibility === null || accessibility === undefined ? null : JSON.stringify(accessibility),
  };
}

async function venuesByKey(tx: Tx, filmId: string, keys: readonly string[]): Promise<Map<string, Venue>> {
  const found = new Map<string, Venue>();
  for (const batch of inBatches(keys)) {
    const rows = await tx
      .selectFrom('venue')
      .select(venueColumns)
      .where('filmId', '=', filmId)
      .where('key', 'in', batch)
      // Two imports that name one venue wait for each other here, in the same order.
      .orderBy('id')
      .forUpdate()
      .execute();
    for (const { key, ...row } of rows) found.set(key, venueOfRow(row));
  }
  return found;
}

const venueColumns = [
  'id',
  'key',
  'texts',
  'country',
  'postcode',
  'latitude',
  'longitude',
  'timezone',
  'accessibility',
] as const;

type VenueRow = Pick<Venue, 'id' | 'country' | 'postcode' | 'timezone' | 'accessibility'> & {
  readonly texts: VenueTexts;
  readonly latitude: number | null;
  readonly longitude: number | null;
};

function venueOfRow({ latitude, longitude, texts, ...row }: VenueRow): Venue {
  const { name, street = null, city = null, region = null } = texts;
  const point = latitude === null || longitude === null ? null : { latitude, longitude };
  return { ...row, name, street, city, region, point };
}

/** The film's venues by name, for a picker; at most as many as one can look through. */
export async function venuesOf(tx: Tx, filmId: string, limit = 500): Promise<Venue[]> {
  const rows = await tx
    .selectFrom('venue')
    .select(venueColumns)
    .where('filmId', '=', filmId)
    .orderBy('city')
    .orderBy('name')
    .limit(limit)
    .execute();
  return rows.map(({ key: _, ...row }) => venueOfRow(row));
}

/** One venue, or null where this film has none of that id. */
export async function venueById(tx: Tx, filmId: string, id: string): Promise<Venue | null> {
  const row = await tx
    .selectFrom('venue')
    .select(venueColumns)
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { key: _, ...venue } = row;
  return venueOfRow(venue);
}
