import { createHash } from 'node:crypto';
import type { FilmDocument } from '../../../domain/film/document/index.ts';
import { inLanguage } from '../../../domain/film/document/text.ts';
import { plainTheme } from '../../../domain/film/document/theme.ts';
import type { StoredFile } from '../../../domain/film/pictures.ts';
import { assets } from '../../../ui/assets.ts';
import { type ThemedPicture, themeCss } from '../../../ui/theme-css.ts';

export type ThemeFile = { readonly path: string; readonly css: string };

const kept = new WeakMap<FilmDocument, { files: ReadonlyMap<string, StoredFile>; theme: ThemeFile }>();

/**
 * The film's whole stylesheet and where it stands below the film's base: `/theme/<hash>.css`, named by its
 * content, so that it may be kept for ever and never be the wrong one.
 */
export function themeFile(document: FilmDocument, files: ReadonlyMap<string, StoredFile>): ThemeFile {
  const found = kept.get(document);
  if (found !== undefined && found.files === files) return found.theme;
  const { theme: colours = plainTheme, title, site_languages: languages } = document.film;
  const titles = languages.map((language) => inLanguage(title, language, languages[0] ?? language));
  const css = assets().sheet + themeCss(colours, themedPictures(document, files), titles);
  const theme = { path: `/theme/${createHash('sha256').update(css).digest('hex').slice(0, 16)}.css`, css };
  kept.set(document, { files, theme });
  return theme;
}

function* themedPictures(
  { film }: FilmDocument,
  files: ReadonlyMap<string, StoredFile>,
): Generator<ThemedPicture> {
  const pictures = [film.hero, film.poster, ...(film.stills ?? [])].filter(
    (picture) => picture !== undefined,
  );
  for (const { image, focus } of pictures) {
    const file = files.get(image);
    if (file !== undefined) yield { sha256: file.sha256, colour: file.colour, focus };
  }
}
