import { Readable } from 'node:stream';
import { endings, fileBySha256, type PictureFormat, type StoredFile } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { fileKey } from '../../../platform/storage/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answerKept } from '../answer.tsx';
import { pageModel } from '../page-model.ts';
import { themeFile } from '../pages/theme-file.ts';
import type { SiteApp, SiteContext } from '../visit.ts';
import { byteRangeOf } from './byte-range.ts';
import { rendering } from './renderings.ts';

// Named by content, so it can never change.
const forEver = 'public, max-age=31536000, immutable';

/** Pictures in their sizes, files as they were given, and the film's own stylesheet. */
export function addMediaRoutes(site: SiteApp, house: House): void {
  site.get('/media/:name', async (c) => {
    const [, sha256 = '', width, ending = ''] =
      /^([0-9a-f]{64})(?:-(\d{2,4}))?\.([a-z0-9]{3,4})$/.exec(c.req.param('name')) ?? [];
    const { filmId } = c.env.visit;
    const file = sha256 && (await inFilm(house.db, filmId, (tx) => fileBySha256(tx, filmId, sha256)));
    if (!file) throw new NotFound();
    if (width === undefined) return await answerOriginal(c, house, file, ending);
    return await answerRendering(c, house, file, Number(width), ending);
  });
  site.get('/theme/:name', async (c) => {
    const model = await pageModel(house, c.env.visit);
    if (!model) throw new NotFound();
    const { path, css } = themeFile(model.document, model.files);
    const contentType = 'text/css; charset=utf-8';
    // A page that a browser kept may ask for the theme of an earlier revision: today's is better than none.
    if (path !== `/theme/${c.req.param('name')}`)
      return c.body(css, 200, { 'content-type': contentType, 'cache-control': 'no-cache' });
    const headers = { 'cache-control': forEver };
    return await answerKept(c, house, { tags: ['film'] }, async () => ({ contentType, body: css, headers }));
  });
}

async function answerRendering(
  c: SiteContext,
  house: House,
  file: StoredFile,
  width: number,
  ending: string,
): Promise<Response> {
  if (ending !== 'avif' && ending !== 'webp') throw new NotFound();
  const format: PictureFormat = ending;
  const bytes = await rendering(house.storage, c.env.visit.filmId, file, width, format);
  if (!bytes) throw new NotFound();
  return c.body(new Uint8Array(bytes), 200, { 'content-type': `image/${format}`, 'cache-control': forEver });
}

async function answerOriginal(
  c: SiteContext,
  house: House,
  file: StoredFile,
  ending: string,
): Promise<Response> {
  if (endings[file.mime] !== ending) throw new NotFound();
  const range = byteRangeOf(c.req.header('range'), file.sizeBytes);
  if (range === 'unsatisfiable') return c.body(null, 416, { 'content-range': `bytes */${file.sizeBytes}` });
  const stream = await house.storage.stream(fileKey(c.env.visit.filmId, file.sha256), range ?? undefined);
  if (!stream) throw new NotFound();
  const { first, last } = range ?? { first: 0, last: file.sizeBytes - 1 };
  const headers = {
    'content-type': file.mime,
    'content-length': String(last - first + 1),
    'accept-ranges': 'bytes',
    'cache-control': forEver,
    etag: `"${file.sha256.slice(0, 22)}"`,
    // A drawing opened by itself is a document: it gets no powers at all.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ...(range && { 'content-range': `bytes ${first}-${last}/${file.sizeBytes}` }),
  };
  return c.body(Readable.toWeb(stream) as ReadableStream, range ? 206 : 200, headers);
}
