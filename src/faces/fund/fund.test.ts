import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { beforeEach, describe, expect, it } from 'vitest';
import { castFilm } from '../../../tests/cast.ts';
import { testDatabase } from '../../../tests/ground/database.ts';
import { openTestHouse } from '../../../tests/ground/house.ts';
import { addTicketType, setPlaces } from '../../domain/boxoffice/index.ts';
import { makeGrantCodes, newRule, putIntoFund, saveGrantRule } from '../../domain/fund/index.ts';
import { addScreening } from '../../domain/screenings/index.ts';
import { fundLetters } from '../../letters/fund/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { sayShortMoney } from '../../ui/money.ts';

const database = await testDatabase();
const film = await castFilm(database);
const { house, ask } = await openTestHouse(database);
const team = { personId: null, name: 'the test' };
const now = Temporal.Now.instant();
const today = Temporal.Now.plainDateISO('America/New_York');
const within = <T>(work: Parameters<typeof inFilm<T>>[2]): Promise<T> => inFilm(house.db, film.id, work);
const at = '/films/union/screenings/seattle/grant';

const types = await within(async (tx) => {
  const { id } = await addScreening(tx, film.id, now, team, {
    ...{ slug: 'seattle', kind: 'cinema', state: 'on sale' },
    venue: { name: 'Film Forum', city: 'Seattle', timezone: 'America/Los_Angeles' },
    starts_at: today.add({ days: 20 }).toPlainDateTime('19:00').toString().slice(0, 16),
  });
  await setPlaces(tx, film.id, now, team, { screeningId: id, places: 50 });
  const plain = {
    ...({ about: null, kind: 'fixed', currency: 'USD', priceMin: null, priceMax: null } as const),
    ...{ placesMax: null, perOrderMax: 10, saleFrom: null, saleUntil: null, needsCode: false },
  };
  return [
    await addTicketType(tx, film.id, now, team, {
      screeningId: id,
      draft: { ...plain, name: 'General', price: 1500 },
    }),
    await addTicketType(tx, film.id, now, team, {
      screeningId: id,
      draft: { ...plain, name: 'Students', price: 1000 },
    }),
  ];
});
const [general = ''] = types;

const rule = (more = {}) =>
  within((tx) =>
    saveGrantRule(tx, film.id, now, team, { ...newRule, currency: 'USD', screeningId: null, ...more }),
  );
const putIn = (amount: number) =>
  within((tx) =>
    putIntoFund(tx, film.id, now, team, {
      ...{ key: newId(), currency: 'USD', amount, bookedOn: today, memo: 'From the makers' },
    }),
  );
const page = async (path: string): Promise<string> => (await ask(path)).text();
const keyIn = (html: string): string => /name="key" value="([\w-]{22})"/.exec(html)?.[1] ?? '';

beforeEach(async () => {
  await sql`delete from form_limit`.execute(house.db);
});

