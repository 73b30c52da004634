import pg from 'pg';
import type { Log } from '../log.ts';
import { pagesChannel } from './drop-pages.ts';
import type { CachedPage, FreshPage, PageCache, PageTag } from './index.ts';
import { representAll } from './representation.ts';

type Kept = { readonly page: CachedPage; readonly tags: readonly PageTag[] };
/** One film's pages, and how often its facts changed: a page built from facts of yesterday is not kept. */
type Shelf = {
  readonly pages: Map<string, Kept>;
  readonly building: Map<string, Promise<CachedPage>>;
  changes: number;
};

// A film of 10,000 screenings in two languages has 20,000 pages of some 30 kB with their encodings; beyond
// this the oldest go first.
const pagesMax = 5_000;
const addressesMax = 10_000;
const reconnectMs = 500;

/** Opens a cache that listens to the database. While it cannot hear, it keeps nothing. */
export async function openPageCache(connection: pg.ClientConfig, log: Log): Promise<PageCache> {
  const shelves = new Map<string, Shelf>();
  const addresses = new Map<string, CachedPage>();
  const listeners: ((filmId: string | null, tag: PageTag | null) => void)[] = [];
  const drop = (filmId: string | null, tag: PageTag | null) => {
    addresses.clear();
    if (filmId === null) for (const shelf of shelves.values()) empty(shelf, null);
    else empty(shelfOf(shelves, filmId), tag);
    for (const listener of listeners) listener(filmId, tag);
  };
  const ear = await openEar(connection, log, drop);
  return {
    async page(filmId, key, tags, build) {
      const shelf = shelfOf(shelves, filmId);
      const kept = shelf.pages.get(key);
      if (kept && kept.page.trueUntilMs > Date.now()) return kept.page;
      return await (shelf.building.get(key) ?? buildOnce(shelf, key, tags, build, ear));
    },
    rememberAddress(address, filmId, key, page) {
      // Dropped between its building and now, it must not come back by this door.
      if (!ear.hears() || shelfOf(shelves, filmId).pages.get(key)?.page !== page) return;
      if (addresses.size >= addressesMax) addresses.clear();
      addresses.set(address, page);
    },
    atAddress(address) {
      const page = addresses.get(address);
      return page && page.trueUntilMs > Date.now() ? page : undefined;
    },
    onDrop: (listener) => void listeners.push(listener),
    clear: () => drop(null, null),
    close: () => ear.close(),
  };
}

function shelfOf(shelves: Map<string, Shelf>, filmId: string): Shelf {
  const found = shelves.get(filmId);
  if (found) return found;
  const made: Shelf = { pages: new Map(), building: new Map(), changes: 0 };
  shelves.set(filmId, made);
  return made;
}

function empty(shelf: Shelf, tag: PageTag | null): void {
  shelf.changes += 1;
  // Those who ask from now on must not get a page whose building began before the change.
  shelf.building.clear();
  for (const [key, kept] of shelf.pages) if (tag === null || kept.tags.includes(tag)) shelf.pages.delete(key);
}

function buildOnce(
  shelf: Shelf,
  key: string,
  tags: readonly PageTag[],
  build: () => Promise<FreshPage>,
  ear: Ear,
) {
  const begun = shelf.changes;
  const building = (async () => {
    const page = await representAll(await build());
    if (shelf.changes === begun && ear.hears()) {
      if (shelf.pages.size >= pagesMax) shelf.pages.delete(shelf.pages.keys().next().value ?? '');
      shelf.pages.set(key, { page, tags });
    }
    return page;
  })();
  shelf.building.set(key, building);
  const done = () => {
    if (shelf.building.get(key) === building) shelf.building.delete(key);
  };
  building.then(done, done);
  return building;
}

type Ear = { hears(): boolean; close(): Promise<void> };

/** Listens for what other processes change. After a broken connection everything is dropped: news may be missed. */
async function openEar(
  connection: pg.ClientConfig,
  log: Log,
  drop: (filmId: string | null, tag: PageTag | null) => void,
): Promise<Ear> {
  let client: pg.Client | null = null;
  let closed = false;
  const listen = async (): Promise<void> => {
    const next = new pg.Client({ ...connection, application_name: 'houselights pages', keepAlive: true });
    next.on('notification', ({ payload = '' }) => {
      const [filmId = null, tag = null] = payload.split(' ');
      drop(filmId, tag === 'film' || tag === 'screenings' ? tag : null);
    });
    next.on('error', () => {});
    next.on('end', () => {
      if (client !== next) return;
      client = null;
      again();
    });
    await next.connect();
    await next.query(`listen ${pagesChannel}`);
    client = next;
    drop(null, null);
  };
  const again = () => {
    if (closed) return;
    const retry = setTimeout(() => {
      listen().catch((error: unknown) => {
        log.warn({ error }, 'the page cache cannot hear the database yet');
        again();
      });
    }, reconnectMs);
    retry.unref();
  };
  await listen();
  return {
    hears: () => client !== null,
    async close() {
      closed = true;
      await client?.end();
    },
  };
}
