import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse } from '../../../../tests/ground/house.ts';
import {
  applyListings,
  cancelScreening,
  editScreening,
  type ScreeningListing,
  screeningBySlug,
  screeningListings,
} from '../../../domain/screenings/index.ts';
import { commandLine } from '../../../platform/audit/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { london, nasty, unfolded } from './test-ground.ts';

const database = await testDatabase();
const now = Temporal.Instant.from('2026-12-01T12:00:00Z');
const { ask } = await openTestHouse(database, { clock: () => now });
const { id: filmId } = await castFilm(database, { now });
const within = <T>(work: (tx: Tx) => Promise<T>) => inFilm(database.kysely, filmId, work);

const hall: ScreeningListing = {
  slug: 'hall-2027-01-16',
  kind: 'community',
  venue: {
    name: 'Union hall',
    street: '1 Bay Street',
    city: 'Staten Island',
    region: 'NY',
    country: 'US',
    point: [40.627, -74.076],
    timezone: 'America/New_York',
  },
  starts_at: '2027-01-16T18:30',
  admission: { free: true },
  with: ['Local 1181'],
  accessibility: { asl: true },
  state: 'on sale',
};
const oakland: ScreeningListing = {
  ...hall,
  slug: 'oakland',
  venue: {
    name: 'Library',
    city: 'Oakland',
    region: 'CA',
    country: 'US',
    point: [37.8, -122.27],
    timezone: 'America/Los_Angeles',
  },
  starts_at: '2027-02-20T14:00',
  admission: { external: 'https://tickets.example/oakland' },
};
const secret: ScreeningListing = {
  ...hall,
  slug: 'secret-break-room',
  venue: { name: 'Secret break room', city: 'Secretville', point: [30, -90], timezone: 'America/Chicago' },
  private: true,
};
const hostile: ScreeningListing = {
  ...hall,
  slug: 'hostile',
  venue: { ...hall.venue, name: nasty, street: nasty, city: nasty.slice(0, 80), region: nasty.slice(0, 60) },
  prices: nasty,
  with: [nasty],
  guests: [{ name: nasty, about: nasty }],
};

await within((tx) =>
  applyListings(
    tx,
    filmId,
    now,
    commandLine,
    screeningListings.parse([hall, london, oakland, secret, hostile]),
  ),
);
const body = async (path: string): Promise<string> => await (await ask(path)).text();

describe('the list of screenings', () => {
  it('shows what is to come, folds what is past, and never a private one', async () => {
    const page = await body('/screenings');
    expect(page).toContain('Staten Island');
    expect(page).toContain('<details class="past">');
    expect(page).toContain('href="/screenings/london-2024"');
    expect(page).toContain('class="map map-us"');
    expect(page).toContain('class="map map-world"');
    for (const path of [
      '/screenings',
      '/screenings?by=place',
      '/screenings?near=70112',
      '/screenings.ics',
      '/screenings.rss',
      '/screenings.json',
    ]) {
      expect((await body(path)).toLowerCase()).not.toContain('secret');
    }
    expect((await ask('/screenings/secret-break-room')).status).toBe(404);
    expect((await ask('/screenings/secret-break-room.ics')).status).toBe(404);
  });

  it('finds the nearest by ZIP code and by city, keeps no copy, and says so where it knows neither', async () => {
    const near = await ask('/screenings?near=94601');
    expect(near.headers.get('cache-control')).toBe('no-store');
    const text = await near.text();
    expect(text.indexOf('/screenings/oakland')).toBeLessThan(text.indexOf('/screenings/hall-2027-01-16'));
    expect(text).toMatch(/Nearest to 94601/);
    expect(await body('/screenings?near=oakl')).toMatch(/Nearest to Oakland/);
    expect(await body('/screenings?near=Atlantis')).toMatch(/Atlantis.*href="\/screenings\/oakland"/s);
  });

  it('answers an unknown place and a page that is not there with 404', async () => {
    for (const path of ['/screenings?place=nowhere-us', '/screenings?page=2', '/screenings/none']) {
      expect((await ask(path)).status).toBe(404);
    }
  });

  it('ignores parameters that it does not know, and gives them no place in the cache', async () => {
    const plain = await ask('/screenings');
    const noisy = await ask('/screenings?utm_source=x&fbclid=y');
    expect(noisy.headers.get('etag')).toBe(plain.headers.get('etag'));
  });

  it('leads from an address that a screening once had', async () => {
    const found = await within((tx) => screeningBySlug(tx, filmId, 'oakland'));
    if (found === null) throw new Error('oakland');
    const listing = { ...oakland, slug: 'oakland-library' };
    await within((tx) =>
      editScreening(tx, filmId, now, commandLine, { id: found.id, version: found.version, listing }),
    );
    const moved = await ask('/screenings/oakland');
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/screenings/oakland-library']);
  });
});

describe('a screening that is cancelled', () => {
  it('says so on its page, to machines and in calendars', async () => {
    const found = await within((tx) => screeningBySlug(tx, filmId, hall.slug));
    const sequence = (calendar: string): string | undefined => /SEQUENCE:(\d+)/.exec(calendar)?.[1];
    const before = sequence(await body(`/screenings/${hall.slug}.ics`));
    await within((tx) => cancelScreening(tx, filmId, now, commandLine, found?.id ?? ''));
    // Only what was asked for before is kept, and so tells that the news of the change has come.
    await expect.poll(() => body(`/screenings/${hall.slug}.ics`)).toContain('STATUS:CANCELLED');
    const calendar = await body(`/screenings/${hall.slug}.ics`);
    const page = await body(`/screenings/${hall.slug}`);
    expect(page).toMatch(/schema\.org\/EventCancelled.*This screening is cancelled\./s);
    expect(Number(sequence(calendar))).toBeGreaterThan(Number(before));
  });
});