describe('the way to a place from the fund', () => {
  it('is not there before the team opens the fund', async () => {
    expect((await ask('/films/union/fund')).status).toBe(404);
    expect((await ask(at)).status).toBe(404);
    expect(await page('/films/union/screenings/seattle')).not.toContain('/grant');
    await rule();
    const link = `href="${at}"`;
    await expect
      .poll(async () => (await page('/films/union/screenings/seattle')).includes(link), { timeout: 5_000 })
      .toBe(true);
  });

  it('takes an address to wait with while the fund is empty, and keeps no more of anybody', async () => {
    expect(await page(at)).toContain('The fund is empty just now');
    const wrong = await ask(`${at}/waiting`, { form: { type: general, address: 'nowhere' } });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('value="nowhere"');
    const form = { type: general, address: 'grace@example.org' };
    for (const _ of [1, 2])
      expect((await ask(`${at}/waiting`, { form })).headers.get('location')).toBe(`${at}/waiting`);
    expect(await page(`${at}/waiting`)).toContain('You are on the list');
    expect(await page('/films/union/fund')).toContain('person waiting');
    const { rows } = await within((tx) => sql<Record<string, unknown>>`select * from grant_wait`.execute(tx));
    expect(rows).toHaveLength(1);
    await within((tx) => sql`delete from grant_wait`.execute(tx));
  });

  it('gives the place in two steps, without a cookie, an address or a script', async () => {
    await putIn(1500);
    const first = await page(at);
    expect(first).toContain('Step 1 of 2');
    expect(first).not.toContain('type="module"');
    const second = await page(`${at}?type=${general}`);
    expect(second).toContain('Step 2 of 2');
    const asked = [...second.matchAll(/<(?:input|select|textarea)[^>]* name="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(asked).toEqual(['key', 'type', 'name', 'address']);
    const form = { key: keyIn(second), type: general, name: 'A.', address: '' };
    const taken = await ask(at, { form });
    expect(taken.status).toBe(303);
    expect(taken.headers.get('set-cookie')).toBeNull();
    const order = await page(taken.headers.get('location') ?? '');
    expect(order).toContain('You are coming');
    expect(order).toContain('Paid by the solidarity fund');
    // C1: a second press is the same place.
    expect((await ask(at, { form })).headers.get('location')).toBe(taken.headers.get('location'));
  });

  it('says beside the field what is missing, and refuses what is no claim, without a trace', async () => {
    await putIn(3000);
    const key = keyIn(await page(`${at}?type=${general}`));
    const unnamed = await ask(at, { form: { key, type: general, name: ' ', address: 'no address' } });
    expect(unnamed.status).toBe(422);
    const said = await unnamed.text();
    expect(said).toContain('href="#field-name"');
    expect(said).toContain('value="no address"');
    for (const form of [
      { key: 'guess', type: general, name: 'A.' },
      { key, type: "'; drop table grant", name: 'A.' },
      { key, type: newId(), name: 'A.' },
    ])
      expect((await ask(at, { form })).status, JSON.stringify(form)).toBeGreaterThanOrEqual(409);
    const form = { key, type: general, name: 'A.', address: 'heidi@example.org' };
    expect((await ask(at, { form })).status).toBe(303);
    const again = await ask(at, { form: { ...form, key: keyIn(await page(`${at}?type=${general}`)) } });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('A place was claimed with this address');
  });

  it('lets nobody drain the fund from one place', async () => {
    await putIn(100_000);
    const statuses: number[] = [];
    for (let claim = 0; claim < 12; claim += 1) {
      const key = keyIn(await page(`${at}?type=${general}`));
      statuses.push((await ask(at, { form: { key, type: general, name: 'A.' } })).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 303));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });
});

describe('a steward’s code', () => {
  it('pays a place without an address, once, and is said to be used up afterwards', async () => {
    await rule({ who: 'code' });
    const [code] = await within((tx) =>
      makeGrantCodes(tx, film.id, now, team, { steward: 'Local One', count: 1, usesMax: 1, goodUntil: null }),
    );
    const claim = async (word: string) => {
      const html = await page(`${at}?type=${general}`);
      return await ask(at, { form: { key: keyIn(html), type: general, name: 'A.', code: word } });
    };
    expect(await page(at)).toContain('who have a code from a partner organisation');
    const unknown = await claim('GUESSED');
    expect(unknown.status).toBe(422);
    expect(await unknown.text()).toContain('href="#field-code"');
    expect((await claim('')).status).toBe(422);
    expect((await claim(code?.word.toLowerCase() ?? '')).status).toBe(303);
    expect(await (await claim(code?.word ?? '')).text()).toContain('used as often as it may be');
    await rule();
  });
});

describe('the fund’s page', () => {
  it('D4 shows what the books say, and again once the fund has changed', async () => {
    const jobs = fundLetters({ db: house.db, clock: house.clock });
    const changed = () => jobs['fund-changed']?.({ filmId: film.id }, undefined as never);
    await changed();
    const { rows } = await within((tx) =>
      sql<{ booked: number }>`
        select -sum(amount)::bigint as booked from ledger_entry
          join ledger_account on ledger_account.id = account_id where code = 'fund'`.execute(tx),
    );
    const booked = rows[0]?.booked ?? 0;
    const shows = async (what: string) => (await page('/films/union/fund')).includes(what);
    await expect.poll(() => shows(sayShortMoney(booked, 'USD'))).toBe(true);
    await putIn(12_345);
    await changed();
    await expect.poll(() => shows(sayShortMoney(booked + 12_345, 'USD'))).toBe(true);
    expect(await page('/films/union/fund')).not.toContain('<script');
  });
});
