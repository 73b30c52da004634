import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inInstallation } from '../../platform/database/database.ts';

const { kysely: db } = await testDatabase();
const rushed = ['order', 'order_key', 'order_line', 'hold', 'ticket', 'code_use'];

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
});
