import type { Temporal } from 'temporal-polyfill';
import {
  endings,
  inspectFile,
  pictureBytesMax,
  rememberFile,
  type StoredFile,
  videoBytesMax,
} from '../../../../domain/film/index.ts';
import { inFilm } from '../../../../platform/database/database.ts';
import { Refusal } from '../../../../platform/refusal.ts';
import { fileKey } from '../../../../platform/storage/index.ts';
import type { House } from '../../../house.ts';
import type { FileKind } from '../form/field.ts';
import type { SentFile } from './read-sent.ts';

export type FileHouse = Pick<House, 'db' | 'storage'>;

const accepted: Readonly<Record<FileKind, RegExp>> = {
  picture: /^image\//,
  video: /^video\//,
  captions: /^text\/vtt$/,
  download: /^(image\/|application\/pdf$)/,
};

/** What a file input offers to choose from; the server looks at the content all the same. */
export const acceptOf: Readonly<Record<FileKind, string>> = {
  picture: 'image/jpeg,image/png,image/webp,image/avif,image/gif,image/svg+xml,.svg',
  video: 'video/mp4,video/webm',
  captions: '.vtt,text/vtt',
  download: 'application/pdf,image/jpeg,image/png,image/webp,image/svg+xml',
};

/** How large a file of a kind may be while it comes in. */
export function bytesMaxOf(kind: FileKind): number {
  return kind === 'video' ? videoBytesMax : pictureBytesMax;
}

// Other spellings of an ending that mean the same kind.
const alsoNamed: Readonly<Record<string, readonly string[]>> = {
  jpg: ['jpeg', 'jpe', 'jfif'],
  mp4: ['m4v', 'mov'],
  avif: ['avifs'],
};

/**
 * Looks at a file that was sent, stores its bytes and notes that the film holds them. Bytes first: a row
 * never speaks of a file that is not there.
 * @throws {Refusal} file_not_accepted · file_misnamed · and those of inspectFile
 */
export async function keepFile(
  house: FileHouse,
  filmId: string,
  now: Temporal.Instant,
  sent: SentFile,
  kind: FileKind,
): Promise<StoredFile> {
  const stored = await inspectFile(sent.path);
  if (!accepted[kind].test(stored.mime)) throw new Refusal('file_not_accepted', { kind });
  const ending = endings[stored.mime] ?? '';
  const named = /\.([A-Za-z0-9]{1,10})$/.exec(sent.fileName)?.[1]?.toLowerCase();
  if (named !== undefined && named !== ending && !alsoNamed[ending]?.includes(named))
    throw new Refusal('file_misnamed', { named, ending });
  await house.storage.putFile(fileKey(filmId, stored.sha256), sent.path);
  await inFilm(house.db, filmId, (tx) => rememberFile(tx, filmId, now, stored));
  return stored;
}

/**
 * Where a stored file stands in the film's folder: named after what people called it, under a name of its own.
 * The same bytes under the same name are the same file.
 */
export function pathFor(
  file: Pick<StoredFile, 'sha256' | 'mime'>,
  fileName: string,
  taken: Readonly<Record<string, string>>,
): string {
  const folder = file.mime === 'text/vtt' ? 'captions' : 'media';
  const ending = endings[file.mime] ?? 'bin';
  const name = slugOf(fileName.replace(/\.[^.]*$/, '')) || 'file';
  for (let count = 1; ; count += 1) {
    const path = `${folder}/${count === 1 ? name : `${name}-${count}`}.${ending}`;
    if (taken[path] === undefined || taken[path] === file.sha256) return path;
  }
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}
