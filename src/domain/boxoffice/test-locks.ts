import { sql } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../platform/database/database.ts';

/**
 * Takes the advisory locks out of a database: who asks for one waits a moment, as everybody else then does too, and
 * goes on without it. What holds with them must fail without.
 */
export async function withoutAdvisoryLocks({ connection, kysely }: Database): Promise<void> {
  const client = new pg.Client({ ...inject('server'), database: String(connection.database) });
  await client.connect();
  try {
    await client.query(
      `create function public.pg_advisory_xact_lock(bigint) returns void language sql as 'select pg_sleep(1)'`,
    );
  } finally {
    await client.end();
  }
  // Every session of the pool looks there first.
  const all = Array.from({ length: 5 }, () =>
    kysely
      .transaction()
      .execute((tx) =>
        sql`select set_config('search_path', 'public, pg_catalog', false), pg_sleep(1)`.execute(tx),
      ),
  );
  await Promise.all(all);
}
