import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { openTestHouse } from '../../../tests/ground/house.ts';
import { createFilm, publishRevision, saveRevision } from '../../domain/film/index.ts';
import { commandLine } from '../../platform/audit/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { buildKitAhead } from './build-ahead.ts';

const database = await testDatabase();
const { house, ask } = await openTestHouse(database);
const filmId = newId();
const now = Temporal.Instant.from('2026-11-03T12:00:00Z');
const film = {
  slug: 'union',
  title: 'UNION',
  site_languages: ['en'],
  timezone: 'America/New_York',
  currency: 'USD',
};

const publish = (number: number) =>
  inFilm(house.db, filmId, (tx) => publishRevision(tx, filmId, now, commandLine, number));

async function kits(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of house.storage.list(`${filmId}/renderings/press-kit-`)) keys.push(key);
  return keys;
}

async function jobsWaiting(): Promise<number> {
  const owner = await database.pool.connect();
  try {
    await owner.query('reset role');
    const { rows } = await owner.query(
      `select 1 from graphile_worker._private_jobs job join graphile_worker._private_tasks task
        on task.id = job.task_id where task.identifier = 'prepare-film'`,
    );
    return rows.length;
  } finally {
    owner.release(true);
  }
}

it('is made once after a publication, and the first who asks for it takes that one', async () => {
  await inFilm(house.db, filmId, async (tx) => {
    await createFilm(tx, filmId, now, { slug: 'union' });
    for (const title of ['UNION', 'UNION!']) {
      const document = { film: { ...film, title } };
      await saveRevision(tx, filmId, now, commandLine, { document, files: {}, parentId: null });
    }
  });
  await publish(1);
  await publish(2);
  expect(await jobsWaiting()).toBe(1);

  await expect(buildKitAhead(house, filmId, AbortSignal.abort())).rejects.toThrow('aborted');
  expect(await kits()).toEqual([]);

  await buildKitAhead(house, filmId);
  const made = await kits();
  expect(made).toHaveLength(1);
  const answer = await ask('/press/kit.zip', { method: 'HEAD' });
  expect(answer.status).toBe(200);
  expect(made[0]).toContain(answer.headers.get('etag')?.replaceAll('"', ''));
  expect(await kits()).toEqual(made);
});

it('is not made of a film that is not out, nor of one that is gone', async () => {
  await buildKitAhead(house, newId());
  const draft = newId();
  await inFilm(house.db, draft, (tx) => createFilm(tx, draft, now, { slug: 'draft' }));
  await buildKitAhead(house, draft);
  expect(await kits()).toHaveLength(1);
});
