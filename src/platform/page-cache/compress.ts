import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

// Below this the headers weigh more than what compression saves.
const bytesMin = 600;

/** Quick to make, for the visitor who waits on a page that nobody asked for since it changed. */
export const quickBrotli = 4;
/** What the page is kept as afterwards: a tenth smaller, thirty times slower, made beside the traffic. */
export const bestBrotli = 9;

export async function compressBrotli(body: Buffer, quality: number): Promise<Buffer | null> {
  if (body.length < bytesMin) return null;
  return await brotli(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}

export async function compressGzip(body: Buffer): Promise<Buffer | null> {
  return body.length < bytesMin ? null : await gzipped(body, { level: 6 });
}
