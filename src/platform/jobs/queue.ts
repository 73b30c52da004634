import { runMigrations } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../database/database.ts';
import { quietLogger } from './quiet-logger.ts';

/** What a job is told: ids only. It reads the rest when it runs, because by then things may have changed. */
export type JobPayload = { readonly [key: string]: string | number | null };

/**
 * Adds a job in the transaction of the fact that needs it: both happen or neither.
 * With a `key`, adding it again while it waits is the same job.
 */
export async function addJob(
  tx: Tx,
  name: string,
  payload: JobPayload,
  { key = null, runAt = null }: { key?: string | null; runAt?: Temporal.Instant | null } = {},
): Promise<void> {
  await sql`select add_job(${name}, ${JSON.stringify(payload)}::json, ${runAt}::timestamptz, ${key})`.execute(
    tx,
  );
}

/** The same for many at once, in one statement. */
export async function addJobs(
  tx: Tx,
  name: string,
  jobs: readonly { readonly payload: JobPayload; readonly key: string }[],
): Promise<void> {
  if (jobs.length === 0) return;
  await sql`select add_jobs(${name}, ${JSON.stringify(jobs)}::json)`.execute(tx);
}

/** Brings the queue's own tables to the version of the library. Connects as the owner. */
export async function migrateJobs(connection: pg.ClientConfig): Promise<void> {
  const pgPool = new pg.Pool({ ...connection, max: 1 });
  // The migration itself reports what breaks; an idle session's end is nobody's news.
  pgPool.on('error', () => {});
  pgPool.on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({ pgPool, preset: { worker: { logger: quietLogger } } });
  } finally {
    await pgPool.end();
  }
}
