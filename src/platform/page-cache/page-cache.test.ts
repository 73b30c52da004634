import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, vi } from 'vitest';
import { inInstallation } from '../database/database.ts';
import { newId } from '../secrets.ts';
import { dropPages } from './drop-pages.ts';
import { representationFor } from './index.ts';
import { change, database, facts, gate, html, open, textOf } from './test-ground.ts';

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
    cache.rememberAddress(cache.address('host/'), 'film', '/', page);
    await vi.waitFor(() => expect(cache.atAddress('host/')).toBeUndefined(), 15_000);
    expect(await cache.page('film', '/', ['film'], async () => html('after'))).not.toBe(page);
  });
});

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

  it('is compressed better after a while, unless it was dropped meanwhile', async () => {
    const cache = await open();
    const film = newId();
    const dropped = await cache.page(film, '/', ['film'], async () => html(body));
    await change(cache, film, 'film');
    const kept = await cache.page(film, '/', ['film'], async () => html(body));
    await vi.waitFor(() => expect(kept.gzip).not.toBeNull(), { timeout: 5_000 });
    expect(representationFor(kept, 'br').bytes.length).toBeLessThan(
      representationFor(dropped, 'br').bytes.length,
    );
    expect(dropped.gzip).toBeNull();
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
    cache.rememberAddress(cache.address('host/0'), flooded, '0', first);
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
    for (let at = 0; at < 50_000; at += 1)
      cache.rememberAddress(cache.address(`made-up-${at}/`), 'film', '/', page);
    const found = Array.from({ length: 50_000 }, (_, at) => cache.atAddress(`made-up-${at}/`));
    expect(found.filter(Boolean).length).toBeLessThanOrEqual(8);
    cache.rememberAddress(cache.address('film.example/'), 'film', '/', page);
    expect(cache.atAddress('film.example/')).toBe(page);
  });
});
