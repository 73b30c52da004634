import { sql } from 'kysely';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inInstallation } from '../database/database.ts';
import { addJob } from '../jobs/queue.ts';
import { newId } from '../secrets.ts';
import type { Storage } from '../storage/index.ts';
import { health } from './index.ts';

const database = await testDatabase();
const db = database.kysely;
const now = Temporal.Now.instant();

/** A store of which only the probe is asked. */
const store = (problem: string | null) => ({ kind: 'disk', whyNotWritable: async () => problem }) as Storage;
const lineOf = async (
  name: string,
  { at = now, storage = store(null), smtpUrl = null as string | null } = {},
) =>
  (await health({ config: { smtpUrl, role: 'all' }, database, storage }, at)).find(
    (line) => line.name === name,
  );
const pulse = (role: string, secondsAgo: number) =>
  sql`insert into process_pulse values (${newId()}, ${role}, now(), ${now.subtract({ seconds: secondsAgo })}::timestamptz)`.execute(
    db,
  );

/** What only the owner of the queue may do. */
async function asOwner(statements: string): Promise<void> {
  const client = new pg.Client(database.connection);
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

beforeEach(async () => {
  await sql`delete from process_pulse`.execute(db);
});

describe('the health of an installation', () => {
  it('E7 says that no worker runs, though web processes do and a worker did a minute ago', async () => {
    expect(await lineOf('Workers')).toMatchObject({ state: 'bad' });
    await pulse('web', 1);
    await pulse('worker', 61);
    expect(await lineOf('Workers')).toMatchObject({
      state: 'bad',
      words: expect.stringContaining('No worker runs'),
    });
    await pulse('worker', 10);
    expect(await lineOf('Workers')).toMatchObject({
      state: 'good',
      words: '1 worker and 1 web process run.',
    });
  });

  it('E7 raises the alarm when a due job waits for more than five minutes', async () => {
    await inInstallation(db, (tx) => addJob(tx, 'send-mail', { filmId: newId(), mailId: newId() }));
    expect(await lineOf('Queue')).toMatchObject({ state: 'good' });
    expect(await lineOf('Queue', { at: now.add({ minutes: 4 }) })).toMatchObject({ state: 'good' });
    expect(await lineOf('Queue', { at: now.add({ minutes: 6 }) })).toMatchObject({
      state: 'bad',
      words: expect.stringMatching(/oldest for [56] minutes/),
    });
  });

  it('does not mind a job that is meant for later', async () => {
    await inInstallation(db, (tx) => addJob(tx, 'later', {}, { runAt: now.add({ hours: 3 }) }));
    const line = await lineOf('Queue', { at: now.add({ minutes: 1 }) });
    expect(line).toMatchObject({ state: 'good' });
  });

  it('tells jobs that will be tried again from those that were given up, and forgets these after a week', async () => {
    await asOwner('delete from graphile_worker._private_jobs');
    await inInstallation(db, (tx) => addJob(tx, 'render-hero', { filmId: newId() }));
    await asOwner("update graphile_worker._private_jobs set attempts = 1, last_error = 'no'");
    expect(await lineOf('Queue')).toMatchObject({
      state: 'warn',
      words: '1 of 1 waiting jobs failed at least once and will be tried again.',
    });
    await asOwner('update graphile_worker._private_jobs set attempts = max_attempts');
    expect(await lineOf('Queue')).toMatchObject({
      state: 'warn',
      words: '1 job was given up within the week, after many tries.',
    });
    await asOwner(`
      alter table graphile_worker._private_jobs disable trigger user;
      update graphile_worker._private_jobs set updated_at = now() - interval '8 days'`);
    expect(await lineOf('Queue')).toMatchObject({ state: 'good', words: 'Nothing waits.' });
  });

  it('says which database it is, that a backup is missing, and when the last one was', async () => {
    expect(await lineOf('Database')).toMatchObject({
      state: 'good',
      words: expect.stringMatching(/PostgreSQL \d+.*embedded/),
    });
    expect(await lineOf('Backup')).toMatchObject({ state: 'warn', words: 'There is no backup yet.' });
    await sql`insert into installation_fact values ('last_backup', '{}', ${now.subtract({ hours: 30 })}::timestamptz)`.execute(
      db,
    );
    expect(await lineOf('Backup')).toMatchObject({
      state: 'good',
      words: 'The last backup was 30 hours ago.',
    });
    expect(await lineOf('Backup', { at: now.add({ hours: 24 * 8 }) })).toMatchObject({ state: 'warn' });
  });

  it('says why files cannot be written, and stands when a probe breaks', async () => {
    expect(await lineOf('Storage', { storage: store('the disk is full') })).toMatchObject({
      state: 'bad',
      words: expect.stringContaining('the disk is full'),
    });
    const broken = {
      kind: 'disk',
      whyNotWritable: () => Promise.reject(new Error('boom')),
    } as unknown as Storage;
    expect(await lineOf('Storage', { storage: broken })).toMatchObject({ state: 'bad' });
  });

  it('says whether a mail server is set, and whether it answers', async () => {
    expect(await lineOf('Mail')).toMatchObject({ state: 'warn' });
    const down = await lineOf('Mail', { smtpUrl: 'smtp://user:secret-canary@127.0.0.1:1' });
    expect(down).toMatchObject({ state: 'bad', words: '127.0.0.1:1 cannot be reached.' });
    expect(JSON.stringify(down)).not.toContain('secret-canary');
  });
});
