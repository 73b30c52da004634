import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { auditPage } from '../../platform/audit/audit-page.ts';
import type { Actor } from '../../platform/audit/index.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { createFilm } from '../film/index.ts';
import {
  addScreening,
  applyImport,
  cancelScreening,
  deskScreenings,
  duplicateScreening,
  editScreening,
  keepImport,
  listingOf,
  listingsOf,
  postponeScreening,
  presentSlug,
  restoreScreening,
  type Screening,
  type ScreeningListing,
  screeningBySlug,
} from './index.ts';

const database = await testDatabase();
const now = Temporal.Instant.from('2026-12-01T12:00:00Z');
const jo: Actor = { personId: 'jo', name: 'Jo Reyes' };
const sam: Actor = { personId: 'sam', name: 'Sam Okafor' };

async function newFilm(): Promise<string> {
  const filmId = newId();
  await inFilm(database.kysely, filmId, (tx) => createFilm(tx, filmId, now, { slug: `film-${filmId}` }));
  return filmId;
}
const within = <T>(filmId: string, work: (tx: Tx) => Promise<T>) => inFilm(database.kysely, filmId, work);

const hall: ScreeningListing = {
  slug: 'hall-2027-01-16',
  kind: 'community',
  venue: { name: 'Union hall', city: 'Staten Island', timezone: 'America/New_York' },
  starts_at: '2027-01-16T18:30',
  admission: { free: true },
  state: 'on sale',
};

const filmWithHall = async (): Promise<[string, Screening]> => {
  const filmId = await newFilm();
  return [filmId, await within(filmId, (tx) => addScreening(tx, filmId, now, jo, hall))];
};

describe('the desk’s views', () => {
  it('tell what comes from what is over; what is cancelled is neither until its day has passed', async () => {
    const filmId = await newFilm();
    const add = (slug: string, more: Partial<ScreeningListing>) =>
      within(filmId, (tx) => addScreening(tx, filmId, now, jo, { ...hall, slug, ...more }));
    await add('ahead', {});
    await add('off', { state: 'cancelled' });
    await add('later', { state: 'postponed' });
    await add('gone', { starts_at: '2026-01-16T18:30' });
    const seen = async (when: 'coming' | 'past') => {
      const query = { when, order: 'next', page: 1, perPage: 50 } as const;
      const { screenings } = await within(filmId, (tx) => deskScreenings(tx, filmId, now, query));
      return screenings.map(({ slug }) => slug).sort();
    };
    expect(await seen('coming')).toEqual(['ahead', 'later']);
    expect(await seen('past')).toEqual(['gone']);
  });
});

