import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { commandLine } from '../../platform/audit/index.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { createFilm } from '../film/index.ts';
import {
  applyListings,
  listingsOf,
  type ScreeningListing,
  screeningBySlug,
  screeningListings,
  upcomingScreenings,
} from './index.ts';

const database = await testDatabase();
const now = Temporal.Instant.from('2024-10-01T12:00:00Z');

async function newFilm(): Promise<string> {
  const filmId = newId();
  await inFilm(database.kysely, filmId, (tx) => createFilm(tx, filmId, now, { slug: `film-${filmId}` }));
  return filmId;
}

const within = <T>(filmId: string, work: (tx: Tx) => Promise<T>) => inFilm(database.kysely, filmId, work);

const seattle: ScreeningListing = {
  slug: 'nwff-2024-11-03',
  kind: 'cinema',
  venue: {
    name: 'Northwest Film Forum',
    street: '1515 12th Ave',
    city: 'Seattle',
    region: 'WA',
    country: 'US',
    postcode: '98122',
    point: [47.6148, -122.3168],
    timezone: 'America/Los_Angeles',
  },
  starts_at: '2024-11-03T16:00',
  admission: { external: 'https://nwfilmforum.org/' },
  prices: { en: '$14 / $10 / $7', es: '14 / 10 / 7 dólares' },
  with: ['MLK Labor', 'Transit Riders Union'],
  guests: [{ name: 'Q&A', about: 'After the film' }],
  accessibility: { open_captions: true, asl: false, step_free: true },
  state: 'on sale',
};
const evening: ScreeningListing = {
  ...seattle,
  slug: 'nwff-2024-11-03-evening',
  starts_at: '2024-11-03T19:00',
};
const plant: ScreeningListing = {
  slug: 'break-room',
  kind: 'workplace',
  venue: { name: { en: 'Break room', es: 'Sala de descanso' }, city: 'Chicago', timezone: 'America/Chicago' },
  starts_at: '2024-12-01',
  state: 'planned',
  private: true,
};

