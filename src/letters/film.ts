import {
  type FilmDocument,
  films,
  inLanguage,
  latestRevision,
  plainTheme,
  publishedRevision,
  type Theme,
} from '../domain/film/index.ts';
import type { Tx } from '../platform/database/database.ts';

/** What letters say of the film that they come from. */
export type LetterFilm = {
  readonly document: FilmDocument;
  readonly slug: string;
  readonly theme: Theme;
  readonly titleIn: (language: string) => string;
};

/** The film as the public reads it now; null where there is none to speak for. */
export async function letterFilm(tx: Tx, filmId: string): Promise<LetterFilm | null> {
  const revision = (await publishedRevision(tx, filmId)) ?? (await latestRevision(tx, filmId));
  const film = (await films(tx)).find(({ id }) => id === filmId);
  if (!revision || !film) return null;
  const { document } = revision;
  const fallback = document.film.site_languages[0] ?? 'en';
  return {
    document,
    slug: film.slug,
    theme: document.film.theme ?? plainTheme,
    titleIn: (language) => inLanguage(document.film.title, language, fallback),
  };
}
