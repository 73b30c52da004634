import { createHash } from 'node:crypto';
import { compressBrotli, compressGzip, goodBrotli, quickBrotli } from './compress.ts';
import type { CachedPage, FreshPage, Representation } from './index.ts';

// A shared cache may keep a page but asks again each time: the ETag makes that cheap, and a publication is
// seen at once.
const cacheControl = 'public, max-age=0, must-revalidate';

/** Makes a fresh page ready to go out at once: plain, and in a quick Brotli. */
export async function representQuickly(fresh: FreshPage): Promise<CachedPage> {
  const body = typeof fresh.body === 'string' ? Buffer.from(fresh.body) : fresh.body;
  const etag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const represent = representer(fresh, etag);
  const quick = isCompressible(fresh) ? await compressBrotli(body, quickBrotli) : null;
  return {
    status: fresh.status ?? 200,
    etag,
    identity: represent(body, null),
    gzip: null,
    brotli: quick && represent(quick, 'br'),
    trueUntilMs: fresh.trueUntil?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    improve: quick
      ? async (page) => {
          const good = await compressBrotli(body, goodBrotli);
          // The tag names these bytes, so it changes with them.
          if (good) page.brotli = represent(good, 'br', '-brx');
          page.gzip = represent(await compressGzip(body), 'gzip');
        }
      : null,
  };
}

function isCompressible({ contentType }: FreshPage): boolean {
  return /^(text\/|application\/(json|xml|rss\+xml|ld\+json|speculationrules)|image\/svg)/.test(contentType);
}

function representer(fresh: FreshPage, etag: string) {
  return (bytes: Buffer, encoding: string | null, mark = encoding ? `-${encoding}` : ''): Representation => ({
    bytes,
    headers: Object.entries({
      'content-type': fresh.contentType,
      'content-length': String(bytes.length),
      'cache-control': cacheControl,
      // Strong tags name bytes, and each encoding has bytes of its own.
      etag: `"${etag}${mark}"`,
      ...(isCompressible(fresh) && { vary: 'accept-encoding' }),
      ...(encoding && { 'content-encoding': encoding }),
      ...fresh.headers,
    }).flat(),
  });
}

/** The best bytes that a browser says it takes. */
export function representationFor(page: CachedPage, acceptEncoding: string | undefined): Representation {
  if (acceptEncoding !== undefined) {
    if (page.brotli && accepts(acceptEncoding, 'br')) return page.brotli;
    if (page.gzip && accepts(acceptEncoding, 'gzip')) return page.gzip;
  }
  return page.identity;
}

// RFC 9110, 12.5.3, as far as browsers and caches use it: a listed coding, unless its weight is zero.
const listed = {
  br: /(?:^|,)\s*br\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?(?:,|$)/i,
  gzip: /(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?(?:,|$)/i,
} as const;

function accepts(header: string, coding: keyof typeof listed): boolean {
  const found = listed[coding].exec(header);
  return found !== null && (found[1] === undefined || Number(found[1]) > 0);
}
