import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { afterAll, describe, expect, it } from 'vitest';
import { addCode, availabilityOf } from '../../src/domain/boxoffice/index.ts';
import { inFilm } from '../../src/platform/database/database.ts';
import { type Bought, buyerAt, confirmAt } from '../ground/buyers.ts';
import { besideProgram, freeType, putOnSale, pwywType } from '../ground/on-sale.ts';
import { newInstallation, type Program } from '../ground/program.ts';

const installation = await newInstallation();
// Orders are slow to be answered here, not wrong: no mail is sent while they are made.
const programs: readonly Program[] = [
  await installation.start({ ROLE: 'web' }),
  await installation.start({ ROLE: 'web' }),
];
const owner = new pg.Client(installation.connection);
await owner.connect();
afterAll(() => owner.end());

const at = (index: number): Program => programs[index % programs.length] as Program;

async function sellAt(slug: string, places: number, types = [freeType]) {
  return await besideProgram(installation.connection, async (database, filmId) => {
    const sale = await putOnSale(database, filmId, slug, { places, types });
    const left = () =>
      besideProgram(installation.connection, (beside) =>
        inFilm(beside.kysely, filmId, (tx) => availabilityOf(tx, filmId, sale.id, Temporal.Now.instant())),
      );
    return { ...sale, filmId, left };
  });
}

/** A crowd asks at both processes at once, four by four. */
const crowd = (slug: string, fields: readonly Record<string, string>[]): Promise<Bought[]> =>
  Promise.all(fields.map((each, index) => buyerAt(at(index >> 2), slug, each)));

const held = (answers: readonly Bought[]) => answers.filter(({ status }) => status === 303);

describe('A1 five hundred buyers at two processes', () => {
  it('get exactly the places there are, and the others are told', async () => {
    const { typeIds, left } = await sellAt('rush', 120);
    const answers = await crowd(
      'rush',
      Array.from({ length: 500 }, () => ({ [`q-${typeIds[0]}`]: '1' })),
    );
    expect(held(answers).length).toBe(120);
    expect(answers.filter(({ status }) => status === 409).length).toBe(380);
    const statuses = await Promise.all(
      held(answers).map((bought, index) => confirmAt(at(index + 1), bought)),
    );
    expect(new Set(statuses)).toEqual(new Set([303]));
    expect(await left()).toMatchObject({ sold: 120, free: 0, held: 0 });
  }, 120_000);

  it('get more than there are when nobody locks: the same crowd shows it', async () => {
    const { typeIds, left } = await sellAt('unlocked', 120);
    const { rows } = await owner.query<{ body: string }>(
      `select pg_get_functiondef('take_places'::regproc) as body`,
    );
    const body = rows[0]?.body ?? '';
    const unlocked = body
      .replace(/ for no key update/, '')
      // Time for the other to look, too.
      .replace(/delete from hold where/, 'perform pg_sleep(0.05); delete from hold where');
    expect(unlocked.length).not.toBe(body.length);
    await owner.query('alter table capacity disable trigger capacity_not_oversold');
    await owner.query(unlocked);
    try {
      const wishes = Array.from({ length: 500 }, () => ({ [`q-${typeIds[0]}`]: '1' }));
      expect(held(await crowd('unlocked', wishes)).length).toBeGreaterThan(120);
      expect((await left())?.held).toBeGreaterThan(120);
    } finally {
      await owner.query(body);
      await owner.query('alter table capacity enable trigger capacity_not_oversold');
    }
  }, 120_000);

  it('cannot get more than there are even so, while the database counts', async () => {
    const { typeIds, left } = await sellAt('guarded', 120);
    const { rows } = await owner.query<{ body: string }>(
      `select pg_get_functiondef('take_places'::regproc) as body`,
    );
    const body = rows[0]?.body ?? '';
    await owner.query(
      body
        .replace(/ for no key update/, '')
        .replace(/delete from hold where/, 'perform pg_sleep(0.05); delete from hold where'),
    );
    try {
      await crowd(
        'guarded',
        Array.from({ length: 500 }, () => ({ [`q-${typeIds[0]}`]: '1' })),
      );
      expect((await left())?.held).toBeLessThanOrEqual(120);
    } finally {
      await owner.query(body);
    }
  }, 120_000);
});

describe('A2 every way to a place goes through the lock', () => {
  it('sells the last places once to buyers with and without a code, for nothing and for what they can', async () => {
    const types = [freeType, pwywType, { ...freeType, name: 'Members', needsCode: true }];
    const { id, typeIds, filmId, left } = await sellAt('matrix', 60, types);
    const [rsvp = '', pwyw = '', members = ''] = typeIds;
    await besideProgram(installation.connection, (database) =>
      inFilm(database.kysely, filmId, (tx) =>
        addCode(
          tx,
          filmId,
          Temporal.Now.instant(),
          { personId: null, name: 'Cleo' },
          {
            ...{
              word: 'LOCAL1',
              kind: 'comp',
              off: 0,
              currency: null,
              screeningId: id,
              ticketTypeId: members,
            },
            ...{ usesMax: 1000, moneyMax: null, goodFrom: null, goodUntil: null, note: '' },
          },
        ),
      ),
    );
    const ways = [
      { [`q-${rsvp}`]: '1' },
      { [`q-${pwyw}`]: '1', [`a-${pwyw}`]: '7.50' },
      { [`q-${members}`]: '1', code: 'local1' },
      { [`q-${rsvp}`]: '1', [`q-${pwyw}`]: '1', [`a-${pwyw}`]: '0' },
    ];
    // Some hold and leave; what they held comes back by the clock, and is taken again.
    const early = held(
      await crowd(
        'matrix',
        Array.from({ length: 40 }, () => ways[0] ?? {}),
      ),
    );
    expect(early.length).toBe(40);
    await owner.query(`update hold set expires_at = now() - interval '1 second' where screening_id = $1`, [
      id,
    ]);
    const answers = await crowd(
      'matrix',
      Array.from({ length: 200 }, (_, index) => ways[index % ways.length] ?? {}),
    );
    const after = await left();
    expect(after).toMatchObject({ free: 0, held: 60 });
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 409]));
    for (const way of ways.keys())
      expect(held(answers.filter((_, index) => index % ways.length === way)).length).toBeGreaterThan(0);
  }, 120_000);
});

