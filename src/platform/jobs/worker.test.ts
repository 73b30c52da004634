import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { crowd } from '../crowd.ts';
import { inInstallation } from '../database/database.ts';
import { makeLog } from '../log.ts';
import { newId } from '../secrets.ts';
import { addJob } from './queue.ts';
import { startWorker, type Worker } from './worker.ts';

const database = await testDatabase();
const working: Worker[] = [];
// As long as nothing is heard of a crowd when it is over.
const crowdIsOverMs = 400;
afterEach(async () => {
  for (const worker of working.splice(0)) await worker.stop();
});

/** A worker that does one kind of job, and which it was told of first. */
async function workerFor(name: string) {
  let told = (_id: unknown) => {};
  const first = new Promise<unknown>((done) => {
    told = done;
  });
  const handlers = { [name]: async ({ id = null }: { readonly id?: unknown }) => told(id) };
  working.push(await startWorker(database.connection, { handlers, recurring: [], log: makeLog('silent') }));
  return { told: first };
}

async function asOwner(statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

/** A job that a worker had in hand when its process was killed. */
async function jobOfTheDead(name: string): Promise<string> {
  const id = newId();
  await inInstallation(database.kysely, (tx) => addJob(tx, name, { id }));
  await asOwner(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead' where payload->>'id' = $1`,
    [id],
  );
  return id;
}

describe('a worker', () => {
  it('does what another had in hand when it was killed', async () => {
    const id = await jobOfTheDead('ring');
    expect(await (await workerFor('ring')).told).toBe(id);
  });

  it('leaves alone what another that lives may have in hand', async () => {
    await workerFor('something-else');
    const id = await jobOfTheDead('knock');
    await workerFor('knock');
    const rows = await asOwner(
      `select locked_by from graphile_worker._private_jobs where payload->>'id' = $1`,
      [id],
    );
    expect(rows).toEqual([{ locked_by: 'dead' }]);
  });

  it('waits with its jobs while a crowd is answered', async () => {
    const { told } = await workerFor('write');
    crowd.note();
    const notedAt = performance.now();
    await inInstallation(database.kysely, (tx) => addJob(tx, 'write', { id: newId() }));
    await told;
    expect(performance.now() - notedAt).toBeGreaterThanOrEqual(crowdIsOverMs);
  });
});
