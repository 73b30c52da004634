import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { programRoot } from '../../src/platform/root.ts';
import { good, plainJpeg, screening } from '../ground/film-folders.ts';
import { type Program, startProgram } from '../ground/program.ts';
import { openedForm, sendForm } from '../ground/send-form.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'houselights-kill-'));
// PostgreSQL's own user must reach it.
chmodSync(dataDir, 0o755);
// Each form comes from an address of its own, as a proxy would say.
const settings = { DATA_DIR: dataDir, PROXIES: '1' };
const clusterPid = () =>
  Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);

afterAll(async () => {
  if (existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))) {
    process.kill(clusterPid(), 'SIGQUIT');
    await vi.waitFor(
      () => expect(existsSync(join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false),
      20_000,
    );
  }
  rmSync(dataDir, { recursive: true, force: true });
});

/** Reads past row-level security, as the embedded server's superuser. */
async function ask<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
  const password = readFileSync(join(dataDir, 'postgres/cluster/houselights-password'), 'utf8').trim();
  const client = new pg.Client({
    host: join(dataDir, 'postgres/sockets'),
    user: 'postgres',
    password,
    database: 'houselights',
  });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Posts inquiries from four people at once until nobody answers; returns those that were acknowledged. */
async function sendUntilKilled(url: string, stamp: Record<string, string>, round: number): Promise<string[]> {
  const acknowledged: string[] = [];
  const person = async (who: number) => {
    for (let at = 0; ; at += 1) {
      const message = `kept-${round}-${who}-${at}-end`;
      const status = await sendForm(url, '/contact/general', { ...stamp, message });
      if (status === 0) return;
      if (status === 303) acknowledged.push(message);
    }
  };
  await Promise.all([0, 1, 2, 3].map(person));
  return acknowledged;
}

describe('after a kill at any moment', () => {
  it('the next start works, and every inquiry that was acknowledged is there, once', async () => {
    const acknowledged: string[] = [];
    let stamp: Record<string, string> | null = null;
    for (let round = 0; round < 15; round += 1) {
      const program: Program = await startProgram(settings);
      stamp ??= await openedForm(program.url, '/contact/general');
      const sending = sendUntilKilled(program.url, stamp, round);
      const moment = new Promise((done) => setTimeout(done, 30 + Math.random() * 400));
      await moment;
      // Every third time the database is killed first, and the program meets that too.
      if (round % 3 === 2) process.kill(clusterPid(), 'SIGKILL');
      await program.kill();
      acknowledged.push(...(await sending));
    }
    const last = await startProgram(settings);
    const rows = await ask<{ said: string }>(
      `select substring(answers::text from 'kept-[0-9-]+end') as said from inquiry`,
    );
    const kept = rows.map(({ said }) => said).filter((said) => said !== null);
    // How many get through before each kill is the machine's speed; none at all would prove nothing.
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((message) => !kept.includes(message))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
    expect(await last.stop()).toBe(0);
  }, 300_000);
});

describe('an import that is killed at any moment', () => {
  const folder = join(dataDir, 'folder');

  async function write(version: number): Promise<void> {
    mkdirSync(join(folder, 'media'), { recursive: true });
    writeFileSync(join(folder, 'media/hero.jpg'), await plainJpeg());
    const film = good();
    Object.assign(film.film, { slug: 'killed', title: `Version ${version}` });
    film.screenings = Array.from({ length: 150 }, (_, at) => ({
      ...screening(at),
      prices: `Version ${version}`,
    }));
    writeFileSync(join(folder, 'film.yaml'), JSON.stringify(film));
  }

  const importFor = (ms: number | null) =>
    new Promise<number | null>((done) => {
      const args = [join(programRoot, 'dist/server/main.js'), 'import', folder, '--publish'];
      const child = spawn(process.execPath, args, {
        env: { PATH: process.env.PATH, ...settings },
        stdio: 'ignore',
      });
      if (ms !== null) setTimeout(() => child.kill('SIGKILL'), ms);
      child.on('close', done);
    });

  it('leaves the film as it was or as it should be, never half of it', async () => {
    const keeper = await startProgram(settings, ['--no-example']);
    await write(0);
    const began = performance.now();
    expect(await importFor(null)).toBe(0);
    const wholeMs = performance.now() - began;
    const seen = new Set<string>();
    for (let version = 1; version <= 12; version += 1) {
      await write(version);
      const code = await importFor(wholeMs * (0.3 + Math.random() * 0.8));
      const [state] = await ask<{ title: string; prices: string[]; screenings: number }>(
        `select (select r.document->'film'->>'title' from film_publication p join film_revision r on r.film_id = p.film_id and r.id = p.revision_id
                  where p.film_id = f.id order by p.number desc limit 1) as title,
                (select array_agg(distinct (s.doc->'prices')::text) from screening s where s.film_id = f.id) as prices,
                (select count(*)::int from screening s where s.film_id = f.id) as screenings
           from film f where slug = 'killed'`,
      );
      expect(state?.screenings).toBe(150);
      expect(state?.prices.map((words) => words.replaceAll('"', ''))).toEqual([state?.title]);
      if (code === 0) expect(state?.title).toBe(`Version ${version}`);
      seen.add(state?.title ?? '');
    }
    await write(13);
    expect(await importFor(null)).toBe(0);
    await keeper.stop();
  }, 300_000);
});