describe('two people at one screening', () => {
  it('refuses the second and says who changed what, and loses nothing of the first', async () => {
    const [filmId, { id }] = await filmWithHall();
    const edit = (by: Actor, version: number, listing: ScreeningListing) =>
      within(filmId, (tx) => editScreening(tx, filmId, now, by, { id, version, listing }));
    await edit(jo, 1, { ...hall, starts_at: '2027-01-16T19:00', prices: 'Free, with dinner' });
    await expect(edit(sam, 1, { ...hall, state: 'sold out' })).rejects.toMatchObject({
      code: 'screening_changed',
      details: { version: 2, by: 'Jo Reyes', fields: 'starts_at, prices' },
    });
    const kept = await within(filmId, (tx) => screeningBySlug(tx, filmId, hall.slug));
    expect(kept && listingOf(kept)).toMatchObject({ starts_at: '2027-01-16T19:00', state: 'on sale' });
    await edit(sam, 2, { ...hall, state: 'sold out' });
  });

  it('lets a double click pass: the same change again is no conflict and no version', async () => {
    const [filmId, { id }] = await filmWithHall();
    const listing: ScreeningListing = { ...hall, state: 'sold out' };
    for (const version of [1, 1]) {
      await within(filmId, (tx) => editScreening(tx, filmId, now, jo, { id, version, listing }));
    }
    const kept = await within(filmId, (tx) => screeningBySlug(tx, filmId, hall.slug));
    expect(kept?.version).toBe(2);
  });

  it('lets exactly one of two editors win who press at the same moment', async () => {
    const [filmId, { id }] = await filmWithHall();
    const results = await Promise.allSettled(
      ['A', 'B', 'C', 'D'].map((prices) =>
        within(filmId, (tx) =>
          editScreening(tx, filmId, now, jo, { id, version: 1, listing: { ...hall, prices } }),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('an address that changes', () => {
  it('leads on from the old one, and is refused where it is taken', async () => {
    const [filmId, { id }] = await filmWithHall();
    const listing = { ...hall, slug: 'staten-island' };
    await within(filmId, (tx) => editScreening(tx, filmId, now, jo, { id, version: 1, listing }));
    expect(await within(filmId, (tx) => presentSlug(tx, filmId, hall.slug))).toBe('staten-island');
    await expect(within(filmId, (tx) => addScreening(tx, filmId, now, jo, listing))).rejects.toMatchObject({
      code: 'slug_taken',
    });
  });
});

describe('cancelling and postponing', () => {
  it('is told once however often it is pressed, and taken back to what it was', async () => {
    const [filmId, { id }] = await filmWithHall();
    for (const command of [cancelScreening, cancelScreening]) {
      await within(filmId, (tx) => command(tx, filmId, now, jo, id));
    }
    expect((await within(filmId, (tx) => screeningBySlug(tx, filmId, hall.slug)))?.state).toBe('cancelled');
    const restored = await within(filmId, (tx) => restoreScreening(tx, filmId, now, jo, id));
    expect(restored.state).toBe('on sale');
    await within(filmId, (tx) => postponeScreening(tx, filmId, now, jo, id));
    await within(filmId, (tx) => cancelScreening(tx, filmId, now, jo, id));
    expect((await within(filmId, (tx) => restoreScreening(tx, filmId, now, jo, id))).state).toBe('postponed');
    const all = { action: '', person: '', before: '' };
    const { lines } = await within(filmId, (tx) => auditPage(tx, filmId, all));
    const actions = lines.map(({ action }) => action);
    expect(actions.filter((action) => action === 'screening.cancel')).toHaveLength(2);
  });

  it('refuses a screening of another film as if there were none', async () => {
    const [, { id }] = await filmWithHall();
    const other = await newFilm();
    await expect(within(other, (tx) => cancelScreening(tx, other, now, jo, id))).rejects.toMatchObject({
      code: 'no_such_screening',
    });
  });
});

describe('a copy', () => {
  it('has an address of its own and is seen by nobody until it is opened', async () => {
    const [filmId, { id }] = await filmWithHall();
    const copy = await within(filmId, (tx) => duplicateScreening(tx, filmId, now, jo, id));
    expect(copy).toMatchObject({ slug: 'hall-2027-01-16-2', isPrivate: true, state: 'planned' });
    expect(await within(filmId, (tx) => screeningBySlug(tx, filmId, copy.slug))).toBeNull();
  });
});

describe('a CSV import', () => {
  const rows: ScreeningListing[] = [
    { ...hall, prices: 'Free' },
    { ...hall, slug: 'second', starts_at: '2027-01-17T18:30' },
  ];

  it('says what each row would do, changes nothing until it is applied, and is applied once', async () => {
    const [filmId] = await filmWithHall();
    const preview = await within(filmId, (tx) =>
      keepImport(tx, filmId, now, jo, { fileName: 'x.csv', listings: rows }),
    );
    expect(preview.rows.map(({ effect, fields }) => [effect, fields])).toEqual([
      ['changes', ['prices']],
      ['adds', []],
    ]);
    expect(await within(filmId, (tx) => listingsOf(tx, filmId))).toEqual([hall]);
    const apply = () => within(filmId, (tx) => applyImport(tx, filmId, now, jo, preview.id));
    expect(await apply()).toEqual({ added: 1, changed: 1, unchanged: 0 });
    await expect(apply()).rejects.toMatchObject({ code: 'import_applied' });
  });

  it('S5 cannot be applied by another film', async () => {
    const [filmId] = await filmWithHall();
    const { id } = await within(filmId, (tx) =>
      keepImport(tx, filmId, now, jo, { fileName: 'x', listings: rows }),
    );
    const other = await newFilm();
    await expect(within(other, (tx) => applyImport(tx, other, now, jo, id))).rejects.toMatchObject({
      code: 'import_gone',
    });
  });

  it('applies 10,000 rows whole, with their venues made once', async () => {
    const filmId = await newFilm();
    const listings = Array.from({ length: 10_000 }, (_, at) => ({
      ...hall,
      slug: `s-${at}`,
      venue: { ...hall.venue, name: `Hall ${at % 50}` },
    }));
    const { id } = await within(filmId, (tx) => keepImport(tx, filmId, now, jo, { fileName: 'x', listings }));
    const applied = await within(filmId, (tx) => applyImport(tx, filmId, now, jo, id));
    expect(applied.added).toBe(10_000);
    const venues = await within(filmId, (tx) => tx.selectFrom('venue').select('id').execute());
    expect(venues).toHaveLength(50);
    const found = await within(filmId, (tx) =>
      deskScreenings(tx, filmId, now, { search: 'hall 7', order: 'date', page: 2, perPage: 50 }),
    );
    expect(found).toMatchObject({ count: 200 });
    expect(found.screenings).toHaveLength(50);
    // Not a race against the clock: the limit only lets a busy machine take its time.
  }, 300_000);
});
