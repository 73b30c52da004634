import type { Temporal } from 'temporal-polyfill';
import type { House } from '../house.ts';
import type { FilmSnapshot } from './film-snapshots.ts';
import type { PageModel } from './model.ts';
import type { Visit } from './visit.ts';

/** What a page of this visit is made from; null when the film is not out, or has no such language. */
export async function pageModel(house: House, visit: Visit): Promise<PageModel | null> {
  const snapshot = visit.preview
    ? await house.films.previewed(visit.filmId, visit.preview)
    : await house.films.published(visit.filmId);
  return snapshot && modelOf(house, visit, snapshot);
}

/** The same from memory alone, for when the database does not answer; null when this process never knew the film. */
export function lastKnownModel(house: House, visit: Visit): PageModel | null {
  const snapshot = house.films.lastKnown(visit.filmId);
  return snapshot && modelOf(house, visit, snapshot);
}

function modelOf(house: House, visit: Visit, { revision, files }: FilmSnapshot): PageModel | null {
  const { document, number } = revision;
  const [standard = 'en', ...others] = document.film.site_languages;
  if (visit.language !== null && !others.includes(visit.language)) return null;
  // Asked once, and only for a page that says what time it is: a form that is sent on asks for none.
  let now: Temporal.Instant | null = null;
  return {
    filmId: visit.filmId,
    document,
    files,
    language: visit.language ?? standard,
    base: visit.base,
    origin: visit.origin,
    canonicalBase: visit.canonicalBase,
    path: visit.path,
    get now() {
      now ??= house.clock();
      return now;
    },
    preview: visit.preview && { revisionNumber: number, by: visit.preview.by },
  };
}
