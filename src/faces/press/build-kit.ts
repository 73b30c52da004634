import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Temporal } from 'temporal-polyfill';
import { ZipFile } from 'yazl';
import { plainTheme } from '../../domain/film/document/theme.ts';
import { fileKey, type Storage } from '../../platform/storage/index.ts';
import { paperFor } from '../../ui/pdf/paper-size.ts';
import type { PageModel } from '../site/model.ts';
import { say } from '../site/pages/site-page.tsx';
import { cropped, drawnAt } from './crop.ts';
import { creditsText, type KitPicture, kitNames, kitPictures } from './kit-entries.ts';
import { sheetOf } from './sheet.ts';
import { heroShape, type SheetLook, sheetPdf } from './sheet-pdf.ts';
import { sheetText } from './sheet-text.ts';

/** What a store takes in one put is 5 GB; pictures beyond this are named with their address instead. */
const picturesBytesMax = 4 * 1024 ** 3;
// The same film gives the same bytes, so nothing in the zip may tell when it was made.
const anyDay = Temporal.Instant.from('2024-01-01T12:00:00Z');
const always = { mtime: new Date(anyDay.epochMilliseconds), mode: 0o100644 };

/**
 * Writes a film's press kit: facts in every language as PDF and text, poster, stills and logos as they were
 * given, drawings also as pixels, and whom to credit.
 */
export async function buildKit(
  storage: Storage,
  model: PageModel,
  target: string,
  stopping?: AbortSignal,
): Promise<void> {
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, createWriteStream(target, { mode: 0o600 }));
  const filled = fill(zip, storage, model, stopping).then(() => zip.end());
  // A disk that fills up ends the writing; then nobody waits for the rest.
  await Promise.race([filled, written.then(() => filled)]);
  await written;
}

async function fill(zip: ZipFile, storage: Storage, model: PageModel, stopping?: AbortSignal): Promise<void> {
  const { film } = model.document;
  const folder = `${film.slug}-press-kit`;
  const look = await lookOf(storage, model);
  for (const language of film.site_languages) {
    stopping?.throwIfAborted();
    const sheet = sheetOf({ ...model, language });
    zip.addBuffer(
      await sheetPdf(sheet, withWords(look, model, language)),
      `${folder}/${film.slug}-facts-${language}.pdf`,
      always,
    );
    zip.addBuffer(Buffer.from(sheetText(sheet)), `${folder}/${film.slug}-facts-${language}.txt`, always);
  }
  const pictures = kitPictures(model);
  const leftOut = new Set<string>();
  let bytes = 0;
  for (const picture of pictures) {
    stopping?.throwIfAborted();
    bytes += picture.file.sizeBytes;
    if (bytes > picturesBytesMax) leftOut.add(picture.path);
    else await addPicture(zip, storage, model.filmId, folder, picture);
  }
  if (pictures.length > 0)
    zip.addBuffer(Buffer.from(creditsText(model, pictures, leftOut)), `${folder}/credits.txt`, always);
}

async function addPicture(
  zip: ZipFile,
  storage: Storage,
  filmId: string,
  folder: string,
  picture: KitPicture,
): Promise<void> {
  const bytes = await storage.get(fileKey(filmId, picture.file.sha256));
  if (bytes === null) throw new Error('a file of the film is not in the storage');
  const [own = '', drawn] = kitNames(picture);
  // Pictures are compressed already; a drawing is text.
  zip.addBuffer(bytes, `${folder}/${own}`, { ...always, compress: picture.drawn !== null });
  if (drawn === undefined || picture.drawn === null) return;
  const pixels = await drawnAt(bytes, picture.drawn.width);
  const made =
    picture.drawn.format === 'jpg'
      ? pixels.flatten({ background: '#ffffff' }).jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
      : pixels.png({ compressionLevel: 9 });
  zip.addBuffer(await made.toBuffer(), `${folder}/${drawn}`, { ...always, compress: false });
}

async function lookOf(storage: Storage, { filmId, document, files }: PageModel): Promise<SheetLook> {
  const { hero, theme = plainTheme, countries = [] } = document.film;
  const file = hero && files.get(hero.image);
  const bytes = file ? await storage.get(fileKey(filmId, file.sha256)) : null;
  const cut = bytes && (await cropped(bytes, heroShape, hero?.focus)).flatten({ background: theme.paper });
  return {
    theme,
    hero: cut && {
      bytes: await cut.jpeg({ quality: 88, chromaSubsampling: '4:4:4' }).toBuffer(),
      alt: '',
      credit: '',
    },
    paper: paperFor(countries),
    madeAt: anyDay,
  };
}

function withWords(look: SheetLook, model: PageModel, language: string): SheetLook {
  const inOwn = { ...model, language };
  const { hero } = model.document.film;
  return {
    ...look,
    hero: look.hero && { ...look.hero, alt: say(inOwn, hero?.alt), credit: say(inOwn, hero?.credit) },
  };
}
