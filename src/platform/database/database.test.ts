import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inInstallation } from './database.ts';

const database = await testDatabase();
const db = database.kysely;

/** Ends a session from another one, as an administrator or a restart does. */
async function cutOff(pid: number): Promise<void> {
  const owner = await database.pool.connect();
  try {
    await owner.query('reset role');
    await owner.query('select pg_terminate_backend($1, 5000)', [pid]);
  } finally {
    owner.release(true);
  }
}

it('a session that is cut off while it is used fails that use, and the process lives on', async () => {
  const using = inInstallation(db, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await cutOff(rows[0]?.pid ?? 0);
    await sql`select 1`.execute(tx);
  });
  await expect(using).rejects.toThrow();
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
  expect(rows).toEqual([{ one: 1 }]);
});