describe('applyListings', () => {
  it('adds what is new, and says what was written exactly as it was written', async () => {
    const filmId = await newFilm();
    const listings = screeningListings.parse([seattle, evening, plant]);
    const applied = await within(filmId, (tx) => applyListings(tx, filmId, now, commandLine, listings));
    expect(applied).toEqual({ added: 3, changed: 0, unchanged: 0 });
    expect(await within(filmId, (tx) => listingsOf(tx, filmId))).toEqual(listings);
  });

  it('makes a venue once', async () => {
    const filmId = await newFilm();
    const shouted = { ...evening, venue: { ...evening.venue, name: 'NORTHWEST  Film forum' } };
    await within(filmId, (tx) => applyListings(tx, filmId, now, commandLine, [seattle, shouted]));
    const kept = await within(filmId, (tx) => tx.selectFrom('venue').select('name').execute());
    expect(kept).toEqual([{ name: 'Northwest Film Forum' }]);
  });

  it('changes nothing when the same listings come again: no row, no version, no audit line', async () => {
    const filmId = await newFilm();
    const rows = async () =>
      await within(filmId, async (tx) => ({
        venues: await tx.selectFrom('venue').selectAll().orderBy('id').execute(),
        screenings: await tx.selectFrom('screening').selectAll().orderBy('id').execute(),
        versions: await tx.selectFrom('screeningVersion').select('version').execute(),
        audit: await tx.selectFrom('audit').select('id').execute(),
      }));
    await within(filmId, (tx) => applyListings(tx, filmId, now, commandLine, [seattle, evening, plant]));
    const before = await rows();
    const later = now.add({ hours: 5 });
    const exported = await within(filmId, (tx) => listingsOf(tx, filmId));
    for (const again of [[seattle, evening, plant], exported]) {
      const applied = await within(filmId, (tx) => applyListings(tx, filmId, later, commandLine, again));
      expect(applied).toEqual({ added: 0, changed: 0, unchanged: 3 });
    }
    expect(await rows()).toEqual(before);
  });

  it('changes what differs and leaves the rest', async () => {
    const filmId = await newFilm();
    await within(filmId, (tx) => applyListings(tx, filmId, now, commandLine, [seattle, evening]));
    const moved = { ...evening, starts_at: '2024-11-03T20:00' };
    const applied = await within(filmId, (tx) =>
      applyListings(tx, filmId, now, commandLine, [seattle, moved]),
    );
    expect(applied).toEqual({ added: 0, changed: 1, unchanged: 1 });
    const found = await within(filmId, (tx) => screeningBySlug(tx, filmId, evening.slug));
    expect(found?.startsAt.toString()).toBe('2024-11-04T04:00:00Z');
    expect(found?.version).toBe(2);
  });

  it('keeps what people were told on the wall clock when the zone of a venue is corrected', async () => {
    const filmId = await newFilm();
    await within(filmId, (tx) => applyListings(tx, filmId, now, commandLine, [seattle, evening]));
    const corrected = { ...seattle, venue: { ...seattle.venue, timezone: 'America/New_York' } };
    await within(filmId, (tx) => applyListings(tx, filmId, now, commandLine, [corrected]));
    const found = await within(filmId, (tx) => screeningBySlug(tx, filmId, evening.slug));
    expect(found?.local.time).toBe('19:00');
    expect(found?.startsAt.toString()).toBe('2024-11-04T00:00:00Z');
  });

  it('S5 keeps films apart: the same slugs and venues, and none of the other film’s rows', async () => {
    const [one, other] = [await newFilm(), await newFilm()];
    await within(one, (tx) => applyListings(tx, one, now, commandLine, [seattle]));
    await within(other, (tx) => applyListings(tx, other, now, commandLine, [{ ...seattle, prices: 'Free' }]));
    const prices = await within(
      one,
      async (tx) => (await screeningBySlug(tx, one, seattle.slug))?.doc.prices,
    );
    expect(prices).toEqual(seattle.prices);
    // The wrong film's id within this film's transaction finds nothing, because the database holds it.
    expect(await within(one, (tx) => listingsOf(tx, other))).toEqual([]);
    await expect(within(one, (tx) => applyListings(tx, other, now, commandLine, [evening]))).rejects.toThrow(
      /row-level security/,
    );
  });

  it('round-trips any listing that the format allows', async () => {
    const filmId = await newFilm();
    await fc.assert(
      fc.asyncProperty(anyListing, async (listing) => {
        const parsed = screeningListings.parse([listing]);
        await within(filmId, async (tx) => {
          await applyListings(tx, filmId, now, commandLine, parsed);
          const kept = (await listingsOf(tx, filmId)).filter(({ slug }) => slug === listing.slug);
          expect(kept).toEqual(parsed);
          const again = await applyListings(tx, filmId, now, commandLine, kept);
          expect(again).toEqual({ added: 0, changed: 0, unchanged: 1 });
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('upcomingScreenings', () => {
  it('shows the next first, and neither what is over nor what is private', async () => {
    const filmId = await newFilm();
    await within(filmId, (tx) => applyListings(tx, filmId, now, commandLine, [evening, plant, seattle]));
    const slugs = async (at: string) =>
      (await within(filmId, (tx) => upcomingScreenings(tx, filmId, Temporal.Instant.from(at), 10))).map(
        ({ slug }) => slug,
      );
    expect(await slugs('2024-10-01T00:00:00Z')).toEqual([seattle.slug, evening.slug]);
    // Still that Sunday in Seattle, already Monday in London.
    expect(await slugs('2024-11-04T07:59:59Z')).toEqual([seattle.slug, evening.slug]);
    expect(await slugs('2024-11-04T08:00:00Z')).toEqual([]);
    expect(await within(filmId, (tx) => screeningBySlug(tx, filmId, plant.slug))).toBeNull();
  });
});

const words = fc.stringMatching(/^[\p{L}\p{N}“”'$£€ .,&-]{0,30}[\p{L}]$/u);
const text = fc.oneof(words, fc.record({ en: words, es: words }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const flag = maybe(fc.boolean());
const stripped = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const anyListing = fc
  .record({
    slug: fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,8}){0,3}$/),
    kind: fc.constantFrom('cinema', 'community', 'campus', 'workplace', 'festival', 'virtual'),
    venue: fc.record({
      name: text,
      street: maybe(text),
      city: text,
      region: maybe(text),
      country: maybe(fc.constantFrom('US', 'GB', 'CA', 'IN')),
      postcode: maybe(fc.stringMatching(/^[A-Z0-9]{1,8}$/)),
      point: maybe(
        fc.tuple(
          fc.integer({ min: -90e7, max: 90e7 }).map((each) => each / 1e7 + 0),
          fc.integer({ min: -180e7, max: 180e7 }).map((each) => each / 1e7 + 0),
        ),
      ),
      timezone: fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Pacific/Chatham', 'UTC'),
      accessibility: maybe(fc.record({ step_free: flag, hearing_loop: flag, wide_seats: flag })),
    }),
    starts_at: fc
      .tuple(fc.integer({ min: 1900, max: 2190 }), fc.integer({ min: 1, max: 12 }), fc.boolean())
      .map(
        ([year, month, hasTime]) => `${year}-${String(month).padStart(2, '0')}-15${hasTime ? 'T19:30' : ''}`,
      ),
    admission: maybe(fc.constantFrom({ free: true }, { external: 'https://a.example/x?y=1&z' })),
    prices: maybe(text),
    with: maybe(fc.array(text, { maxLength: 4 })),
    guests: maybe(fc.array(fc.record({ name: text, about: maybe(text) }), { maxLength: 3 })),
    accessibility: maybe(fc.record({ open_captions: flag, asl: flag, step_free: flag })),
    state: fc.constantFrom('planned', 'on sale', 'sold out', 'postponed', 'cancelled', 'past'),
    private: flag,
  })
  .map(stripped)
  .map((value) => value as ScreeningListing);
