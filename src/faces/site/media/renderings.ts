import sharp from 'sharp';
import { type PictureFormat, type StoredFile, widthsOf } from '../../../domain/film/index.ts';
import { fileKey, keepMade, renderingKey, type Storage } from '../../../platform/storage/index.ts';

// One picture at a time on one core: the other core answers visitors, and memory stays that of one picture.
sharp.concurrency(1);
sharp.cache(false);
const renderingsAtOnce = 1;
// AVIF at effort 2 takes half the time of 3 for 2 % more bytes, measured on the example's hero.
const encodings = {
  avif: { quality: 55, effort: 2 },
  webp: { quality: 78, effort: 4 },
} as const;
// A vector is drawn at twice the largest width at most; beyond, librsvg needs hundreds of megabytes.
const vectorPixelsMax = 60_000_000;

let free = renderingsAtOnce;
/** Visitors wait in the first line; what is made ahead of them in the second. */
const waiting: { readonly now: (() => void)[]; readonly later: (() => void)[] } = { now: [], later: [] };

/**
 * A picture in one of its widths and formats, made at the first ask and kept in the storage.
 * @returns null when the file offers no such width, or its bytes are not there
 */
export async function rendering(
  storage: Storage,
  filmId: string,
  file: StoredFile,
  width: number,
  format: PictureFormat,
  line: keyof typeof waiting = 'now',
): Promise<Buffer | null> {
  if (!widthsOf(file).includes(width)) return null;
  const key = renderingKey(filmId, file.sha256, width, format);
  const kept = await storage.get(key);
  if (kept) return kept;
  return await inTurn(line, async () => {
    const meanwhile = await storage.get(key);
    if (meanwhile) return meanwhile;
    const bytes = await storage.get(fileKey(filmId, file.sha256));
    if (!bytes) return null;
    const made = await render(bytes, file, width, format);
    await keepMade(storage, key, made);
    return made;
  });
}

async function render(
  bytes: Buffer,
  file: StoredFile,
  width: number,
  format: PictureFormat,
): Promise<Buffer> {
  const density = file.mime === 'image/svg+xml' ? densityFor(file, width) : undefined;
  const picture = sharp(bytes, { ...(density && { density }), limitInputPixels: vectorPixelsMax * 2 })
    .rotate()
    .resize({ width, withoutEnlargement: density === undefined });
  return await (format === 'avif' ? picture.avif(encodings.avif) : picture.webp(encodings.webp)).toBuffer();
}

/** So many dots per inch that a drawing comes out as wide as it is wanted (72: its own size), from 1 to 2400. */
function densityFor({ width: own, height }: StoredFile, wanted: number): number {
  if (!own || !height) return 72;
  const scale = Math.min(wanted / own, Math.sqrt(vectorPixelsMax / (own * height)));
  return Math.min(2_400, Math.max(1, 72 * scale));
}

async function inTurn<T>(line: keyof typeof waiting, work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((go) => waiting[line].push(go));
  try {
    return await work();
  } finally {
    const next = waiting.now.shift() ?? waiting.later.shift();
    if (next) next();
    else free += 1;
  }
}
