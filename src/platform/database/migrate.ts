import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrateJobs } from '../jobs/queue.ts';
import { programRoot } from '../root.ts';
import { programRole } from './database.ts';

/** Any number will do, as long as every process that migrates takes the same one. */
const migrationLock = 4_815_162_342;

/** What a migration run did, in the order of their numbers. */
export type Migrated = { readonly applied: readonly string[]; readonly version: number };

/**
 * Brings the database to this program's version: numbered files, each in a transaction of its own, under
 * an advisory lock so that processes that start together do it once. Connects as the owner.
 * @throws when the database is newer than the program, older than PostgreSQL 15, or may not be written
 */
export async function migrate(
  connection: pg.ClientConfig,
  folder = join(programRoot, 'migrations'),
): Promise<Migrated> {
  const client = new pg.Client({ ...connection, application_name: 'houselights migrations' });
  await client.connect();
  try {
    await assertServer(client);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await ensureProgramRole(client);
    await client.query(
      'create table if not exists migration (number int primary key, name text not null, applied_at timestamptz not null default now())',
    );
    const files = await migrationFiles(folder);
    const before = await client.query<{ number: number }>('select number from migration');
    const known = new Set(before.rows.map((row) => row.number));
    const newest = Math.max(0, ...known);
    const version = files.at(-1)?.number ?? 0;
    if (newest > version)
      throw new Error(
        `The database is at version ${newest}, this program knows ${version}: start the newer program.`,
      );
    await migrateJobs(connection);
    const pending = files.filter((file) => !known.has(file.number));
    for (const file of pending) await applyOne(client, join(folder, file.name), file);
    return { applied: pending.map((file) => file.name), version };
  } finally {
    await client.end();
  }
}

type MigrationFile = { readonly number: number; readonly name: string };

async function migrationFiles(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return names.map((name, at) => {
    const number = Number(name.slice(0, 4));
    if (number !== at + 1) throw new Error(`migrations/${name}: expected number ${at + 1}`);
    return { number, name };
  });
}

async function applyOne(client: pg.Client, path: string, file: MigrationFile): Promise<void> {
  const statements = await readFile(path, 'utf8');
  await client.query('begin');
  try {
    await client.query(statements);
    await client.query('insert into migration (number, name) values ($1, $2)', [file.number, file.name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(
      `migrations/${file.name} did not apply: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
}

async function assertServer(client: pg.Client): Promise<void> {
  if ((await serverVersion(client)) < 150_000) throw new Error('The database is older than PostgreSQL 15.');
  const { rows } = await client.query<{ encoding: string }>(
    "select current_setting('server_encoding') as encoding",
  );
  const encoding = rows[0]?.encoding;
  if (encoding !== 'UTF8') throw new Error(`The database's encoding is ${encoding}; create it with UTF8.`);
}

async function serverVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  return rows[0]?.version ?? 0;
}

/**
 * Roles belong to the server, not to the database, so a second installation on it finds the role there; and the
 * lock of one database does not hold back the start of another, so a step that somebody else just did is done.
 */
async function ensureProgramRole(client: pg.Client): Promise<void> {
  try {
    const found = await client.query('select 1 from pg_roles where rolname = $1', [programRole]);
    if (found.rowCount === 0)
      await client
        .query(`create role ${programRole} nologin noinherit nosuperuser nobypassrls`)
        .catch(unlessDone);
    if (!(await mayBecomeProgram(client)))
      await client.query(`grant ${programRole} to current_user`).catch(unlessDone);
    if (await mayBecomeProgram(client)) return;
  } catch (error) {
    throw new Error(roleWords, { cause: error });
  }
  throw new Error(roleWords);
}

const roleWords =
  `The database's user may not create roles. As an administrator run once:\n` +
  `  create role ${programRole} nologin noinherit; grant ${programRole} to <the user of DATABASE_URL>;`;

// 42710: the role is there; 23505, XX000: the same, noticed later, while its row was being written.
function unlessDone(error: unknown): void {
  if (error instanceof Error && 'code' in error && /^(42710|23505|XX000)$/.test(String(error.code))) return;
  throw error;
}

/** Since 16 a role's maker may administer it, yet not become it until granted. */
async function mayBecomeProgram(client: pg.Client): Promise<boolean> {
  const privilege = (await serverVersion(client)) >= 160_000 ? 'set' : 'member';
  const may = await client.query<{ yes: boolean }>('select pg_has_role(current_user, $1, $2) as yes', [
    programRole,
    privilege,
  ]);
  return may.rows[0]?.yes ?? false;
}
