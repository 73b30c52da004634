import { type Film, filmHosts, films } from '../../domain/film/index.ts';
import { type Db, inInstallation } from '../../platform/database/database.ts';
import { inTime } from '../../platform/in-time.ts';
import type { PageCache } from '../../platform/page-cache/index.ts';

/** Which film answers where, kept in memory: the edge asks on every request. */
export type FilmDirectory = {
  /** The film whose own host name this is. */
  atHost(host: string): Promise<Film | undefined>;
  atSlug(slug: string): Promise<Film | undefined>;
  byId(filmId: string): Promise<Film | undefined>;
  /** The film at the installation's own address. */
  front(): Promise<Film | undefined>;
  all(): Promise<readonly Film[]>;
};

// A publication and a host name are heard of at once. What is not heard (a film entered without a publication, a
// database that was away) is read anew after this long.
const trustMs = 2_000;
// A database that answers later than this says nothing about addresses that was not known before.
const patienceMs = 1_000;

type Known = {
  readonly films: readonly Film[];
  readonly hosts: ReadonlyMap<string, string>;
  readonly untilMs: number;
};

/** Opens the directory; `pages` tells it when a film or its host names change. */
export function openFilmDirectory(db: Db, pages: PageCache): FilmDirectory {
  let known: Known | null = null;
  let changes = 0;
  let reading: Promise<Known> | null = null;
  pages.onDrop((_filmId, tag) => {
    if (tag === 'screenings') return;
    changes += 1;
    // Who asks from now on must not hear what was read before the change.
    reading = null;
    // Kept all the same: should the database be away now, yesterday's addresses still lead somewhere.
    known = known && { ...known, untilMs: 0 };
  });
  const read = async (): Promise<Known> => {
    const begun = changes;
    const found = await inInstallation(db, async (tx) => ({
      films: await films(tx),
      hosts: await filmHosts(tx),
    }));
    return {
      films: found.films,
      hosts: new Map(found.hosts.map(({ host, filmId }) => [host, filmId])),
      untilMs: changes === begun ? Date.now() + trustMs : 0,
    };
  };
  const begin = (): Promise<Known> => {
    const begun = read().finally(() => {
      if (reading === begun) reading = null;
    });
    return begun;
  };
  const current = async (): Promise<Known> => {
    if (known && known.untilMs > Date.now()) return known;
    reading ??= begin();
    try {
      known = await (known ? inTime(reading, patienceMs) : reading);
    } catch (error) {
      // With the database away or silent, yesterday's addresses still lead to what is kept in memory.
      if (!known) throw error;
    }
    return known;
  };
  const find = async (wanted: (film: Film) => boolean) => (await current()).films.find(wanted);
  return {
    async atHost(host) {
      const { films: all, hosts } = await current();
      const filmId = hosts.get(host) ?? hosts.get(host.replace(/:\d+$/, ''));
      return filmId === undefined ? undefined : all.find((film) => film.id === filmId);
    },
    atSlug: (slug) => find((film) => film.slug === slug),
    byId: (filmId) => find((film) => film.id === filmId),
    front: () => find((film) => film.isFront),
    all: async () => (await current()).films,
  };
}
