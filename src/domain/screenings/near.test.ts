import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { commandLine } from '../../platform/audit/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { createFilm } from '../film/index.ts';
import {
  applyListings,
  kmBetween,
  kmFarthest,
  type Point,
  placesOf,
  pointOfZip,
  type ScreeningListing,
  screeningListings,
  screeningsNear,
} from './index.ts';
import { boxAround } from './near.ts';

const database = await testDatabase();
const now = Temporal.Instant.from('2026-12-01T12:00:00Z');
const filmId = newId();
const within = <T>(work: Parameters<typeof inFilm<T>>[2]) => inFilm(database.kysely, filmId, work);

/** Spread over the Earth, with clusters, the poles and both sides of the date line. */
const points: [number, number][] = Array.from({ length: 400 }, (_, at) => {
  const turn = (factor: number): number => ((at * factor) % 1_000) / 1_000;
  if (at % 4 === 0) return [40.7 + turn(37) / 5, -74 + turn(91) / 5];
  if (at % 29 === 0) return [turn(17) > 0.5 ? 89.9 : -89.9, turn(53) * 360 - 180];
  if (at % 7 === 0) return [turn(41) * 40 - 20, turn(13) > 0.5 ? 179.95 : -179.95];
  return [turn(617) * 178 - 89, turn(389) * 360 - 180];
});
const listings: ScreeningListing[] = points.map((point, at) => ({
  slug: `s-${at}`,
  kind: at % 50 === 3 ? 'virtual' : 'community',
  venue: { name: `V${at % 380}`, city: `C${at % 380}`, point: points[at % 380] ?? point, timezone: 'UTC' },
  starts_at: at % 40 === 1 ? '2026-01-01' : `2027-01-${String(1 + (at % 28)).padStart(2, '0')}T18:00`,
  state: 'on sale',
  ...(at % 45 === 2 ? { private: true } : {}),
}));
await within((tx) => createFilm(tx, filmId, now, { slug: 'near' }));
await within((tx) => applyListings(tx, filmId, now, commandLine, screeningListings.parse(listings)));

function bruteForce(from: Point, kmMax: number): number[] {
  return listings
    .filter(({ kind, starts_at, private: hidden }) => kind !== 'virtual' && starts_at.length > 10 && !hidden)
    .map(({ venue }) =>
      kmBetween(from, { latitude: venue.point?.[0] ?? 0, longitude: venue.point?.[1] ?? 0 }),
    )
    .filter((km) => km <= kmMax)
    .sort((one, other) => one - other);
}

/** On the far side of the Earth the arc sine is steep: two libraries that round one bit apart differ by a decimetre. */
const kmApart = 0.001;

const anywhere = fc.record({
  latitude: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, 40.75)),
  longitude: fc.oneof(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.constantFrom(-180, 180, 179.99, -73.95),
  ),
});

describe('near', () => {
  it('finds exactly what measuring everything finds, from anywhere on Earth', async () => {
    await fc.assert(
      fc.asyncProperty(
        anywhere,
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(5, 24, 26, 300, 2_000, kmFarthest),
        async (point, limit, kmMax) => {
          const found = await within((tx) => screeningsNear(tx, filmId, now, point, { kmMax, limit }));
          const expected = bruteForce(point, kmMax).slice(0, limit);
          expect(found.length).toBe(expected.length);
          for (const [at, { km }] of found.entries())
            expect(Math.abs(km - (expected[at] ?? Number.NaN))).toBeLessThan(kmApart);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('draws boxes that hold every point of their circle', () => {
    fc.assert(
      fc.property(anywhere, anywhere, (here, there) => {
        const km = kmBetween(here, there);
        const { south, north, spans } = boxAround(here, km);
        expect(there.latitude).toBeGreaterThanOrEqual(south);
        expect(there.latitude).toBeLessThanOrEqual(north);
        const isPole = Math.abs(there.latitude) === 90;
        expect(
          isPole || spans.some(([west, east]) => there.longitude >= west && there.longitude <= east),
        ).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('measures as the globe does', () => {
    const newYork = { latitude: 40.7128, longitude: -74.006 };
    expect(kmBetween(newYork, { latitude: 51.5074, longitude: -0.1278 })).toBeCloseTo(5_570, -1);
    expect(kmBetween(newYork, newYork)).toBe(0);
  });
});

describe('places', () => {
  it('counts what is to come and what is past, without private ones and those online', async () => {
    const places = await within((tx) => placesOf(tx, filmId, now));
    const shown = listings.filter(({ kind, private: hidden }) => kind !== 'virtual' && !hidden);
    expect(places.reduce((sum, { upcoming }) => sum + upcoming, 0)).toBe(
      shown.filter(({ starts_at }) => starts_at.length > 10).length,
    );
    expect(places.reduce((sum, { past }) => sum + past, 0)).toBe(
      shown.filter(({ starts_at }) => starts_at.length === 10).length,
    );
  });
});

describe('a ZIP code', () => {
  it('is found, or stands near its neighbours, or is none', async () => {
    const brooklyn = await pointOfZip('11201');
    expect(brooklyn?.latitude).toBeCloseTo(40.69, 1);
    // A post-office box of Manhattan, which has no area of its own.
    expect((await pointOfZip('10008'))?.latitude).toBeCloseTo(40.7, 0);
    for (const none of ['00000', '99999999', '1120', 'abcde', '', "11201'"])
      expect(await pointOfZip(none)).toBeNull();
  });
});
