import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { castFilm } from '../../../tests/cast.ts';
import { testDatabase } from '../../../tests/ground/database.ts';
import { openTestHouse } from '../../../tests/ground/house.ts';
import { fixedType, freeType, putOnSale, pwywType } from '../../../tests/ground/on-sale.ts';
import { availabilityOf } from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/secrets.ts';

const database = await testDatabase();
const film = await castFilm(database);
let now = Temporal.Now.instant();
const { ask } = await openTestHouse(database, { clock: () => now });

const base = `/films/${film.slug}`;
const sell = (slug: string, places: number, types = [freeType]) =>
  putOnSale(database, film.id, slug, { places, types });
const left = (id: string) => inFilm(database.kysely, film.id, (tx) => availabilityOf(tx, film.id, id, now));
const choose = (slug: string, fields: Record<string, string>, key = newSecret()) =>
  ask(`${base}/screenings/${slug}/tickets`, { form: { key, ...fields } });
let made = 0;
const freshSlug = () => `screening-${++made}`;
const textOf = async (answer: Response) =>
  (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('A8 a house that is full of people who have not paid', () => {
  it('says so, and is whole again by the clock, on the page that was kept too', async () => {
    const { id, typeIds } = await sell('abandoned', 200);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => choose('abandoned', { [`q-${typeIds[0]}`]: '2' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    const page = async () => textOf(await ask(`${base}/screenings/abandoned`));
    expect(await page()).toContain('Every place is taken or set aside just now.');
    const late = await choose('abandoned', { [`q-${typeIds[0]}`]: '1' });
    expect(late.status).toBe(409);
    expect(await textOf(late)).toContain('While you chose, the last places went.');
    now = now.add({ minutes: 16 });
    expect(await left(id)).toMatchObject({ free: 200, open: 200 });
    expect(await page()).not.toContain('Every place is taken');
    const again = await Promise.all(
      Array.from({ length: 20 }, () => choose('abandoned', { [`q-${typeIds[0]}`]: '10' })),
    );
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([303]));
  });
});

it('says that it is too busy, and keeps nothing, where somebody else holds the places for too long', async () => {
  const { id, typeIds } = await sell('held-up', 5);
  const wish = { [`q-${typeIds[0]}`]: '1' };
  const key = newSecret();
  await inFilm(database.kysely, film.id, async (tx) => {
    await sql`select from capacity where screening_id = ${id} for update`.execute(tx);
    const answer = await choose('held-up', wish, key);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await textOf(answer)).toContain('Nothing was changed');
  });
  expect(await left(id)).toMatchObject({ free: 5 });
  expect((await choose('held-up', wish, key)).status).toBe(303);
}, 15_000);

describe('a type with places of its own', () => {
  it('is sold out alone, on the page and in the form, except to who has the last ones and chooses again', async () => {
    const student = { ...fixedType, name: 'Student', price: 700, placesMax: 2 };
    const { typeIds } = await sell('own-places', 20, [fixedType, student]);
    const key = newSecret();
    const field = `q-${typeIds[1]}`;
    expect(await textOf(await ask(`${base}/screenings/own-places`))).not.toContain('Sold out');
    expect((await choose('own-places', { [field]: '2' }, key)).status).toBe(303);
    now = now.add({ seconds: 16 });
    expect(await textOf(await ask(`${base}/screenings/own-places`))).toContain('Student $7.00 Sold out');
    const form = async (key: string) =>
      await (await ask(`${base}/screenings/own-places/tickets?key=${key}`)).text();
    expect(await form(newSecret())).not.toContain(field);
    expect(await form(key)).toContain(field);
    now = now.add({ minutes: 16 });
    expect(await textOf(await ask(`${base}/screenings/own-places`))).not.toContain('Sold out');
  });
});

describe('B5 what somebody may type', () => {
  it.each(['-1', '0.5', '1e9', '1e3', 'NaN', '0x10', '999999999999', '\u0662', '2; drop table'])(
    'refuses a quantity of %j beside its field, and holds nothing',
    async (typed) => {
      const { id, slug, typeIds } = await sell(freshSlug(), 5);
      const answer = await choose(slug, { [`q-${typeIds[0]}`]: typed });
      expect(answer.status).toBe(422);
      expect(await left(id)).toMatchObject({ free: 5 });
    },
  );

  it.each([
    ['4.99', 'At least $5.00'],
    ['100.01', 'At most $100.00'],
    ['1e3', 'An amount, such as'],
    ['5.005', 'An amount, such as'],
    ['-7', 'An amount, such as'],
    ['', 'An amount, such as'],
    ['€7', 'An amount, such as'],
  ])('refuses %j where people pay what they can from 5 to 100 dollars, in words', async (typed, words) => {
    const { slug, typeIds } = await sell(freshSlug(), 5, [{ ...pwywType, priceMin: 500 }]);
    const answer = await choose(slug, { [`q-${typeIds[0]}`]: '1', [`a-${typeIds[0]}`]: typed });
    expect(answer.status).toBe(422);
    const said = await answer.text();
    expect(said).toContain(words);
    expect(said).toContain(`value="${typed}"`);
  });

  it('refuses keys, types, gifts and codes that nobody gave out, never with a failure of ours', async () => {
    const { id, typeIds } = await sell('strange', 5, [freeType, fixedType]);
    const other = await sell('elsewhere', 5);
    const one = { [`q-${typeIds[0]}`]: '1' };
    const strange: [Record<string, string>, number][] = [
      [{ ...one, key: '' }, 409],
      [{ ...one, key: 'short' }, 409],
      [{ ...one, key: `${newSecret()}'` }, 409],
      [{ [`q-${other.typeIds[0]}`]: '1' }, 409],
      [{ 'q-': '1' }, 409],
      [{ 'q-not-an-id': '1' }, 409],
      [{ ...one, gift: '-5' }, 422],
      [{ ...one, gift: '1e9' }, 422],
      [{ ...one, gift: '99999999999' }, 422],
      [{ ...one, code: '<script>' }, 422],
      [{ ...one, code: 'x'.repeat(5000) }, 422],
      [{ ...one, offer: newSecret() }, 409],
      [{}, 409],
    ];
    for (const [fields, status] of strange) {
      const answer = await choose('strange', fields);
      expect([fields, answer.status]).toEqual([fields, status]);
      expect(await answer.text()).not.toContain('<script>');
    }
    expect(await left(id)).toMatchObject({ free: 5, held: 0 });
    expect((await ask(`${base}/screenings/strange/tickets`, { method: 'POST' })).status).toBe(422);
    expect((await ask(`${base}/screenings/nowhere/tickets`, { form: one })).status).toBe(404);
  });

  it('takes no form from another site', async () => {
    const { id, typeIds } = await sell('foreign', 5);
    const answer = await ask(`${base}/screenings/foreign/tickets`, {
      form: { key: newSecret(), [`q-${typeIds[0]}`]: '1' },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(403);
    expect(await left(id)).toMatchObject({ held: 0 });
  });
});
