import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inInstallation } from '../database/database.ts';
import { makeLog } from '../log.ts';
import { newId } from '../secrets.ts';
import { dropPages } from './drop-pages.ts';
import {
  type CachedPage,
  type FreshPage,
  openPageCache,
  type PageCache,
  type PageTag,
  representationFor,
} from './index.ts';
import type { PageCacheLimits } from './open-page-cache.ts';

const database = await testDatabase();
const opened: PageCache[] = [];

async function open(limits?: PageCacheLimits, connection = database.connection): Promise<PageCache> {
  const cache = await openPageCache(connection, makeLog('silent'), limits);
  opened.push(cache);
  return cache;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((cache) => cache.close()));
});

const html = (body: string): FreshPage => ({ contentType: 'text/html; charset=utf-8', body });
const textOf = ({ identity }: CachedPage) => identity.bytes.toString();

/** Something to hold a building page with, and to let it go. */
function gate(): { open(): void; readonly passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((done) => {
    open = done;
  });
  return { open, passed };
}

/** Changes a film's facts as a command of another process does, and waits until this cache has heard. */
async function change(cache: PageCache, filmId: string, tag: PageTag = 'film'): Promise<void> {
  const heard = new Promise<void>((done) => cache.onDrop((film) => film === filmId && done()));
  await inInstallation(database.kysely, (tx) => dropPages(tx, filmId, tag));
  await heard;
}

/** How often a page was made, by a builder that says what the facts are when it begins. */
function facts(value = 'yesterday') {
  const state = { value, built: 0 };
  const build = async () => {
    state.built += 1;
    return html(state.value);
  };
  return { state, build };
}

describe('the page cache', () => {
  it('builds a page once for fifty who ask at the same time', async () => {
    const cache = await open();
    const { state } = facts();
    const held = gate();
    const build = async () => {
      state.built += 1;
      await held.passed;
      return html('once');
    };
    const asks = Array.from({ length: 50 }, () => cache.page('film', '/', ['film'], build));
    held.open();
    const pages = await Promise.all(asks);
    expect(state.built).toBe(1);
    expect(new Set(pages).size).toBe(1);
    expect(await cache.page('film', '/', ['film'], build)).toBe(pages[0]);
  });

  it('does not remember a failure: who asks next has the page built anew', async () => {
    const cache = await open();
    const fails = () => Promise.reject(new Error('the database is away'));
    await expect(cache.page('film', '/', ['film'], fails)).rejects.toThrow('away');
    expect(textOf(await cache.page('film', '/', ['film'], async () => html('back')))).toBe('back');
  });

  it('drops the pages that were made from what changed, and no others', async () => {
    const cache = await open();
    const [ours, theirs] = [newId(), newId()];
    const front = await cache.page(ours, '/', ['film', 'screenings'], async () => html('front'));
    const press = await cache.page(ours, '/press', ['film'], async () => html('press'));
    const other = await cache.page(theirs, '/', ['film', 'screenings'], async () => html('other'));
    await change(cache, ours, 'screenings');
    const again = (film: string, key: string) => cache.page(film, key, ['film'], async () => html('new'));
    expect(await again(ours, '/')).not.toBe(front);
    expect(await again(ours, '/press')).toBe(press);
    expect(await again(theirs, '/')).toBe(other);
    await change(cache, ours, 'film');
    expect(await again(ours, '/press')).not.toBe(press);
    expect(await again(theirs, '/')).toBe(other);
  });

  it('hears of a change only when it is committed', async () => {
    const cache = await open();
    const film = newId();
    const page = await cache.page(film, '/', ['film'], async () => html('kept'));
    const refused = inInstallation(database.kysely, async (tx) => {
      await dropPages(tx, film, 'film');
      throw new Error('rolled back');
    });
    await expect(refused).rejects.toThrow('rolled back');
    await change(cache, newId());
    expect(await cache.page(film, '/', ['film'], async () => html('new'))).toBe(page);
  });

  it('lets a page go when the clock makes it untrue', async () => {
    const cache = await open();
    const soon = Temporal.Now.instant().add({ milliseconds: 40 });
    const build = async () => ({ ...html('until then'), trueUntil: soon });
    const page = await cache.page('film', '/', ['film'], build);
    cache.rememberAddress('host/', 'film', '/', page);
    await vi.waitFor(() => expect(cache.atAddress('host/')).toBeUndefined());
    expect(await cache.page('film', '/', ['film'], async () => html('after'))).not.toBe(page);
  });
});

