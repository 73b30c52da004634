import { describe, expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { listCodes } from '../../../domain/boxoffice/index.ts';
import { inFilm } from '../../../platform/database/database.ts';

const database = await testDatabase();
const film = await castFilm(database);
const house = await openTestHouse(database);
const cleo = await signIn(house, cast.cleo.address);
const dev = await signIn(house, cast.dev.address);
const base = '/admin/films/union/codes';
const page = async (path: string, cookie = cleo) => (await house.ask(base + path, { cookie })).text();
const send = (path: string, form: Record<string, string> = {}, cookie = cleo) =>
  house.ask(base + path, { cookie, form });
const everything = { search: '', state: null, screeningId: null, before: null };
const codes = (more = {}) =>
  inFilm(database.kysely, film.id, (tx) =>
    listCodes(tx, film.id, house.house.clock(), { ...everything, ...more }, 2_000),
  );
const tenth = { kind: 'percent', percent: '10', currency: 'USD', place: '' };

describe('codes', () => {
  it('are made, changed, withdrawn and let be good again', async () => {
    const made = await send('/new', { ...tenth, word: ' local one ', uses_max: '50', note: 'For Local 1' });
    expect(made.status).toBe(303);
    const [code] = await codes();
    expect(code).toMatchObject({ word: 'LOCALONE', kind: 'percent', off: 10, usesMax: 50 });
    const changed = {
      kind: 'amount',
      amount: '5.50',
      currency: 'USD',
      money_max: '100',
      good_until: '2030-01-01T12:00',
    };
    expect((await send(`/${code?.id}`, changed)).status).toBe(303);
    expect((await codes())[0]).toMatchObject({ word: 'LOCALONE', off: 550, moneyMax: 10_000, usesMax: null });
    expect((await codes())[0]?.goodUntil?.toString()).toBe('2030-01-01T17:00:00Z');
    await send(`/${code?.id}/withdrawal`);
    expect(await page('?state=withdrawn')).toContain('LOCALONE');
    expect(await codes({ state: 'good' })).toEqual([]);
    await send(`/${code?.id}/return`);
    expect(await codes({ state: 'good' })).toHaveLength(1);
    expect(await page(`/${code?.id}`)).toContain('$5.50 off each place');
  });

  it('are made by the hundred with a common beginning, and leave as CSV', async () => {
    const made = await send('/new', { ...tenth, kind: 'comp', word: 'SEIU', count: '100', note: '=cmd' });
    expect(made.headers.get('location')).toMatch(/search=SEIU-/);
    const all = await codes({ search: 'SEIU-' });
    expect(all).toHaveLength(100);
    expect(new Set(all.map(({ word }) => word)).size).toBe(100);
    expect(all.every(({ word }) => /^SEIU-[0-9A-HJKMNP-TV-Z]{8}$/.test(word))).toBe(true);
    const csv = await page('/export.csv?search=SEIU-');
    expect(csv.match(/\r\n/g)).toHaveLength(101);
    // S8 nothing in it starts a formula.
    expect(csv).toContain(",'=cmd");
    expect(await page('?search=SEIU-')).toContain('Older');
  });

  it('get a word that nobody guesses where none is typed', async () => {
    await send('/new', { ...tenth, word: '' });
    expect((await codes())[0]?.word).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  });

  it.each<[Record<string, string>, string]>([
    [{ word: 'LOCALONE' }, 'There is a code of this word already'],
    [{ word: 'a' }, 'Three to thirty'],
    [{ word: '💥💥💥' }, 'Three to thirty'],
    [{ percent: '0' }, 'From 1 to 100 percent'],
    [{ percent: '101' }, 'A whole number, at most 100'],
    [{ percent: '1e1' }, 'A whole number'],
    [{ kind: 'amount', amount: '0' }, 'More than nothing'],
    [{ kind: 'amount', amount: '-3' }, 'An amount of USD'],
    [{ kind: 'gold' }, 'What the code gives'],
    [{ place: 's:018f0000-0000-7000-8000-000000000000' }, 'Where the code is good'],
    [{ count: '0' }, 'At least one'],
    [{ count: '1000000' }, 'A whole number, at most 1,000'],
    [{ uses_max: '0' }, 'A whole number of places'],
    [{ money_max: '0' }, 'An amount of USD'],
    [{ good_from: '2030-01-02T10:00', good_until: '2030-01-01T10:00' }, 'After it begins'],
  ])('come back with words beside the field for %j', async (wrong, words) => {
    const before = (await codes()).length;
    const answer = await send('/new', { ...tenth, word: 'SOLIDARITY', ...wrong });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
    expect(await codes()).toHaveLength(before);
  });

  it('S1 S2 S3 search takes any text as text: patterns, quotes, a page of it', async () => {
    for (const search of ['%', '_', "'", "' or 1=1 --", '\\', '(a+)+$', 'LOCALONE%']) {
      const answer = await house.ask(`${base}?${new URLSearchParams({ search })}`, { cookie: cleo });
      expect([search, answer.status, (await answer.text()).includes('LOCALONE</a>')]).toEqual([
        search,
        200,
        false,
      ]);
    }
    for (const query of [`search=${'x'.repeat(500)}`, 'state=any', 'before=1', 'screening=%27'])
      expect((await house.ask(`${base}?${query}`, { cookie: cleo })).status).toBe(400);
  });

  it('are read by outreach, who hands them on, and made by the box office alone', async () => {
    expect(await page('?search=LOCAL', dev)).toContain('LOCALONE');
    expect(await page('', dev)).not.toContain('Make a code');
    expect((await send('/new', tenth, dev)).status).toBe(404);
  });
});
