import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { migrate } from '../database/migrate.ts';
import { Refusal } from '../refusal.ts';
import { programRoot } from '../root.ts';
import type { Storage } from '../storage/index.ts';
import type { Manifest } from './format.ts';
import { restoreFiles } from './restore-files.ts';
import { restoreRows } from './restore-rows.ts';
import { madeByStart, migrationNumber, plainText, quoted, snapshotTables } from './snapshot-tables.ts';
import { verifyBackup } from './verify-backup.ts';

export type Restored = { readonly rows: number; readonly files: number; readonly madeAt: string };

/**
 * Brings a backup into an empty installation. The whole archive is checked before the first write; rows and
 * files appear together or not at all. An older archive is brought up to this program afterwards.
 * @param connection as the owner of the database
 * @throws Refusal `archive_foreign`, `archive_damaged`, `archive_newer`, `installation_not_empty` (naming a
 *   table), `installation_newer` when the empty database has migrations that the archive does not know
 */
export async function restoreBackup(
  { connection, storage }: { connection: pg.ClientConfig; storage: Storage },
  path: string,
  now: Temporal.Instant,
): Promise<Restored> {
  const manifest = await verifyBackup(path);
  await prepareTables(connection, manifest);
  const client = new pg.Client({ ...connection, application_name: 'houselights restore' });
  client.on('error', () => {});
  await client.connect();
  const files = restoreFiles(storage);
  try {
    await client.query(`${plainText}; begin`);
    await restoreRows(client, path, manifest);
    await files.putAll(path);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    await files.takeBack();
    throw error;
  } finally {
    await client.end();
  }
  await migrate(connection);
  await noteRestore(connection, manifest, now);
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  return { rows, files: manifest.files, madeAt: manifest.madeAt };
}

/** Leaves the database with the archive's own tables, all of them empty. */
async function prepareTables(connection: pg.ClientConfig, { migration }: Manifest): Promise<void> {
  const names = (await readdir(join(programRoot, 'migrations')))
    .filter((name) => name.endsWith('.sql'))
    .sort();
  if (migration > names.length)
    throw new Refusal('archive_newer', { archive: migration, program: names.length });
  const found = await lookAt(connection);
  if (found > migration) throw new Refusal('installation_newer', { archive: migration, installation: found });
  const folder = await mkdtemp(join(tmpdir(), 'houselights-restore-'));
  try {
    for (const name of names.slice(0, migration))
      await copyFile(join(programRoot, 'migrations', name), join(folder, name));
    await migrate(connection, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The installation's migration number, when it is empty. */
async function lookAt(connection: pg.ClientConfig): Promise<number> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    for (const { name } of await snapshotTables(client)) {
      if (madeByStart.has(name)) continue;
      const row = await client.query(`select 1 from public.${quoted(name)} limit 1`);
      if (row.rowCount !== 0) throw new Refusal('installation_not_empty', { table: name });
    }
    return await migrationNumber(client);
  } finally {
    await client.end();
  }
}

async function noteRestore(
  connection: pg.ClientConfig,
  { madeAt }: Manifest,
  now: Temporal.Instant,
): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(
      `insert into installation_fact (name, value, at) values ('last_restore', $1, $2)
       on conflict (name) do update set value = excluded.value, at = excluded.at`,
      [JSON.stringify({ madeAt }), now.toString()],
    );
  } finally {
    await client.end();
  }
}
