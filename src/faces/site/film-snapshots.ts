import {
  filesOf,
  latestRevision,
  previewedRevision,
  publishedRevision,
  type Revision,
  type StoredFile,
} from '../../domain/film/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inFilm } from '../../platform/database/database.ts';
import type { PageCache } from '../../platform/page-cache/index.ts';
import type { Preview } from './visit.ts';

/** What a film says now, with the files behind its paths. */
export type FilmSnapshot = { readonly revision: Revision; readonly files: ReadonlyMap<string, StoredFile> };

export type FilmSnapshots = {
  /** What the public reads; null before the first publication. */
  published(filmId: string): Promise<FilmSnapshot | null>;
  /** What this process last knew, without asking the database; for the pages that tell of its failure. */
  lastKnown(filmId: string): FilmSnapshot | null;
  /** What a draft says; null for a link whose time is over. */
  previewed(filmId: string, preview: Preview): Promise<FilmSnapshot | null>;
};

/** Keeps the published revision of each film in memory until it is told of another. */
export function openFilmSnapshots(db: Db, pages: PageCache, clock: Clock): FilmSnapshots {
  const current = new Map<string, Promise<FilmSnapshot | null>>();
  const last = new Map<string, FilmSnapshot>();
  pages.onDrop((filmId, tag) => {
    if (filmId === null) current.clear();
    else if (tag !== 'screenings' && tag !== 'fund') current.delete(filmId);
  });
  const read = (filmId: string) =>
    inFilm(db, filmId, async (tx) => {
      const revision = await publishedRevision(tx, filmId);
      return revision ? { revision, files: await filesOf(tx, filmId, revision.files) } : null;
    });
  return {
    async published(filmId) {
      const known = current.get(filmId);
      if (known) return await known;
      const reading = read(filmId);
      current.set(filmId, reading);
      try {
        const snapshot = await reading;
        // A film that is not out yet is asked for again: no news of its first publication may have come.
        if (snapshot) last.set(filmId, snapshot);
        else current.delete(filmId);
        return snapshot;
      } catch (error) {
        if (current.get(filmId) === reading) current.delete(filmId);
        throw error;
      }
    },
    lastKnown: (filmId) => last.get(filmId) ?? null,
    previewed: (filmId, preview) =>
      inFilm(db, filmId, async (tx) => {
        const revision =
          preview.by === 'desk'
            ? await latestRevision(tx, filmId)
            : await previewedRevision(tx, filmId, clock(), preview.secret);
        return revision ? { revision, files: await filesOf(tx, filmId, revision.files) } : null;
      }),
  };
}