describe('C1 an impatient buyer', () => {
  it('who presses ten times, at both processes, has one order', async () => {
    const { typeIds, left } = await sellAt('impatient', 50);
    const key = 'AAAAAAAAAAAAAAAAAAAAAA';
    const answers = await crowd(
      'impatient',
      Array.from({ length: 10 }, () => ({ [`q-${typeIds[0]}`]: '2', key })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(new Set(answers.map(({ order }) => order)).size).toBe(1);
    const statuses = await Promise.all(answers.map((bought, index) => confirmAt(at(index), bought)));
    expect(new Set(statuses)).toEqual(new Set([303]));
    expect(await left()).toMatchObject({ sold: 2, held: 0, free: 48 });
    const { rows } = await owner.query<{ jobs: number }>(
      `select count(*)::int as jobs from graphile_worker.jobs where key like 'tickets:%'
        and key = 'tickets:' || (select id::text from "order" where secret_hash = sha256($1::bytea))`,
      [key],
    );
    expect(rows[0]?.jobs).toBe(1);
  }, 60_000);
});

describe('A12 S10 an order of somebody else', () => {
  it('is not there without its secret, and cannot be confirmed with another’s', async () => {
    const { typeIds } = await sellAt('others', 50);
    const [mine, theirs] = await crowd('others', [
      { [`q-${typeIds[0]}`]: '1' },
      { [`q-${typeIds[0]}`]: '1' },
    ]);
    const path = new URL(theirs?.order ?? '', at(0).url).pathname;
    for (const query of ['', '?key=', `?key=${mine?.key}`, '?key=%27or%201', '?key=AAAAAAAAAAAAAAAAAAAAAA'])
      expect((await fetch(at(0).url + path + query)).status).toBe(404);
    const stolen = { order: theirs?.order ?? null, key: mine?.key ?? '', status: 303 };
    expect(await confirmAt(at(0), stolen)).toBe(404);
    expect(await confirmAt(at(0), { ...stolen, key: '' })).toBe(404);
    expect((await fetch(at(0).url + (theirs?.order ?? ''))).status).toBe(200);
  }, 60_000);
});

describe('B1 S11 codes for one use', () => {
  /** Ten codes for one place each, which two hundred bring at once. @returns the statuses */
  async function bring(slug: string, bearers: readonly Program[]): Promise<number[]> {
    const { id, typeIds, filmId } = await sellAt(slug, 300, [{ ...freeType, needsCode: true }]);
    const [typeId = ''] = typeIds;
    const limits = { usesMax: 1, moneyMax: null, goodFrom: null, goodUntil: null, note: '' };
    const good = { screeningId: id, ticketTypeId: typeId, ...limits };
    const words = Array.from({ length: 10 }, (_, index) => `${slug}-${index}`.toUpperCase());
    await besideProgram(installation.connection, (database) =>
      inFilm(database.kysely, filmId, async (tx) => {
        for (const word of words) {
          const code = { word, kind: 'comp' as const, off: 0, currency: null, ...good };
          await addCode(tx, filmId, Temporal.Now.instant(), { personId: null, name: 'Cleo' }, code);
        }
      }),
    );
    const ask = (index: number) => {
      const fields = { [`q-${typeId}`]: '1', code: (words[index % words.length] ?? '').toLowerCase() };
      return buyerAt(bearers[(index >> 2) % bearers.length] as Program, slug, fields);
    };
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(index)));
    return answers.map(({ status }) => status);
  }

  it('are used once each by two hundred at both processes', async () => {
    const statuses = await bring('one-use', programs);
    expect(statuses.filter((status) => status === 303).length).toBe(10);
    expect(statuses.filter((status) => status === 422).length).toBe(190);
  }, 60_000);

  it('are used more often when nobody locks them and the database does not count: the same crowd shows it', async () => {
    const { rows } = await owner.query<{ body: string }>(
      `select pg_get_functiondef('lock_codes'::regproc) as body`,
    );
    const body = rows[0]?.body ?? '';
    const unlocked = body
      .replace(/ for no key update/, '')
      // Time for the other to look, too.
      .replace(/end \$function\$/, 'perform pg_sleep(0.2); end $$function$$');
    expect(unlocked).toContain('pg_sleep');
    await owner.query('alter table code disable trigger code_not_overused');
    await owner.query(unlocked);
    try {
      const statuses = await bring('unlocked-use', programs);
      expect(statuses.filter((status) => status === 303).length).toBeGreaterThan(10);
    } finally {
      await owner.query(body);
      await owner.query('alter table code enable trigger code_not_overused');
    }
  }, 60_000);
});
