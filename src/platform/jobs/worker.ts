import { run } from 'graphile-worker';
import pg from 'pg';
import { crowd } from '../crowd.ts';
import type { Log } from '../log.ts';
import { patientPool } from './patient-pool.ts';
import type { JobPayload } from './queue.ts';
import { quietLogger } from './quiet-logger.ts';

/**
 * Does one job. Throws to be tried again later, with growing pauses, up to 20 times. `stopping` is aborted when
 * the process wants to end: long work then throws and is done again by the next one.
 */
export type JobHandler = (payload: JobPayload, stopping?: AbortSignal) => Promise<void>;
export type JobHandlers = { readonly [name: string]: JobHandler };

/** A job to add by the clock, as in crontab(5): `0 4 * * *`. */
export type Recurring = { readonly name: string; readonly when: string };

// A job that runs when the process is asked to stop may finish this long undisturbed.
const stopPatienceMs = 500;

// After a rush thousands of letters wait, and asking for the next one looks at all of them: so some are asked for at
// once. Those that nobody got to within ten seconds, because of something long before them, go to another process.
const inHand = { size: 24, ttl: 10_000 };

// By it a worker's sessions are known; they end with their process, however it ends.
const workerSession = 'houselights worker';

export type Worker = { stop(): Promise<void> };

/**
 * Starts taking jobs off the queue until stopped; a job that runs when it stops is finished first. Jobs that a killed
 * process had in hand are taken at once where no other worker lives.
 */
export async function startWorker(
  connection: pg.ClientConfig,
  { handlers, recurring, log }: { handlers: JobHandlers; recurring: readonly Recurring[]; log: Log },
): Promise<Worker> {
  await takeFromTheDead(connection);
  const pgPool = patientPool({ ...connection, max: 4, application_name: workerSession });
  const runner = await run({
    pgPool,
    concurrency: 3,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: stopPatienceMs,
    pollInterval: 2_000,
    crontab: recurring.map(({ name, when }) => `${when} ${name}`).join('\n'),
    taskList: Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
        name,
        async (payload: unknown, { abortSignal }: { abortSignal?: AbortSignal }) => {
          // Whoever buys at this moment waits at a screen; whoever bought waits for a letter.
          await crowd.over(abortSignal);
          await handler(asPayload(payload), abortSignal);
        },
      ]),
    ),
    preset: { worker: { logger: quietLogger, localQueue: inHand } },
  });
  runner.events.on('job:error', ({ job, error }) => {
    log.warn(
      { job: job.task_identifier, tries: job.attempts, error },
      'a job failed and will be tried again',
    );
  });
  runner.events.on('job:failed', ({ job, error }) => {
    log.error({ job: job.task_identifier, tries: job.attempts, error }, 'a job failed for good');
  });
  // Without a listener the queue's promise would end the process when the database goes away for a moment.
  runner.promise.catch((error: unknown) => log.error({ error }, 'the worker stopped'));
  return {
    async stop() {
      await runner.stop();
      await pgPool.end();
    },
  };
}

/**
 * Gives back what killed workers had in hand; the queue itself would wait four hours. Only where no worker lives,
 * because the queue does not know which of them holds what.
 */
async function takeFromTheDead(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, application_name: 'houselights worker start' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(
      `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
         from graphile_worker.jobs
        where locked_by is not null
          and not exists (select from pg_stat_activity
                           where application_name = $1 and datname = current_database())
       having count(*) > 0`,
      [workerSession],
    );
  } finally {
    await client.end();
  }
}

function asPayload(payload: unknown): JobPayload {
  return typeof payload === 'object' && payload !== null ? (payload as JobPayload) : {};
}
