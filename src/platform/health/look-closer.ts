import { constants } from 'node:fs';
import { access, mkdir, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { scrub } from '../log.ts';
import { programRoot } from '../root.ts';
import type { HealthLine } from './index.ts';

const good = (name: string, words: string): HealthLine => ({ name, state: 'good', words, todo: null });
const warn = (name: string, words: string, todo: string): HealthLine => ({
  name,
  state: 'warn',
  words,
  todo,
});
const bad = (name: string, words: string, todo: string): HealthLine => ({ name, state: 'bad', words, todo });

type Facts = {
  readonly version: number;
  readonly isolation: string;
  readonly fsync: string;
  readonly commits: string;
  readonly is_superuser: boolean;
  readonly bypasses: boolean;
  readonly at: Date;
};

/** How far the database may be from this program. */
export type DatabaseLook = { readonly lines: readonly HealthLine[]; readonly isStarted: boolean };

/** What may be wrong with a database before any page is asked for: version, rights, durability, migrations, clock. */
export async function lookAtDatabase(
  connection: pg.ClientConfig,
  { embedded }: { embedded: boolean },
): Promise<DatabaseLook> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000, statement_timeout: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const before = Date.now();
    const facts = await factsOf(client);
    const skewMs = facts.at.getTime() - (before + Date.now()) / 2;
    const migrations = await migrationsLine(client);
    const lines = [serverLine(facts), rightsLine(facts, embedded), migrations.line, clockLine(skewMs)];
    if (migrations.isStarted) lines.push(await wallsLine(client));
    return { lines, isStarted: migrations.isStarted };
  } catch (error) {
    const said = scrub(error instanceof Error ? error.message : String(error));
    const todo = embedded
      ? 'Read postgres.log in the data folder.'
      : 'Look at DATABASE_URL and at the server.';
    return { lines: [bad('Database server', `It cannot be used: ${said}`, todo)], isStarted: false };
  } finally {
    await client.end().catch(() => {});
  }
}

async function factsOf(client: pg.Client): Promise<Facts> {
  const { rows } = await client.query<Facts>(`
    select current_setting('server_version_num')::int as version, clock_timestamp() as at,
           current_setting('default_transaction_isolation') as isolation,
           current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
           rolsuper as is_superuser, rolbypassrls as bypasses
      from pg_roles where rolname = session_user`);
  const [facts] = rows;
  if (facts === undefined) throw new Error('the database does not know who asks');
  return facts;
}

function serverLine({ version, isolation, fsync, commits }: Facts): HealthLine {
  const name = 'Database server';
  const major = Math.floor(version / 10_000);
  if (major < 15)
    return bad(name, `PostgreSQL ${major} is too old.`, 'Houselights needs PostgreSQL 15 or newer.');
  if (isolation !== 'read committed')
    return bad(
      name,
      `Its default isolation is "${isolation}".`,
      "alter database … set default_transaction_isolation = 'read committed'",
    );
  if (fsync !== 'on' || commits === 'off')
    return bad(
      name,
      'It confirms what is not yet on disk: a power cut loses what people were told is kept.',
      'Set fsync and synchronous_commit to on.',
    );
  return good(name, `PostgreSQL ${major} answers, is durable, and isolates by read committed.`);
}

function rightsLine({ is_superuser, bypasses }: Facts, embedded: boolean): HealthLine {
  const name = 'Database rights';
  if (is_superuser || bypasses)
    return warn(
      name,
      'DATABASE_URL signs in as a superuser, or as one whom row-level security does not hold.',
      'Make a role of its own: create role houselights login createrole nosuperuser; let it own the database.',
    );
  return good(
    name,
    embedded ? 'The program owns its database and is no superuser.' : 'The user is no superuser.',
  );
}

async function migrationsLine(client: pg.Client): Promise<{ line: HealthLine; isStarted: boolean }> {
  const name = 'Migrations';
  const known = (await readdir(join(programRoot, 'migrations'))).filter((file) =>
    file.endsWith('.sql'),
  ).length;
  const there = await client.query<{ yes: boolean }>(
    `select to_regclass('public.migration') is not null as yes`,
  );
  const { rows } = there.rows[0]?.yes
    ? await client.query<{ newest: number | null }>('select max(number) as newest from migration')
    : { rows: [] };
  const newest = rows[0]?.newest ?? 0;
  const line =
    newest === 0
      ? warn(
          name,
          'The database is new.',
          'houselights start makes the tables; houselights restore brings a backup.',
        )
      : newest < known
        ? warn(
            name,
            `${known - newest} have not run yet.`,
            'Make a backup, then start the program: it runs them.',
          )
        : newest > known
          ? bad(name, 'The database was made by a newer program.', 'Start that one.')
          : good(name, `All ${known} have run.`);
  return { line, isStarted: newest === known };
}

/** Whether every film's rows are walled off from the others'. */
async function wallsLine(client: pg.Client): Promise<HealthLine> {
  const name = 'Walls between films';
  const { rows } = await client.query<{ relname: string }>(`
    select relname from pg_class join pg_attribute on attrelid = pg_class.oid
     where relkind = 'r' and attname = 'film_id' and relnamespace = 'public'::regnamespace
       and relname <> 'film_host' and not (relrowsecurity and relforcerowsecurity)`);
  if (rows.length === 0) return good(name, 'Row-level security holds every table to its film.');
  const open = rows.map(({ relname }) => relname).join(', ');
  return bad(
    name,
    `Row-level security is off for ${open}.`,
    'alter table … force row level security; find out who did it.',
  );
}

const skewSecondsMax = 5;

function clockLine(skewMs: number): HealthLine {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (seconds <= skewSecondsMax) return good('Clock', 'This machine and the database agree on the time.');
  const todo =
    'Let both keep time by NTP (timedatectl set-ntp true): sales, links and screenings end by the clock.';
  return bad('Clock', `This machine and the database are ${seconds} seconds apart.`, todo);
}

const bytesWanted = 2_000_000_000;
const bytesNeeded = 300_000_000;

/** Whether the data folder can be written, and how much room is left on its disk. */
export async function lookAtDisk({ dataDir }: Pick<Config, 'dataDir'>): Promise<HealthLine[]> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const said = `${(free / 1e9).toFixed(1)} GB are free for the data folder.`;
    const todo = 'Make room: a full disk stops uploads, backups and the database.';
    if (free < bytesNeeded) return [bad('Disk', said, todo)];
    return [free < bytesWanted ? warn('Disk', said, todo) : good('Disk', said)];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return [bad('Disk', `The data folder cannot be written (${code}).`, 'Look at DATA_DIR and its owner.')];
  }
}
