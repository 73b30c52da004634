import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Db } from '../database/database.ts';
import type { HealthLine } from './index.ts';

type Line = Omit<HealthLine, 'name'>;

/** Which PostgreSQL holds everything, and where it comes from. */
export async function databaseLine({ kysely, embedded }: Database): Promise<Line> {
  const { rows } = await sql<{ version: string; bytes: number }>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`.execute(
    kysely,
  );
  const [version = 'unknown'] = rows[0]?.version.split(' ') ?? [];
  const megabytes = Math.max(1, Math.round((rows[0]?.bytes ?? 0) / 1_000_000));
  const where = embedded ? 'embedded, in the data folder' : 'of its own, at DATABASE_URL';
  return { state: 'good', words: `PostgreSQL ${version}, ${where}; ${megabytes} MB.`, todo: null };
}

/** After this many days without a backup, losing the disk loses too much. */
const backupDaysMax = 7;

/** When everything was last written into a backup. */
export async function backupLine(db: Db, now: Temporal.Instant): Promise<Line> {
  const { rows } = await sql<{ at: Temporal.Instant }>`
    select at from installation_fact where name = 'last_backup'`.execute(db);
  const todo = 'Run “houselights backup”, best every night, and keep the file on another machine.';
  const at = rows[0]?.at;
  if (at === undefined) return { state: 'warn', words: 'There is no backup yet.', todo };
  const hours = Math.floor(now.since(at).total('hours'));
  const ago = hours < 48 ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`;
  if (hours > backupDaysMax * 24) return { state: 'warn', words: `The last backup was ${ago}.`, todo };
  return {
    state: 'good',
    words: hours === 0 ? 'The last backup was within the hour.' : `The last backup was ${ago}.`,
    todo: null,
  };
}
