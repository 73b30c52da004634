import { z } from 'zod';
import { latestRevision } from '../../../domain/film/index.ts';
import {
  applyImport,
  type CsvRead,
  csvBytesMax,
  deskScreenings,
  keepImport,
  listingOf,
  listingsMax,
  readCsv,
  writeCsv,
} from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { limitedBody } from '../../edge/limited-body.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { ImportPage, PreviewPage } from './csv-pages.tsx';
import { queryOf, readView } from './list-desk.tsx';
import { screeningRefusals } from './sayings.ts';

// The file and the form around it.
const requestBytesMax = csvBytesMax + 64 * 1024;

/** Screenings as a spreadsheet: out as the list shows them, in after a look at what every row would do. */
export function addCsvDesk(app: DeskApp, house: House): void {
  const bounded = limitedBody(requestBytesMax, 'This file is larger than 8 MB; nothing was kept.\n');
  app.get('/screenings/export.csv', allow('screenings.read'), (c) => exportCsv(c, house));
  app.get('/screenings/import', allow('screenings.edit'), (c) => showImport(c, house));
  app.post('/screenings/import', allow('screenings.edit'), bounded, (c) => previewCsv(c, house));
  app.post('/screenings/import/:id', allow('screenings.edit'), (c) => applyCsv(c, house));
}

async function languagesOf(tx: Tx, filmId: string): Promise<readonly string[]> {
  return (await latestRevision(tx, filmId))?.document.film.site_languages ?? ['en'];
}

async function exportCsv(c: DeskContext, house: House): Promise<Response> {
  const { film, now } = c.var.desk;
  const view = readView(c.req.url);
  const text = await inFilm(house.db, film.id, async (tx) => {
    const all = { ...queryOf(view), page: 1, perPage: listingsMax * 10 };
    const { screenings } = await deskScreenings(tx, film.id, now, all);
    return writeCsv(screenings.map(listingOf), await languagesOf(tx, film.id));
  });
  return c.body(text, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${film.slug}-screenings.csv"`,
    'cache-control': 'no-store',
  });
}

async function showImport(c: DeskContext, house: House, problem?: string, read?: CsvRead): Promise<Response> {
  const { desk } = c.var;
  const languages = await inFilm(house.db, desk.film.id, (tx) => languagesOf(tx, desk.film.id));
  const problems = read?.problems ?? [];
  const status = problem === undefined && problems.length === 0 ? 200 : 422;
  const page = <ImportPage desk={desk} languages={languages} problem={problem ?? null} problems={problems} />;
  return answer(c, page, status);
}

async function previewCsv(c: DeskContext, house: House): Promise<Response> {
  const { desk } = c.var;
  const { film, now, actor } = desk;
  const file = await fileOf(c);
  if (file === null) return await showImport(c, house, 'Choose a file first.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const languages = await inFilm(house.db, film.id, (tx) => languagesOf(tx, film.id));
  const read = readCsv(bytes, languages);
  if (read.problems.length > 0) return await showImport(c, house, undefined, read);
  if (read.listings.length === 0)
    return await showImport(c, house, 'The file names columns and has no rows.');
  const fileName =
    file.name
      .replace(/\p{Cc}/gu, '')
      .toWellFormed()
      .slice(0, 200) || 'a file';
  const preview = await inFilm(house.db, film.id, (tx) =>
    keepImport(tx, film.id, now, actor, { fileName, listings: read.listings }),
  );
  return answer(c, <PreviewPage desk={desk} preview={preview} />);
}

async function fileOf(c: DeskContext): Promise<File | null> {
  if (!/^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? ''))
    throw new Refusal('form_unreadable');
  const sent = await readParts(c);
  const unknown = [...sent.keys()].find((name) => name !== 'file');
  if (unknown !== undefined) throw new Refusal('unknown_field');
  const file = sent.get('file');
  return file instanceof File && file.size > 0 ? file : null;
}

/** The platform's parser throws a TypeError for most that is wrong, and a URIError for a bad `filename*`. */
async function readParts(c: DeskContext): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) throw new Refusal('form_unreadable');
    throw error;
  }
}

async function applyCsv(c: DeskContext, house: House): Promise<Response> {
  await readForm(c, noFields);
  const { film, now, actor, base } = c.var.desk;
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  try {
    await inFilm(house.db, film.id, (tx) => applyImport(tx, film.id, now, actor, id));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const words = screeningRefusals[error.code];
    if (words === undefined) throw error;
    return await showImport(c, house, words);
  }
  return leadTo(c, `${base}/screenings`, 'imported');
}
