import { createHash } from 'node:crypto';
import { bestBrotli, compressBrotli, compressGzip, quickBrotli } from './compress.ts';
import type { CachedPage, FreshPage, Representation } from './index.ts';

// A shared cache may keep a page but asks again each time: the ETag makes that cheap, and a publication is
// seen at once.
const cacheControl = 'public, max-age=0, must-revalidate';

/** Makes a fresh page ready to go out in each encoding. The better compression follows when there is time. */
export async function representAll(fresh: FreshPage): Promise<CachedPage> {
  const body = typeof fresh.body === 'string' ? Buffer.from(fresh.body) : fresh.body;
  const etag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const compressible = /^(text\/|application\/(json|xml|rss\+xml|ld\+json|speculationrules)|image\/svg)/.test(
    fresh.contentType,
  );
  const represent = (bytes: Buffer, encoding: string | null): Representation => ({
    bytes,
    headers: Object.entries({
      'content-type': fresh.contentType,
      'content-length': String(bytes.length),
      'cache-control': cacheControl,
      // Strong tags name bytes, and each encoding has bytes of its own.
      etag: `"${etag}${encoding ? `-${encoding}` : ''}"`,
      ...(compressible && { vary: 'accept-encoding' }),
      ...(encoding && { 'content-encoding': encoding }),
      ...fresh.headers,
    }).flat(),
  });
  const quick = compressible ? await compressBrotli(body, quickBrotli) : null;
  const page: CachedPage = {
    status: fresh.status ?? 200,
    etag,
    identity: represent(body, null),
    gzip: null,
    brotli: quick && represent(quick, 'br'),
    trueUntilMs: fresh.trueUntil?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
  };
  if (quick) improve(page, body, represent);
  return page;
}

function improve(
  page: CachedPage,
  body: Buffer,
  represent: (bytes: Buffer, encoding: string) => Representation,
): void {
  const better = async () => {
    const best = await compressBrotli(body, bestBrotli);
    const plain = await compressGzip(body);
    if (plain) page.gzip = represent(plain, 'gzip');
    // The tag names these bytes, so it changes with them.
    if (best) page.brotli = retagged(represent(best, 'br'));
  };
  setTimeout(() => void better(), improveAfterMs).unref();
}

// Pages that are dropped again at once, as in a burst of edits, are not worth the better compression.
const improveAfterMs = 250;

function retagged(representation: Representation): Representation {
  const headers = representation.headers.map((value, at) =>
    representation.headers[at - 1] === 'etag' ? value.replace(/-br"$/, '-brx"') : value,
  );
  return { ...representation, headers };
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
