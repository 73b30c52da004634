import {
  type FilmDocument,
  films,
  inLanguage,
  latestRevision,
  plainTheme,
  publishedRevision,
  type Text,
  type Theme,
} from '../domain/film/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { pagePath } from '../ui/paths.ts';

/** What letters say of the film that they come from. */
export type LetterFilm = {
  readonly document: FilmDocument;
  readonly slug: string;
  readonly theme: Theme;
  readonly titleIn: (language: string) => string;
  /** A text of the film in a language, or in the film's own. */
  readonly say: (text: Text | null | undefined, language: string) => string;
  /** A page of the film's site at its canonical address, in a language that the site has. */
  readonly pageAt: (publicUrl: string, path: string, language: string) => string;
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
    say: (text, language) => inLanguage(text ?? undefined, language, fallback),
    pageAt: (publicUrl, path, wanted) => {
      const language = document.film.site_languages.includes(wanted) ? wanted : fallback;
      const { protocol } = new URL(publicUrl);
      const origin = film.canonicalHost === null ? publicUrl : `${protocol}//${film.canonicalHost}`;
      const base = film.canonicalHost !== null || film.isFront ? '' : `/films/${film.slug}`;
      return origin + pagePath({ base, language, defaultLanguage: fallback }, path);
    },
  };
}
