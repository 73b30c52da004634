import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { request } from 'node:http';
import { Temporal } from 'temporal-polyfill';
import { afterAll, expect, it, vi } from 'vitest';
import { castFilm, strangersFilm } from '../../tests/cast.ts';
import { testDatabase } from '../../tests/ground/database.ts';
import { openTestHouse } from '../../tests/ground/house.ts';
import { rememberFile } from '../domain/film/index.ts';
import { inFilm } from '../platform/database/database.ts';
import { fileKey } from '../platform/storage/index.ts';
import { startServer } from './server.ts';

const database = await testDatabase();
const film = await castFilm(database);
await strangersFilm(database);
const { house } = await openTestHouse(database, { settings: { PROXIES: '1' } });
const server = await startServer(house, 0);
afterAll(() => server.close());

/** What a proxy of ours passes on: the status and title of the page at a path of a claimed host. */
const ask = (path: string, host: string): Promise<string> =>
  new Promise((done, failed) => {
    request({ port: server.port, path, headers: { 'x-forwarded-host': host } }, async (answer) => {
      let text = '';
      for await (const piece of answer) text += piece;
      done(`${answer.statusCode} ${/<title>([^<]*)/.exec(text)?.[1]}`);
    })
      .once('error', failed)
      .end();
  });

it('answers at another film’s address with no page of the front film, whatever host somebody claimed before', async () => {
  expect(await ask('/screenings', 'films.example')).toMatch('200 Screenings · UNION');
  // Written one after the other, this host and path are the other film's address.
  expect(await ask('/screenings', 'films.example/films/elsewhere')).toMatch('UNION');
  expect(await ask('/films/elsewhere/screenings', 'films.example')).not.toMatch('UNION');
});

it('keeps nothing for who names no host: a malformed one is refused before and after others came', async () => {
  const malformed = () =>
    new Promise<number | undefined>((done, failed) => {
      request({ port: server.port, path: '/press', headers: { host: 'x y' } }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      })
        .once('error', failed)
        .end();
    });
  expect(await malformed()).toBe(400);
  await ask('/press', 'a/b');
  expect(await malformed()).toBe(400);
});

const fileBytes = 4_000_000;

/** A file of the film's, and where it answers. */
async function aFile(): Promise<string> {
  const bytes = randomBytes(fileBytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = {
    sha256,
    mime: 'application/pdf',
    sizeBytes: fileBytes,
    width: null,
    height: null,
    colour: null,
  };
  await house.storage.put(fileKey(film.id, sha256), bytes);
  await inFilm(house.db, film.id, (tx) => rememberFile(tx, film.id, Temporal.Now.instant(), file));
  return `/media/${sha256}.pdf`;
}

const seesOwnFiles = existsSync('/proc/self/fd');

it.skipIf(!seesOwnFiles)(
  'leaves no file open for who asks for the headers alone, or goes away midway',
  async () => {
    const path = await aFile();
    const openFiles = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).includes(film.id);
        } catch {
          return false;
        }
      }).length;
    const base = `http://127.0.0.1:${server.port}`;
    for (let at = 0; at < 20; at += 1) {
      const head = await fetch(base + path, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(fileBytes)]);
      const leaving = new AbortController();
      const begun = await fetch(base + path, { signal: leaving.signal });
      await begun.body?.getReader().read();
      leaving.abort();
    }
    await vi.waitFor(() => expect(openFiles()).toBe(0), 15_000);
  },
);
