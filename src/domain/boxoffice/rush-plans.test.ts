import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { inInstallation, type Tx } from '../../platform/database/database.ts';
import { forgetSmallSizes } from '../../platform/database/look-up.ts';
import { addCode, confirmOrders, placeHolds } from './index.ts';
import { ada, asks, cleo, freeType, now, openBoxOffice, orderOf, plainCode, today } from './test-ground.ts';

const office = await openBoxOffice();
const { db, filmId, within } = office;
const forgets = await within(async (tx) => {
  const found = await sql<{ is: boolean }>`
    select current_setting('server_version_num')::int >= 180000 as is`.execute(tx);
  return found.rows[0]?.is === true;
});
const rushed = ['order', 'order_key', 'order_line', 'hold', 'ticket', 'code_use'];

/** Of the tables that a rush fills: how many rows, and entries of their indexes, this transaction has read. */
async function readIn(tx: Tx): Promise<{ rows: number; entries: number }> {
  const { rows } = await sql<{ rows: number; entries: number }>`
    select sum(pg_stat_get_xact_tuples_returned(pg_class.oid))::int as rows,
           sum((select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index
                 where indrelid = pg_class.oid))::int as entries
      from pg_class where relnamespace = 'public'::regnamespace and relname = any(${rushed})`.execute(tx);
  return rows[0] ?? { rows: 0, entries: 0 };
}

describe('the tables that a rush fills', () => {
  it('have no index beside their key that begins with the film and could stand in for it', async () => {
    const { rows } = await inInstallation(db, (tx) =>
      sql<{ index: string }>`
        select pg_index.indexrelid::regclass::text as index
          from pg_index join pg_class on pg_class.oid = pg_index.indrelid
          join pg_attribute on attrelid = indrelid and attnum = indkey[0]
         where relname = any(${rushed}) and relnamespace = 'public'::regnamespace
           and not indisprimary and indpred is null and attname = 'film_id'`.execute(tx),
    );
    expect(rows.map(({ index }) => index)).toEqual([]);
  });

  it('let no statistics of their films be gathered', async () => {
    const { rows } = await inInstallation(db, (tx) =>
      sql<{ name: string; target: number }>`
        select relname as name, attstattarget as target
          from pg_class join pg_attribute on attrelid = pg_class.oid
         where relname = any(${rushed}) and relnamespace = 'public'::regnamespace and attname = 'film_id'`.execute(
        tx,
      ),
    );
    expect(rows.length).toBe(rushed.length);
    expect(rows.filter(({ target }) => target !== 0)).toEqual([]);
  });

  it('are looked up row by row, also by who began while they were known to be empty', async () => {
    await takeStock('vacuum');
    await looksUp(await sale());
  });

  it.runIf(forgets)(
    'are so too when a crowd came before and all of it is gone, once that is forgotten',
    async () => {
      const before = await sale();
      await takenBack((tx) => gatherOf(tx, before, 1_500));
      // Its pages are there, and known to hold few.
      await takeStock('vacuum (truncate false)');
      await within(forgetSmallSizes);
      await looksUp(await sale());
    },
  );
});

type Sale = { readonly id: string; readonly typeId: string; readonly word: string };
let sales = 0;

async function sale(): Promise<Sale> {
  const { id, typeId } = await office.screening(2_000, [freeType]);
  sales += 1;
  const word = `LOCAL-${sales}`;
  await within((tx) =>
    addCode(tx, filmId, now, cleo, { ...plainCode, word, kind: 'comp', off: 0, ticketTypeId: typeId }),
  );
  return { id, typeId, word };
}

/** What a transaction found that was rolled back. */
async function takenBack<Found>(work: (tx: Tx) => Promise<Found>): Promise<Found> {
  const found = Promise.withResolvers<Found>();
  const rolledBack = new Error('taken back');
  await within(async (tx) => {
    found.resolve(await work(tx));
    throw rolledBack;
  }).catch((error: unknown) => {
    if (error !== rolledBack) throw error;
  });
  return await found.promise;
}

async function takeStock(vacuum: string): Promise<void> {
  const owner = new pg.Client(office.database.connection);
  await owner.connect();
  await owner.query(`${vacuum} ${rushed.map((name) => `"${name}"`).join(', ')}`);
  await owner.end();
}

/** A gathering after some thousand others of its session reads no more of the tables than one of the first does. */
async function looksUp(at: Sale): Promise<void> {
  const [before, after] = await takenBack(async (tx) => {
    await gatherOf(tx, at, 5);
    for (let gathering = 0; gathering < 4; gathering += 1) await gatherOf(tx, at, 300);
    const read = await readIn(tx);
    await gatherOf(tx, at, 300);
    return [read, await readIn(tx)];
  });
  expect(after.rows).toBe(before.rows);
  // Some fifteen entries lead to what becomes of an order; a wrong index has one for each order before it.
  expect(after.entries - before.entries).toBeLessThan(300 * 40);
}

/** So many buyers hold a place each and confirm it, every tenth with a code. */
async function gatherOf(tx: Tx, { id, typeId, word }: Sale, count: number): Promise<void> {
  const wanted = Array.from({ length: count }, (_, at) =>
    asks(id, [{ ticketTypeId: typeId }], { code: at % 10 === 0 ? word : '' }),
  );
  const held = await placeHolds(tx, filmId, now, wanted);
  const confirmations = held.map((answer) => ({
    ...{ orderId: orderOf(answer), method: 'free' as const, buyer: ada, guestNames: [] },
  }));
  await confirmOrders(tx, filmId, now, cleo, { bookedOn: today, confirmations });
}
