import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, inFilm, openDatabase } from '../../../platform/database/database.ts';
import { migrate } from '../../../platform/database/migrate.ts';
import { startEmbeddedPostgres } from '../../../platform/embedded-postgres/index.ts';
import { choosePlace } from '../../../platform/embedded-postgres/place.ts';
import { makeLog } from '../../../platform/log.ts';
import { openPageCache } from '../../../platform/page-cache/index.ts';
import { openFilmDirectory } from '../../edge/film-directory.ts';
import { filmSite } from '../index.tsx';
import { type FormSite, formSite, publishFilm } from './test-ground.ts';

let folder = '';
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let database: Database;
let site: FormSite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'houselights-outage-'));
  server = await startEmbeddedPostgres(folder);
  await migrate(server.connection);
  database = await openDatabase(server.connection, { embedded: true });
  site = await formSite(database, { filmId: await publishFilm(database), patienceMs: 500 });
});
afterAll(async () => {
  await site.close();
  await database.close();
  const { cluster } = await choosePlace(folder);
  await rm(dirname(cluster), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

/** Ends the server at once, whoever is connected, and comes back when it answers nobody. */
async function kill(): Promise<void> {
  const { cluster } = await choosePlace(folder);
  const pid = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGQUIT');
  for (;;) {
    const client = new pg.Client(server.connection);
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
    } catch {
      return;
    }
  }
}

/** Stops the server and whoever serves in it where they stand: connections hold, and nothing answers. */
async function freeze(): Promise<() => void> {
  const { rows } = await database.pool.query<{ pid: number }>('select pid from pg_stat_activity');
  const pids = rows.map(({ pid }) => pid);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

describe('with the database silent', () => {
  it('nobody waits for ever: the film’s words, all that was typed, and sent again it is one inquiry', async () => {
    const stamp = await site.open('/contact/general');
    const typed = { name: 'Grace', email: 'grace@example.org', message: 'Into the silence' };
    const thaw = await freeze();
    try {
      const answer = await site.post('/contact/general', { ...typed, ...stamp });
      expect(answer.status).toBe(503);
      expect(answer.html).toContain('The mail room is shut.');
      expect(answer.html).toContain('Into the silence</textarea>');
      expect(answer.html).toContain(stamp['form-stamp']);
    } finally {
      thaw();
    }
    expect((await site.post('/contact/general', { ...typed, ...stamp })).status).toBe(303);
    const { rows } = await inFilm(database.kysely, site.filmId, (tx) =>
      sql`select 1 from inquiry`.execute(tx),
    );
    expect(rows).toHaveLength(1);
  });

  it('a page that nobody kept says within ten seconds that it cannot be shown, and one that is kept is shown', async () => {
    const whole = filmSite(site.house);
    const ask = async (path: string) =>
      (await whole.fetch(new Request(`https://film.example${path}`), { visit: site.visit(path) })).status;
    expect(await ask('/press')).toBe(200);
    const thaw = await freeze();
    try {
      expect(await ask('/press')).toBe(200);
      expect(await ask('/')).toBe(500);
    } finally {
      thaw();
    }
    expect(await ask('/')).toBe(200);
  });

  it('the way to a film is still known', async () => {
    const pages = await openPageCache(server.connection, makeLog('silent'));
    const directory = openFilmDirectory(database.kysely, pages);
    const known = await directory.all();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    const thaw = await freeze();
    try {
      expect(known.length).toBeGreaterThan(0);
      expect(await directory.all()).toEqual(known);
    } finally {
      thaw();
      vi.useRealTimers();
      await pages.close();
    }
  });
});

describe('with the database stopped', () => {
  it('a form still opens, and what is sent is lost to nobody: the film’s words, all that was typed, a mail', async () => {
    const stamp = await site.open('/contact/general');
    const typed = { name: 'Grace & Co', email: 'grace@example.org', message: 'We have\n80 "chairs".' };
    await kill();
    const answer = await site.post('/contact/general', { ...typed, ...stamp });
    expect(answer.status).toBe(503);
    expect(answer.html).toContain('The mail room is shut.');
    expect(answer.html).toContain('value="Grace &amp; Co"');
    expect(answer.html).toContain('We have\n80 &quot;chairs&quot;.</textarea>');
    const mail = /href="(mailto:[^"]+)"/.exec(answer.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(mail).toMatch(/^mailto:film@example\.org\?/);
    expect(new URL(mail).searchParams.get('body')).toContain('We have\n80 "chairs".');
    const opened = await site.get('/contact/general');
    expect(opened.status).toBe(200);
    const invalid = await site.post('/contact/general', { ...typed, email: 'x', ...stamp });
    expect(invalid.status).toBe(422);
    expect((await site.get('/contact/nothing')).status).toBe(404);
    expect(site.failures).toEqual([]);
  });
});
