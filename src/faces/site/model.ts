import type { Temporal } from 'temporal-polyfill';
import type { FilmDocument } from '../../domain/film/document/index.ts';
import type { StoredFile } from '../../domain/film/pictures.ts';
import type { Preview } from './visit.ts';

/** What every page of a film's site is a function of. */
export type PageModel = {
  readonly filmId: string;
  readonly document: FilmDocument;
  /** The film's files by their path in the folder: `media/hero.jpg`. */
  readonly files: ReadonlyMap<string, StoredFile>;
  /** The language of this page; one of `document.film.site_languages`. */
  readonly language: string;
  /** What stands before every path of this film: '' at its own host, '/films/union' elsewhere. */
  readonly base: string;
  /** Scheme and host of the film's canonical address, without a slash at the end. */
  readonly origin: string;
  /** What stands before the film's paths at its canonical address; canonical links are origin + canonicalBase + path. */
  readonly canonicalBase: string;
  /** The path of this page below base and language: '/', '/screenings/nwff-2024-11-03'. */
  readonly path: string;
  readonly now: Temporal.Instant;
  /** Set when a draft is looked at; the page says so and is kept out of every cache. */
  readonly preview: { readonly revisionNumber: number; readonly by: Preview['by'] } | null;
};