/**
 * A page is begun from yesterday's facts, they change, and only then is it done.
 * @returns what somebody is told who asks afterwards
 */
async function slowBuildDuringChange(cache: PageCache): Promise<string> {
  const film = newId();
  const { state, build } = facts('yesterday');
  const held = gate();
  const slow = cache.page(film, '/', ['film'], async () => {
    const page = await build();
    await held.passed;
    return page;
  });
  state.value = 'today';
  await change(cache, film);
  held.open();
  expect(textOf(await slow)).toBe('yesterday');
  return textOf(await cache.page(film, '/', ['film'], build));
}

describe('a page whose building began before a change', () => {
  it('is never kept', async () => {
    expect(await slowBuildDuringChange(await open())).toBe('today');
  });

  it('would be kept by a cache that only empties itself (negative control)', async () => {
    const heard = await open();
    const kept = new Map<string, CachedPage>();
    const forgetful: PageCache = {
      ...heard,
      async page(film, key, tags, build) {
        const found = kept.get(film + key);
        if (found) return found;
        const page = await heard.page(film, key, tags, build);
        kept.set(film + key, page);
        return page;
      },
    };
    forgetful.onDrop(() => kept.clear());
    expect(await slowBuildDuringChange(forgetful)).toBe('yesterday');
  });

  it('is not given to those who ask after the change', async () => {
    const cache = await open();
    const film = newId();
    const held = gate();
    const slow = cache.page(film, '/', ['film'], async () => {
      await held.passed;
      return html('yesterday');
    });
    await change(cache, film);
    const asked = cache.page(film, '/', ['film'], async () => html('today'));
    expect(textOf(await asked)).toBe('today');
    held.open();
    expect(textOf(await slow)).toBe('yesterday');
    expect(textOf(await cache.page(film, '/', ['film'], async () => html('tomorrow')))).toBe('today');
  });

  it('cannot come back by its address', async () => {
    const cache = await open();
    const film = newId();
    const page = await cache.page(film, '/', ['film'], async () => html('yesterday'));
    cache.rememberAddress('film.example/', film, '/', page);
    expect(cache.atAddress('film.example/')).toBe(page);
    await change(cache, film);
    expect(cache.atAddress('film.example/')).toBeUndefined();
    cache.rememberAddress('film.example/', film, '/', page);
    expect(cache.atAddress('film.example/')).toBeUndefined();
    await cache.page(film, '/', ['film'], async () => html('today'));
    cache.rememberAddress('film.example/', film, '/', page);
    expect(cache.atAddress('film.example/')).toBeUndefined();
  });
});

