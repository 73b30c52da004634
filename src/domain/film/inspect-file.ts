import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { Refusal } from '../../platform/refusal.ts';
import type { StoredFile } from './pictures.ts';
import { whyNotSvg } from './svg.ts';

/** A picture's limit; film-format.md's figure. */
export const pictureBytesMax = 40 * 1024 * 1024;
/** A drawing is parsed as text, so it stays small. */
const svgBytesMax = 5 * 1024 * 1024;
const captionBytesMax = 2 * 1024 * 1024;
export const videoBytesMax = 4 * 1024 ** 3;
// Decoding takes 4 bytes a pixel: 120 megapixels are 480 MB, and larger than any still that a lab delivers.
const pixelsMax = 120_000_000;

/**
 * Looks at a file of the local disk and says what it is, by its content and never by its name.
 * @throws {Refusal} file_kind, file_too_large, file_empty, svg_unsafe (with `reason`), captions_broken (with
 *   `reason`), file_carries_more (with `what`), picture_broken, picture_too_large
 */
export async function inspectFile(path: string): Promise<StoredFile> {
  const { size } = await stat(path);
  if (size === 0) throw new Refusal('file_empty');
  const mime = await kindOf(path);
  const limit = limitOf(mime);
  if (size > limit) throw new Refusal('file_too_large', { megabytes: Math.floor(limit / 1024 / 1024) });
  const facts = { sha256: await sha256Of(path), mime, sizeBytes: size };
  if (mime === 'image/svg+xml') {
    const reason = whyNotSvg(await readFile(path, 'utf8'));
    if (reason) throw new Refusal('svg_unsafe', { reason });
  }
  if (mime === 'text/vtt') await lookAtCaptions(path);
  if (!mime.startsWith('image/')) return { ...facts, width: null, height: null, colour: null };
  const what = mime === 'image/svg+xml' ? null : await whatIsHidden(path);
  if (what !== null) throw new Refusal('file_carries_more', { what });
  return { ...facts, ...(await lookAt(path)) };
}

function limitOf(mime: string): number {
  if (mime === 'image/svg+xml') return svgBytesMax;
  if (mime === 'text/vtt') return captionBytesMax;
  return mime.startsWith('video/') ? videoBytesMax : pictureBytesMax;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path);
  await pipeline(file.createReadStream(), hash);
  return hash.digest('hex');
}

// Each comment in it ends at its first -->, so that there is one way only to read a hundred of them.
const svgBeginning = /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<svg[\s>]/;

// Magic numbers: PNG (RFC 2083), JPEG, GIF89a, RIFF/WEBP, ISO base media brands, Matroska/WebM, PDF, WebVTT.
async function kindOf(path: string): Promise<string> {
  const file = await open(path);
  const head = Buffer.alloc(1024);
  const { bytesRead } = await file.read(head, 0, head.length, 0).finally(() => file.close());
  const bytes = head.subarray(0, bytesRead);
  const ascii = bytes.toString('latin1');
  if (ascii.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (ascii.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (ascii.startsWith('GIF89a') || ascii.startsWith('GIF87a')) return 'image/gif';
  if (ascii.startsWith('RIFF') && ascii.slice(8, 12) === 'WEBP') return 'image/webp';
  if (ascii.slice(4, 8) === 'ftyp') return /^avi[fs]/.test(ascii.slice(8, 12)) ? 'image/avif' : 'video/mp4';
  if (ascii.startsWith('\x1a\x45\xdf\xa3') && ascii.includes('webm')) return 'video/webm';
  if (ascii.startsWith('%PDF-')) return 'application/pdf';
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (/^WEBVTT([ \t\r\n]|$)/.test(text)) return 'text/vtt';
  if (svgBeginning.test(text)) return 'image/svg+xml';
  throw new Refusal('file_kind');
}

// What a picture has no use for, and other programs would run or unpack: two files in one.
const hidden: readonly (readonly [what: string, sign: RegExp])[] = [
  ['a script', /<script[\s>/]|<\?php/i],
  ['a web page', /<!doctype html|<html[\s>]|<iframe[\s>]/i],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: end of central directory, which every ZIP and JAR has
  ['a ZIP archive', /PK\x05\x06/],
];

/** Reads a picture through in pieces, each with the end of the one before, so that no sign is cut in two. */
async function whatIsHidden(path: string): Promise<string | null> {
  const file = await open(path);
  let tail = '';
  for await (const chunk of file.createReadStream({ highWaterMark: 1024 * 1024 })) {
    const piece = tail + (chunk as Buffer).toString('latin1');
    const found = hidden.find(([, sign]) => sign.test(piece));
    if (found) return found[0];
    tail = piece.slice(-32);
  }
  return null;
}

/** Captions are shown as text tracks: they must be text, and hold at least their first line. */
async function lookAtCaptions(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (!isUtf8(bytes)) throw new Refusal('captions_broken', { reason: 'they are not UTF-8 text' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  if (/[\u0000-\u0008\u000b\u000e-\u001f]/.test(bytes.toString('utf8')))
    throw new Refusal('captions_broken', { reason: 'they hold control characters' });
}

async function lookAt(path: string): Promise<Pick<StoredFile, 'width' | 'height' | 'colour'>> {
  try {
    const options = { limitInputPixels: pixelsMax, failOn: 'error', animated: false } as const;
    const { width, height, orientation, format } = await sharp(path, options).metadata();
    const turned = orientation !== undefined && orientation >= 5;
    // A drawing is drawn no larger than it is looked at; a photograph is decoded whole, which finds a broken one.
    const density = format === 'svg' ? Math.max(1, (72 * 96) / Math.max(width, height, 96)) : undefined;
    const small = await sharp(path, { ...options, ...(density && { density }) })
      .resize(64, 64, { fit: 'inside' })
      .flatten({ background: '#ffffff' })
      .png()
      .toBuffer();
    const { dominant } = await sharp(small).stats();
    const channels = [dominant.r, dominant.g, dominant.b];
    return {
      width: turned ? height : width,
      height: turned ? width : height,
      colour: `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`,
    };
  } catch (error) {
    if (error instanceof Error && /pixel limit/i.test(error.message)) throw new Refusal('picture_too_large');
    throw new Refusal('picture_broken');
  }
}
