import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { programRoot } from '../../src/platform/root.ts';
import { formOfPage } from '../film-desk/page-form.ts';
import { good, plainJpeg, screening } from '../ground/film-folders.ts';
import { firstOwner } from '../ground/first-owner.ts';
import { ownDatabase } from '../ground/own-database.ts';
import { type Program, startProgram } from '../ground/program.ts';
import { openedForm, sendForm } from '../ground/send-form.ts';

const { settings, dataDir, ask, serverPid } = ownDatabase();
const rounds = 15;
/** A killed program writes nothing more; how far it came is a matter of milliseconds. */
const momentMsMax = 400;

/** What was acknowledged in one round, as it grows. */
type Acknowledged = { readonly messages: string[]; readonly done: Promise<void> };

/** Posts inquiries from four people at once until nobody answers. */
function sendUntilKilled(url: string, stamp: Record<string, string>, round: number): Acknowledged {
  const messages: string[] = [];
  const person = async (who: number) => {
    for (let at = 0; ; at += 1) {
      const message = `kept-${round}-${who}-${at}-end`;
      const status = await sendForm(url, '/contact/general', { ...stamp, message });
      if (status === 0) return;
      if (status === 303) messages.push(message);
    }
  };
  return { messages, done: Promise.all([0, 1, 2, 3].map(person)).then(() => {}) };
}

/** Saves the film's story again and again until nobody answers: one person, who opens the page before each. */
function saveUntilKilled(url: string, cookie: string, round: number): Acknowledged {
  const messages: string[] = [];
  const save = async (logline: string): Promise<number> => {
    const page = await fetch(`${url}/admin/films/union/film/story`, { headers: { cookie } });
    const { action, data } = formOfPage(await page.text(), /\/film\/story\?from=/);
    data.set('logline.en', logline);
    const headers = { cookie, origin: url };
    const sent = await fetch(url + action, { method: 'POST', redirect: 'manual', headers, body: data });
    await sent.arrayBuffer();
    return sent.status;
  };
  const person = async () => {
    for (let at = 0; ; at += 1) {
      const logline = `saved-${round}-${at}-end`;
      const status = await save(logline).catch(() => 0);
      if (status === 0) return;
      if (status === 303) messages.push(logline);
    }
  };
  return { messages, done: person() };
}

/**
 * Kills the program, every third time the database under it first, at a moment that the acknowledgements decide,
 * not the machine's speed: after none, one, … of them, in the midst of what comes next.
 */
async function killAfter({ messages, done }: Acknowledged, program: Program, round: number): Promise<void> {
  await vi.waitFor(() => expect(messages.length).toBeGreaterThanOrEqual(round % 5), {
    timeout: 30_000,
    interval: 5,
  });
  await new Promise((soon) => setTimeout(soon, Math.random() * momentMsMax));
  if (round % 3 === 2) process.kill(serverPid(), 'SIGKILL');
  await program.kill();
  await done;
}

describe('after a kill at any moment', () => {
  it('the next start works, and every inquiry that was acknowledged is there, once', async () => {
    const acknowledged: string[] = [];
    let stamp: Record<string, string> | null = null;
    for (let round = 0; round < rounds; round += 1) {
      const program = await startProgram(settings);
      stamp ??= await openedForm(program.url, '/contact/general');
      const sending = sendUntilKilled(program.url, stamp, round);
      await killAfter(sending, program, round);
      acknowledged.push(...sending.messages);
    }
    const last = await startProgram(settings);
    const rows = await ask<{ said: string }>(
      `select substring(answers::text from 'kept-[0-9-]+end') as said from inquiry`,
    );
    const kept = rows.map(({ said }) => said).filter((said) => said !== null);
    expect(acknowledged.length).toBeGreaterThan(15);
    expect(acknowledged.filter((message) => !kept.includes(message))).toEqual([]);
    expect(new Set(kept).size).toBe(kept.length);
    expect(await last.stop()).toBe(0);
  }, 300_000);

  it('every save of the desk that was acknowledged is a revision, in its order, and the session lives on', async () => {
    const acknowledged: string[] = [];
    let cookie: string | null = null;
    for (let round = 0; round < rounds; round += 1) {
      const program = await startProgram(settings);
      cookie ??= await firstOwner(program);
      const saving = saveUntilKilled(program.url, cookie, round);
      await killAfter(saving, program, round);
      acknowledged.push(...saving.messages);
    }
    const last = await startProgram(settings);
    const rows = await ask<{ number: number; said: string }>(
      `select number, document->'film'->'logline'->>'en' as said from film_revision order by number`,
    );
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, at) => at + 1));
    const kept = rows.map(({ said }) => said);
    expect(acknowledged.length).toBeGreaterThan(15);
    expect(kept.filter((logline) => acknowledged.includes(logline))).toEqual(acknowledged);
    const page = await fetch(`${last.url}/admin/films/union/film/story`, {
      headers: { cookie: cookie ?? '' },
    });
    expect(await page.text()).toContain(kept.at(-1));
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
      const child: ChildProcess = spawn(process.execPath, args, {
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
    }
    await write(13);
    expect(await importFor(null)).toBe(0);
    await keeper.stop();
  }, 300_000);
});