describe('feeds', () => {
  it('gives calendars that read back: every event whole, its time in UTC, its id for good', async () => {
    const calendar = unfolded(await body('/screenings.ics'));
    expect(calendar.match(/^BEGIN:VEVENT$/gm)).toHaveLength(calendar.match(/^END:VEVENT$/gm)?.length ?? 0);
    expect(calendar).toContain('DTSTART:20270116T233000Z');
    expect(await body('/screenings.ics')).toBe(await body('/screenings.ics'));
    const one = unfolded(await body('/screenings/london-2024.ics'));
    expect(one).toContain('DTSTART;VALUE=DATE:20241114\nDTEND;VALUE=DATE:20241115');
    expect(one).not.toContain('announced later');
    expect(one).toMatch(/\nEND:VCALENDAR\n$/);
    for (const line of (await body('/screenings.ics')).split('\r\n'))
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  it('leads to the film’s own address, wherever it is read', async () => {
    for (const feed of ['/screenings.ics', '/screenings.rss', '/screenings.json'])
      expect(await body(`/films/union${feed}`)).toBe(await body(feed));
  });

  it('pages through open data without losing or repeating one', async () => {
    const seen: string[] = [];
    let next: string | null = '/screenings.json?limit=1';
    while (next !== null) {
      const answer: Response = await ask(next.replace(/^https?:\/\/[^/]+/, ''));
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const list = (await answer.json()) as { screenings: { slug: string }[]; next: string | null };
      seen.push(...list.screenings.map(({ slug }) => slug));
      next = list.next;
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(4);
  });

  it('S2 filters only by what is public, and ANDs it to the guard', async () => {
    for (const query of [
      'isPrivate=true',
      'private=true',
      'venue.name=Secret',
      'version=1',
      'state=x',
      'or=1',
    ]) {
      expect(await body(`/screenings.json?${query}`)).toBe(await body('/screenings.json'));
    }
    const slugs = async (query: string) =>
      (
        JSON.parse(await body(`/screenings.json?${query}`)) as { screenings: { slug: string }[] }
      ).screenings.map(({ slug }) => slug);
    expect(await slugs('kind=cinema')).toEqual(['london-2024']);
    expect(await slugs('from=2027-02-01')).toEqual(['oakland-library']);
    expect((await ask('/screenings.json?place=secretville')).status).toBe(404);
  });
});

describe('what people type', () => {
  it('S6 stays words in pages, JSON-LD, calendars and feeds', async () => {
    for (const path of [
      '/screenings',
      '/screenings?by=place',
      '/screenings/hostile',
      '/screenings?near=10301',
    ]) {
      const page = await body(path);
      expect(page).not.toMatch(/<img src=x|<script>alert/i);
      for (const [, json = ''] of page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
        expect(() => JSON.parse(json)).not.toThrow();
        expect(json).not.toMatch(/[<>]/);
      }
    }
    const page = await body('/screenings/hostile');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? [];
    expect(JSON.stringify(JSON.parse(json))).toContain('alert(1)');
    const calendar = unfolded(await body('/screenings/hostile.ics'));
    expect(calendar.match(/^END:VEVENT$/gm)).toHaveLength(1);
    const news = await body('/screenings.rss');
    expect(news).not.toMatch(/<img|<script/i);
    expect(news.match(/<!\[CDATA\[/g)?.length).toBe(news.match(/\]\]>/g)?.length);
  });

  it('S1 never reaches the database as anything but a value: no parameter gives a 5xx', async () => {
    const names = ['when', 'by', 'kind', 'place', 'page', 'near', 'from', 'to', 'limit', 'cursor'];
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 130 }),
      fc.constantFrom(
        "' or 1=1 --",
        '1;drop table screening',
        '0',
        '-1',
        '1e9',
        '9999',
        'NaN',
        '2024-02-30',
        '9999-12-31',
        '0000-00-00',
        '+010000-01-01',
        'upcoming',
        'place',
        'date',
        'virtual',
        '\u0000',
        '%',
        '_',
        '*',
        '../..',
        '11201',
        '11201-1234',
        'staten-island-ny-us',
        '💥',
        '\ud800',
        '1',
        '500',
        '501',
        Buffer.from('9999999999999 00000000-0000-7000-8000-000000000000').toString('base64url'),
        Buffer.from('-9999999999999 00000000-0000-7000-8000-000000000000').toString('base64url'),
        Buffer.from("0 ' or true").toString('base64url'),
      ),
    );
    const path = fc.constantFrom(
      '/screenings',
      '/screenings.json',
      '/screenings.ics',
      '/screenings.rss',
      '/screenings/hostile',
    );
    await fc.assert(
      fc.asyncProperty(
        path,
        fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }),
        async (to, query) => {
          const address = `${to}?${new URLSearchParams(query)}`;
          const { status } = await ask(address);
          expect([200, 400, 404]).toContain(status);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('S1 takes any path for a screening that is not there', async () => {
    const noise = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 });
    const tried = fc.asyncProperty(noise, async (slug) => {
      const { status } = await ask(`/screenings/${encodeURIComponent(slug.toWellFormed())}`);
      expect([200, 400, 404]).toContain(status);
    });
    await fc.assert(tried, { numRuns: 100 });
  });
});
