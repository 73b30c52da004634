import { Readable } from 'node:stream';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { byteRangeOf } from '../site/media/byte-range.ts';
import { pageModel } from '../site/page-model.ts';
import type { SiteApp } from '../site/visit.ts';
import { type Kit, kitOf } from './kit.ts';

/** The press kit as one zip, made from the film's own record. */
export function addPressKitRoutes(site: SiteApp, house: House): void {
  site.get('/press/kit.zip', async (c) => {
    const model = await pageModel(house, c.env.visit);
    if (!model) throw new NotFound();
    const kit = await kitOf(house.storage, model);
    const headers = headersOf(kit, model.preview !== null);
    if (c.req.header('if-none-match')?.includes(`"${kit.etag}"`)) return c.body(null, 304, headers);
    const range = byteRangeOf(rangeFor(c.req.header('range'), c.req.header('if-range'), kit), kit.sizeBytes);
    if (range === 'unsatisfiable') return c.body(null, 416, { 'content-range': `bytes */${kit.sizeBytes}` });
    const { first, last } = range ?? { first: 0, last: kit.sizeBytes - 1 };
    const sized = {
      ...headers,
      'content-type': 'application/zip',
      'content-length': String(last - first + 1),
      'content-disposition': `attachment; filename="${model.document.film.slug}-press-kit.zip"`,
      ...(range && { 'content-range': `bytes ${first}-${last}/${kit.sizeBytes}` }),
    };
    if (c.req.method === 'HEAD') return c.body(null, 200, sized);
    const stream = await house.storage.stream(kit.key, range ?? undefined);
    if (stream === null) throw new Error('the press kit is not in the storage');
    return c.body(Readable.toWeb(stream) as ReadableStream, range ? 206 : 200, sized);
  });
}

function headersOf({ etag }: Kit, isDraft: boolean): Record<string, string> {
  return {
    etag: `"${etag}"`,
    'accept-ranges': 'bytes',
    'cache-control': isDraft ? 'no-store' : 'public, max-age=0, must-revalidate',
    // A search engine should find the press page, not its download.
    'x-robots-tag': 'noindex',
  };
}

/** A download goes on only with the kit that it began with. */
function rangeFor(range: string | undefined, ifRange: string | undefined, { etag }: Kit): string | undefined {
  return ifRange === undefined || ifRange === `"${etag}"` ? range : undefined;
}
