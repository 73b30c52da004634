import pg from 'pg';
import type { Storage } from '../storage/index.ts';

/** For tests: an installation as its owner's session sees it. */
export type Installation = { connection: pg.ClientConfig; storage: Storage };

export async function ask<T extends pg.QueryResultRow>(
  { connection }: Installation,
  query: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<T>(query, values)).rows;
  } finally {
    await client.end();
  }
}

/** Every row of every table that a backup carries, in one text. */
export async function everything(installation: Installation): Promise<string> {
  const tables = await ask<{ name: string }>(
    installation,
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('migration', 'process_pulse', 'installation_fact') order by 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await ask<{ row: string }>(
      installation,
      `select t::text as row from public."${name}" t order by 1`,
    );
    parts.push(`${name}: ${rows.map(({ row }) => row).join('\n')}`);
  }
  return parts.join('\n\n');
}
