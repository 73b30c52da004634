import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { inInstallation } from '../database/database.ts';
import { newId } from '../secrets.ts';
import { dropPages } from './drop-pages.ts';
import type { CachedPage, PageCache } from './index.ts';
import {
  change,
  cutLines,
  database,
  doorTo,
  facts,
  gate,
  html,
  open,
  slowBuildDuringChange,
  textOf,
} from './test-ground.ts';

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

  it('stays away from an address that was asked for before the change: it may be another film’s by now', async () => {
    const cache = await open();
    const [front, named] = [newId(), newId()];
    const asked = cache.address('named.example/');
    const page = await cache.page(front, '/', ['film'], async () => html('front'));
    await change(cache, named);
    cache.rememberAddress(asked, front, '/', page);
    expect(cache.atAddress('named.example/')).toBeUndefined();
    cache.rememberAddress(cache.address('named.example/'), front, '/', page);
    expect(cache.atAddress('named.example/')).toBe(page);
  });

  it('cannot come back by its address', async () => {
    const cache = await open();
    const film = newId();
    const page = await cache.page(film, '/', ['film'], async () => html('yesterday'));
    cache.rememberAddress(cache.address('film.example/'), film, '/', page);
    expect(cache.atAddress('film.example/')).toBe(page);
    await change(cache, film);
    expect(cache.atAddress('film.example/')).toBeUndefined();
    cache.rememberAddress(cache.address('film.example/'), film, '/', page);
    expect(cache.atAddress('film.example/')).toBeUndefined();
    await cache.page(film, '/', ['film'], async () => html('today'));
    cache.rememberAddress(cache.address('film.example/'), film, '/', page);
    expect(cache.atAddress('film.example/')).toBeUndefined();
  });
});

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
      cache.rememberAddress(cache.address(`host/${key}`), film, key, first);
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
    await vi.waitFor(async () => expect(await listening()).toBe(0), 15_000);
    await client.end();
  });
});
