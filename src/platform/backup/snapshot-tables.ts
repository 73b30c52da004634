import type pg from 'pg';

/**
 * What a backup leaves out: which migrations ran (the restoring program runs them itself), who is alive now,
 * and what only lasts minutes or signs somebody in. After a restore everybody signs in again.
 */
const leftOut = new Set(['migration', 'process_pulse', 'session', 'verification', 'attempt', 'form_limit']);

/** What an installation holds before anybody has used it; a restore replaces it. */
export const madeByStart: ReadonlySet<string> = new Set([
  'installation_fact',
  'installation_secret',
  'setup_link',
]);

export type SnapshotTable = {
  readonly name: string;
  /** Stored columns in their order; generated ones make themselves again. */
  readonly columns: readonly string[];
  readonly isHeldToFilm: boolean;
};

/** The tables whose rows a backup carries, as this session sees them. */
export async function snapshotTables(client: pg.ClientBase): Promise<SnapshotTable[]> {
  const { rows } = await client.query<SnapshotTable>(`
    select relname as name, relforcerowsecurity as "isHeldToFilm",
           (select array_agg(attname::text order by attnum) from pg_attribute
             where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
      from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace
     order by relname`);
  return rows.filter((table) => !leftOut.has(table.name));
}

/** The number of the newest migration that ran; 0 in a database that has never been started. */
export async function migrationNumber(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ exists: boolean }>(
    `select to_regclass('public.migration') is not null as exists`,
  );
  if (!rows[0]?.exists) return 0;
  const newest = await client.query<{ number: number | null }>('select max(number) as number from migration');
  return newest.rows[0]?.number ?? 0;
}

/** A name for SQL. Ours are plain, and what comes from an archive has been checked to be. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

// Every setting that changes how a value is written as text; the same on both sides.
export const plainText = `set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set timezone = 'UTC';
  set bytea_output = 'hex'; set extra_float_digits = 1; set client_encoding = 'UTF8'`;

/** Jobs that still wait, as the queue would have to be told of them again. */
export const waitingJobs = `
  select tasks.identifier, jobs.payload::text as payload, jobs.run_at, jobs.max_attempts, jobs.key
    from graphile_worker._private_jobs jobs
    join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
   where jobs.attempts < jobs.max_attempts
   order by jobs.id`;
