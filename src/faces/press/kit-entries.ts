import { inLanguage } from '../../domain/film/document/text.ts';
import { endings, type StoredFile } from '../../domain/film/pictures.ts';
import type { PageModel } from '../site/model.ts';
import { say } from '../site/pages/site-page.tsx';
import { kitWords } from './words.ts';

/** A picture as the kit carries it: its own bytes, and for a drawing also pixels. */
export type KitPicture = {
  /** Without an ending: `stills/union-still-01-bus-stop`. */
  readonly path: string;
  readonly file: StoredFile;
  /** Drawings only: what to draw beside them, for layout programs that take no SVG. */
  readonly drawn: { readonly width: number; readonly format: 'jpg' | 'png' } | null;
  readonly alt: string;
  readonly credit: string;
};

/** Wide enough for a double page in a magazine at 300 dots an inch. */
const stillWidth = 3_840;
const logoWidth = 2_000;

/** Every picture of the kit in its order, under names that speak. */
export function kitPictures(model: PageModel): KitPicture[] {
  const { film, logos = [] } = model.document;
  const { slug, poster, hero, stills = [] } = film;
  const pictures: KitPicture[] = [];
  const add = (
    path: string,
    image: string | undefined,
    words: { alt: string; credit: string },
    drawn: KitPicture['drawn'],
  ): void => {
    const file = image === undefined ? undefined : model.files.get(image);
    if (file === undefined) return;
    pictures.push({ path, file, drawn: file.mime === 'image/svg+xml' ? drawn : null, ...words });
  };
  const wordsOf = (
    picture: { alt: Parameters<typeof say>[1]; credit?: Parameters<typeof say>[1] } | undefined,
  ) => ({
    alt: say(model, picture?.alt),
    credit: say(model, picture?.credit),
  });
  const large = { width: stillWidth, format: 'jpg' } as const;
  add(`poster/${slug}-poster`, poster?.image, wordsOf(poster), large);
  add(`stills/${slug}-00-key-art`, hero?.image, wordsOf(hero), large);
  for (const [at, still] of stills.entries()) {
    const number = String(at + 1).padStart(2, '0');
    add(`stills/${slug}-${number}-${spoken(still.image, 'still')}`, still.image, wordsOf(still), large);
  }
  for (const logo of logos)
    add(
      `logos/${slugged(logo.name)}`,
      logo.image,
      { alt: logo.name, credit: '' },
      { width: logoWidth, format: 'png' },
    );
  return withDistinctPaths(pictures);
}

/** `media/still-bus-stop.svg` as `bus-stop`. */
function spoken(path: string, prefix: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  return slugged(name.replace(new RegExp(`^${prefix}s?[-_ ]`, 'i'), '')) || prefix;
}

/** Letters that every file system and every unzip program agrees on. */
export function slugged(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}

function withDistinctPaths(pictures: readonly KitPicture[]): KitPicture[] {
  const seen = new Map<string, number>();
  return pictures.map((picture) => {
    const path = picture.path.endsWith('/') ? `${picture.path}logo` : picture.path;
    const times = (seen.get(path) ?? 0) + 1;
    seen.set(path, times);
    return { ...picture, path: times === 1 ? path : `${path}-${times}` };
  });
}

/** The names of a picture's files in the kit, its own first. */
export function kitNames({ path, file, drawn }: KitPicture): string[] {
  const own = `${path}.${endings[file.mime] ?? 'bin'}`;
  return drawn === null ? [own] : [own, `${path}.${drawn.format}`];
}

/** Who is to be named beside each picture, in every language of the site. */
export function creditsText(
  model: PageModel,
  pictures: readonly KitPicture[],
  leftOut: ReadonlySet<string>,
): string {
  const { film } = model.document;
  const [standard = 'en'] = film.site_languages;
  const blocks = film.site_languages.map((language) => {
    const inOwn = { ...model, language };
    const own = kitWords(language);
    const lines = kitPictures(inOwn)
      .filter((picture) => pictures.some(({ path }) => path === picture.path))
      .map((picture) =>
        [
          kitNames(picture).join(', ') +
            (leftOut.has(picture.path)
              ? ` (${own.missing} ${model.origin}${model.canonicalBase}/press)`
              : ''),
          `  ${own.credit}: ${picture.credit || own.noCredit}`,
          `  ${own.shows}: ${picture.alt}`,
        ].join('\n'),
      );
    return [`${inLanguage(film.title, language, standard)}. ${own.creditsFile}`, ...lines].join('\n\n');
  });
  return `${blocks.join('\n\n\n')}\n`;
}
