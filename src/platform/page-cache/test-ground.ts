import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inInstallation } from '../database/database.ts';
import { makeLog } from '../log.ts';
import { newId } from '../secrets.ts';
import { dropPages } from './drop-pages.ts';
import { type CachedPage, type FreshPage, openPageCache, type PageCache, type PageTag } from './index.ts';
import type { PageCacheLimits } from './open-page-cache.ts';

export const database = await testDatabase();
export const opened: PageCache[] = [];

export async function open(limits?: PageCacheLimits, connection = database.connection): Promise<PageCache> {
  const cache = await openPageCache(connection, makeLog('silent'), limits);
  opened.push(cache);
  return cache;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((cache) => cache.close()));
});

export const html = (body: string): FreshPage => ({ contentType: 'text/html; charset=utf-8', body });
export const textOf = ({ identity }: CachedPage) => identity.bytes.toString();

/** Something to hold a building page with, and to let it go. */
export function gate(): { open(): void; readonly passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((done) => {
    open = done;
  });
  return { open, passed };
}

/** Changes a film's facts as a command of another process does, and waits until this cache has heard. */
export async function change(cache: PageCache, filmId: string, tag: PageTag = 'film'): Promise<void> {
  const heard = new Promise<void>((done) => cache.onDrop((film) => film === filmId && done()));
  await inInstallation(database.kysely, (tx) => dropPages(tx, filmId, tag));
  await heard;
}

/** How often a page was made, by a builder that says what the facts are when it begins. */
export function facts(value = 'yesterday') {
  const state = { value, built: 0 };
  const build = async () => {
    state.built += 1;
    return html(state.value);
  };
  return { state, build };
}

/**
 * A page is begun from yesterday's facts, they change, and only then is it done.
 * @returns what somebody is told who asks afterwards
 */
export async function slowBuildDuringChange(cache: PageCache): Promise<string> {
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

/** Cuts the line on which the cache listens, as a restart of the database does. */
export async function cutLines(): Promise<number> {
  const client = new pg.Client(database.connection);
  await client.connect();
  const { rowCount } = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'houselights pages' and datname = current_database()`,
  );
  await client.end();
  return rowCount ?? 0;
}

/** A door to the database that can be shut, or stop passing on what either side says without hanging up. */
export async function doorTo(host: string) {
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
