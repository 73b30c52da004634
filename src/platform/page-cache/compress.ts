import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

// Below this the headers weigh more than what compression saves.
const bytesMin = 600;

/** A tenth of a millisecond for a page of 50 kB, for the visitor who waits on one that nobody asked for since it changed. */
export const quickBrotli = 1;
/** A fifth smaller, eight times slower. Quality 11 saves another eighth and takes sixty times as long as this. */
export const goodBrotli = 9;
/**
 * The encoder clears tables as large as its window before it begins: with the default of 4 MB that is ten times
 * the work of compressing a page. A window that holds the page finds as much.
 */
const windowBits = (length: number): number =>
  Math.min(constants.BROTLI_DEFAULT_WINDOW, Math.max(16, Math.ceil(Math.log2(length + 16))));

/** null: too small to gain anything. */
export async function compressBrotli(body: Buffer, quality: number): Promise<Buffer | null> {
  if (body.length < bytesMin) return null;
  return await brotli(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      [constants.BROTLI_PARAM_LGWIN]: windowBits(body.length),
    },
  });
}

/** For the few that take no Brotli, at zlib's own level. */
export async function compressGzip(body: Buffer): Promise<Buffer> {
  return await gzipped(body, { level: 6 });
}