/** Cuts the line on which the cache listens, as a restart of the database does. */
async function cutLines(): Promise<number> {
  const client = new pg.Client(database.connection);
  await client.connect();
  const { rowCount } = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'houselights pages' and datname = current_database()`,
  );
  await client.end();
  return rowCount ?? 0;
}

describe('while the cache cannot hear the database', () => {
  it('keeps nothing, and drops everything once it hears again', async () => {
    const door = await doorTo(database.connection.host ?? '');
    const cache = await open({}, { ...database.connection, host: door.folder });
    const film = newId();
    const { state, build } = facts();
    await cache.page(film, '/', ['film'], build);
    let drops = 0;
    const reconnected = new Promise<void>((done) =>
      cache.onDrop((dropped) => {
        if (dropped !== null) return;
        drops += 1;
        done();
      }),
    );
    door.shut();
    expect(await cutLines()).toBe(1);
    // A page that is built now may be untrue by the time anybody could say so.
    const isKept = async () => {
      const key = newId();
      const first = await cache.page(film, key, ['film'], build);
      cache.rememberAddress(`host/${key}`, film, key, first);
      const isAtAddress = cache.atAddress(`host/${key}`) !== undefined;
      return isAtAddress || (await cache.page(film, key, ['film'], build)) === first;
    };
    await vi.waitFor(async () => expect(await isKept()).toBe(false), { timeout: 10_000 });
    expect(drops).toBe(0);
    door.open();
    await reconnected;
    const builtBefore = state.built;
    await cache.page(film, '/', ['film'], build);
    await cache.page(film, '/', ['film'], build);
    expect(state.built).toBe(builtBefore + 1);
    await cache.close();
    door.close();
  });

  it('notices a line that went silent without being closed', async () => {
    const door = await doorTo(database.connection.host ?? '');
    const cache = await open(
      { soundCheckMs: 60, soundCheckWaitMs: 1_500 },
      { ...database.connection, host: door.folder },
    );
    const film = newId();
    const page = await cache.page(film, '/', ['film'], async () => html('before'));
    const reconnected = new Promise<void>((done) => cache.onDrop((dropped) => dropped === null && done()));
    door.silence();
    await inInstallation(database.kysely, (tx) => dropPages(tx, film, 'film'));
    expect(await cache.page(film, '/', ['film'], async () => html('not heard'))).toBe(page);
    door.speak();
    await reconnected;
    expect(textOf(await cache.page(film, '/', ['film'], async () => html('after')))).toBe('after');
    await cache.close();
    door.close();
  });

  it('stays closed when it is closed while it reconnects', async () => {
    const cache = await open();
    await cutLines();
    await cache.close();
    const client = new pg.Client(database.connection);
    await client.connect();
    const listening = async () =>
      (
        await client.query(
          `select 1 from pg_stat_activity where application_name = 'houselights pages' and datname = current_database()`,
        )
      ).rowCount;
    await vi.waitFor(async () => expect(await listening()).toBe(0));
    await client.end();
  });
});

/** A door to the database that can be shut, or stop passing on what either side says without hanging up. */
async function doorTo(host: string) {
  const folder = mkdtempSync(join(tmpdir(), 'houselights-door-'));
  let isSilent = false;
  let isShut = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (isShut) return void near.destroy();
    const far = createConnection(join(host, '.s.PGSQL.5432'));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('data', (bytes) => isSilent || to.write(bytes));
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((done) => server.listen(join(folder, '.s.PGSQL.5432'), done));
  return {
    folder,
    shut() {
      isShut = true;
    },
    open() {
      isShut = false;
    },
    silence() {
      isSilent = true;
    },
    speak() {
      // Only lines made from now on are heard; the old one stays dead.
      isSilent = false;
      for (const socket of sockets) socket.removeAllListeners('data').resume();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe('what goes out', () => {
  const body = `<p>${'We held a union of workers. '.repeat(200)}</p>`;

  it('is the same page in every encoding, each with a strong tag of its own', async () => {
    const cache = await open();
    const page = await cache.page('film', '/', ['film'], async () => html(body));
    await vi.waitFor(() => expect(page.gzip).not.toBeNull(), { timeout: 5_000 });
    const plain = representationFor(page, undefined);
    const brotli = representationFor(page, 'gzip, deflate, br');
    const gzip = representationFor(page, 'gzip');
    expect(plain.bytes.toString()).toBe(body);
    expect(brotliDecompressSync(brotli.bytes).toString()).toBe(body);
    expect(gunzipSync(gzip.bytes).toString()).toBe(body);
    const header = (headers: readonly string[], name: string) => headers[headers.indexOf(name) + 1];
    const tags = [plain, brotli, gzip].map(({ headers }) => header(headers, 'etag'));
    expect(new Set(tags).size).toBe(3);
    for (const { bytes, headers } of [plain, brotli, gzip]) {
      expect(header(headers, 'etag')).toMatch(/^"[^"]+"$/);
      expect(header(headers, 'content-length')).toBe(String(bytes.length));
      expect(header(headers, 'vary')).toBe('accept-encoding');
    }
    expect(plain.headers).not.toContain('content-encoding');
  });

  it('takes the best encoding that the browser says it takes, and never one that it refuses', async () => {
    const cache = await open();
    const page = await cache.page('film', '/', ['film'], async () => html(body));
    await vi.waitFor(() => expect(page.gzip).not.toBeNull(), { timeout: 5_000 });
    const wanted = {
      'br;q=0': 'identity',
      'br; q=0.000, gzip': 'gzip',
      'gzip;q=0, br;q=0': 'identity',
      BR: 'br',
      'br;q=0.1, gzip;q=1': 'br',
      'brotli, gzip': 'gzip',
      vibrant: 'identity',
      'x-br': 'identity',
      gzipped: 'identity',
      '*': 'identity',
      '': 'identity',
      [`${'a,'.repeat(8_000)}`]: 'identity',
      [`br;${' '.repeat(16_000)}x`]: 'identity',
    };
    for (const [accepted, encoding] of Object.entries(wanted)) {
      const { headers } = representationFor(page, accepted);
      const at = headers.indexOf('content-encoding');
      expect(at < 0 ? 'identity' : headers[at + 1], accepted.slice(0, 30)).toBe(encoding);
    }
  });

  it('stays as it is where compression would not help', async () => {
    const cache = await open();
    const tiny = await cache.page('film', '/a', ['film'], async () => html('<p>short</p>'));
    const zip = await cache.page('film', '/b', ['film'], async () => ({
      contentType: 'application/zip',
      body: Buffer.alloc(5_000),
    }));
    for (const page of [tiny, zip]) expect(representationFor(page, 'br, gzip')).toBe(page.identity);
  });
});

describe('what the cache holds', () => {
  const big = (words: string) => html(`${words}${'x'.repeat(20_000)}`);

  it('stays below its limit however many pages are asked for, and the oldest of the fullest film go first', async () => {
    const cache = await open({ keptBytesMax: 400_000 });
    const [quiet, flooded] = [newId(), newId()];
    const front = await cache.page(quiet, '/', ['film'], async () => big('front'));
    const first = await cache.page(flooded, '0', ['film'], async () => big('0'));
    cache.rememberAddress('host/0', flooded, '0', first);
    for (let at = 1; at <= 100; at += 1)
      await cache.page(flooded, String(at), ['film'], async () => big(String(at)));
    let built = 0;
    const rebuild = async () => {
      built += 1;
      return big('again');
    };
    expect(await cache.page(quiet, '/', ['film'], rebuild)).toBe(front);
    await cache.page(flooded, '100', ['film'], rebuild);
    expect(built).toBe(0);
    expect(cache.atAddress('host/0')).toBeUndefined();
    await cache.page(flooded, '0', ['film'], rebuild);
    expect(built).toBe(1);
  });

  it('remembers few addresses a page, so that made-up hosts cost nothing', async () => {
    const cache = await open();
    const page = await cache.page('film', '/', ['film'], async () => html('front'));
    for (let at = 0; at < 50_000; at += 1) cache.rememberAddress(`made-up-${at}/`, 'film', '/', page);
    const found = Array.from({ length: 50_000 }, (_, at) => cache.atAddress(`made-up-${at}/`));
    expect(found.filter(Boolean).length).toBeLessThanOrEqual(8);
    cache.rememberAddress('film.example/', 'film', '/', page);
    expect(cache.atAddress('film.example/')).toBe(page);
  });
});
