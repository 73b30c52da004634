import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { inInstallation, type Tx } from '../../platform/database/database.ts';
import { addCode, confirmOrders, placeHolds } from './index.ts';
import { ada, asks, cleo, freeType, now, openBoxOffice, orderOf, today } from './test-ground.ts';

const office = await openBoxOffice();
const { db, filmId, within } = office;
const rushed = ['order', 'order_key', 'order_line', 'hold', 'ticket', 'code_use'];

/** Of the tables that a rush fills, how many rows this transaction read by going through all of them. */
async function readThrough(tx: Tx): Promise<Record<string, number>> {
  const { rows } = await sql<{ relname: string; read: number }>`
    select relname, seq_tup_read::int as read from pg_stat_xact_user_tables
     where schemaname = 'public' and relname = any(${rushed})`.execute(tx);
  return Object.fromEntries(rows.map(({ relname, read }) => [relname, read]));
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
    const { id, typeId } = await office.screening(2_000, [freeType]);
    await within((tx) =>
      addCode(tx, filmId, now, cleo, {
        ...{ word: 'LOCAL', kind: 'comp', off: 0, currency: null, screeningId: null, ticketTypeId: typeId },
        ...{ usesMax: null, moneyMax: null, goodFrom: null, goodUntil: null, note: '' },
      }),
    );
    const owner = new pg.Client(office.database.connection);
    await owner.connect();
    await owner.query(`vacuum ${rushed.map((name) => `"${name}"`).join(', ')}`);
    await owner.end();
    const [before, after] = await within(async (tx) => {
      await gatherOf(tx, id, typeId, 5);
      for (let gathering = 0; gathering < 4; gathering += 1) await gatherOf(tx, id, typeId, 300);
      const read = await readThrough(tx);
      await gatherOf(tx, id, typeId, 300);
      return [read, await readThrough(tx)];
    });
    expect(after).toEqual(before);
  });
});

/** So many buyers hold a place each and confirm it, every tenth with a code. */
async function gatherOf(tx: Tx, screeningId: string, ticketTypeId: string, count: number): Promise<void> {
  const wanted = Array.from({ length: count }, (_, at) =>
    asks(screeningId, [{ ticketTypeId }], { code: at % 10 === 0 ? 'LOCAL' : '' }),
  );
  const held = await placeHolds(tx, filmId, now, wanted);
  const confirmations = held.map((answer) => ({
    ...{ orderId: orderOf(answer), method: 'free' as const, buyer: ada, guestNames: [] },
  }));
  await confirmOrders(tx, filmId, now, cleo, { bookedOn: today, confirmations });
}
