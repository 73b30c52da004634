import type pg from 'pg';
import type { Log } from '../log.ts';
import { type Ear, type EarLimits, openEar } from './ear.ts';
import { openImprovements } from './improvements.ts';
import type { CachedPage, FreshPage, PageCache, PageTag } from './index.ts';
import { representQuickly } from './representation.ts';

type Kept = {
  readonly page: CachedPage;
  readonly tags: readonly PageTag[];
  readonly bytes: number;
  /** Under which hosts and URLs it was last answered. */
  readonly addresses: string[];
};
/** One film's pages, and how often its facts changed: a page built from facts of yesterday is not kept. */
type Shelf = {
  readonly pages: Map<string, Kept>;
  readonly building: Map<string, Promise<CachedPage>>;
  bytes: number;
  changes: number;
};

// A film of 10,000 screenings in two languages has 20,000 pages of some 30 kB with their encodings, and anybody
// may ask for them all: beyond this the oldest pages of whichever film holds most go first.
const keptBytesMax = 128 * 1024 * 1024;
const addressesMax = 10_000;
// A page answers at its film's own host and at the installation's. More hosts than these are made up.
const addressesPerPageMax = 8;

/** Smaller limits and another clock (milliseconds since 1970), for tests. */
export type PageCacheLimits = EarLimits & {
  readonly keptBytesMax?: number;
  readonly nowMs?: () => number;
};

/** Opens a cache that listens to the database. While it cannot hear, it keeps nothing. */
export async function openPageCache(
  connection: pg.ClientConfig,
  log: Log,
  limits: PageCacheLimits = {},
): Promise<PageCache> {
  const shelves = new Map<string, Shelf>();
  const addresses = new Map<string, CachedPage>();
  const listeners: ((filmId: string | null, tag: PageTag | null) => void)[] = [];
  let drops = 0;
  const drop = (filmId: string | null, tag: PageTag | null) => {
    drops += 1;
    addresses.clear();
    if (filmId === null) for (const shelf of shelves.values()) empty(shelf, null);
    else empty(shelfOf(shelves, filmId), tag);
    for (const listener of listeners) listener(filmId, tag);
  };
  const ear = await openEar(connection, log, drop, limits);
  const bytesMax = limits.keptBytesMax ?? keptBytesMax;
  const nowMs = limits.nowMs ?? Date.now;
  const improvements = openImprovements();
  return {
    async page(filmId, key, tags, build) {
      const shelf = shelfOf(shelves, filmId);
      const kept = shelf.pages.get(key);
      if (kept && kept.page.trueUntilMs > nowMs()) return kept.page;
      const keep = (page: CachedPage) => {
        takeOff(shelf, key, addresses);
        const bytes = bytesOf(page);
        shelf.pages.set(key, { page, tags, bytes, addresses: [] });
        shelf.bytes += bytes;
        makeRoom(shelves, addresses, bytesMax);
        improvements.add(page, () => shelf.pages.get(key)?.page === page);
      };
      return await (shelf.building.get(key) ?? buildOnce(shelf, key, build, ear, keep));
    },
    address: (hostAndUrl) => ({ hostAndUrl, drops }),
    rememberAddress({ hostAndUrl: address, drops: before }, filmId, key, page) {
      // Whose host it is was asked before the change, and may be answered otherwise after it.
      if (before !== drops) return;
      // Dropped between its building and now, it must not come back by this door.
      const kept = shelfOf(shelves, filmId).pages.get(key);
      if (!ear.hears() || kept?.page !== page || addresses.get(address) === page) return;
      if (addresses.size >= addressesMax) addresses.clear();
      if (kept.addresses.length >= addressesPerPageMax) addresses.delete(kept.addresses.shift() ?? '');
      kept.addresses.push(address);
      addresses.set(address, page);
    },
    atAddress(address) {
      const page = addresses.get(address);
      return page && page.trueUntilMs > nowMs() ? page : undefined;
    },
    onDrop: (listener) => void listeners.push(listener),
    clear: () => drop(null, null),
    close: () => ear.close(),
  };
}

function shelfOf(shelves: Map<string, Shelf>, filmId: string): Shelf {
  const found = shelves.get(filmId);
  if (found) return found;
  const made: Shelf = { pages: new Map(), building: new Map(), bytes: 0, changes: 0 };
  shelves.set(filmId, made);
  return made;
}

function empty(shelf: Shelf, tag: PageTag | null): void {
  shelf.changes += 1;
  // Those who ask from now on must not get a page whose building began before the change.
  shelf.building.clear();
  for (const [key, kept] of shelf.pages) if (tag === null || kept.tags.includes(tag)) takeOff(shelf, key);
}

function takeOff(shelf: Shelf, key: string, addresses?: Map<string, CachedPage>): void {
  const kept = shelf.pages.get(key);
  if (!kept) return;
  shelf.pages.delete(key);
  shelf.bytes -= kept.bytes;
  for (const address of kept.addresses) addresses?.delete(address);
}

function makeRoom(shelves: Map<string, Shelf>, addresses: Map<string, CachedPage>, bytesMax: number): void {
  for (;;) {
    const all = [...shelves.values()];
    if (all.reduce((sum, { bytes }) => sum + bytes, 0) <= bytesMax) return;
    const fullest = all.reduce((one, other) => (other.bytes > one.bytes ? other : one));
    const [oldest] = fullest.pages.keys();
    if (oldest === undefined) return;
    takeOff(fullest, oldest, addresses);
  }
}

/** What a page will hold in memory once all its encodings are made; gzip comes out about as long as Brotli. */
function bytesOf({ identity, brotli }: CachedPage): number {
  return identity.bytes.length + 2 * (brotli?.bytes.length ?? 0) + 1_024;
}

function buildOnce(
  shelf: Shelf,
  key: string,
  build: () => Promise<FreshPage>,
  ear: Ear,
  keep: (page: CachedPage) => void,
) {
  const begun = shelf.changes;
  const building = (async () => {
    const page = await representQuickly(await build());
    if (shelf.changes === begun && ear.hears()) keep(page);
    return page;
  })();
  shelf.building.set(key, building);
  const done = () => {
    if (shelf.building.get(key) === building) shelf.building.delete(key);
  };
  building.then(done, done);
  return building;
}
