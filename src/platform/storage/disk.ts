import { constants, createReadStream, type Stats } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Refusal } from '../refusal.ts';
import { newSecret } from '../secrets.ts';
import type { ByteRange, Storage } from './index.ts';
import { assertKey, assertPrefix } from './keys.ts';
import { whyNotRoundTrip } from './round-trip.ts';

/** What a put has not finished yet; a key never begins with a dot, so no reader meets it. */
const unfinished = '.part-';
const unfinishedHoursMax = 24;

/**
 * Keeps files in a folder. A put writes beside its place, syncs, renames and syncs the folder: after a
 * crash the whole file is there or none of it.
 */
export function diskStorage(root: string): Storage {
  const swept = new Set<string>();
  const place = (key: string): string => {
    assertKey(key);
    return join(root, key);
  };
  const putWith = async (key: string, write: (path: string) => Promise<void>): Promise<void> => {
    const target = place(key);
    const folder = dirname(target);
    const half = join(folder, `${unfinished}${newSecret()}`);
    try {
      await makeFolder(root, folder);
      if (!swept.has(folder)) await sweep(folder);
      swept.add(folder);
      await write(half);
      await syncPath(half);
      await rename(half, target);
      await syncPath(folder);
    } catch (error) {
      await rm(half, { force: true }).catch(() => {});
      throw isFull(error) ? new Refusal('storage_full') : error;
    }
  };
  const storage: Storage = {
    kind: 'disk',
    put: (key, bytes) => putWith(key, (path) => writeWhole(path, bytes)),
    putFile: (key, path) => putWith(key, (half) => copyFile(path, half, constants.COPYFILE_FICLONE)),
    async get(key) {
      const file = await openToRead(place(key));
      if (file === null) return null;
      return await file.readFile().finally(() => file.close());
    },
    stream: (key, range) => streamOf(place(key), range),
    async sizeBytes(key) {
      const found = await statOrNull(place(key));
      return found?.isFile() ? found.size : null;
    },
    async remove(key) {
      const target = place(key);
      await rm(target, { force: true });
      await syncPath(dirname(target)).catch(ignoreMissing);
    },
    list(prefix) {
      assertPrefix(prefix);
      return listBelow(root, prefix);
    },
    whyNotWritable: () => whyNotRoundTrip(storage),
  };
  return storage;
}

/** Makes the folders that are missing and syncs each one's parent, so that the way to a file survives too. */
async function makeFolder(root: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let at = dirname(folder); at.length >= dirname(first).length; at = dirname(at)) {
    await syncPath(at);
    if (at === dirname(root) || at === dirname(at)) break;
  }
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes what puts of a killed process left behind, once a folder and process. */
async function sweep(folder: string): Promise<void> {
  const oldest = Date.now() - unfinishedHoursMax * 3_600_000;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(unfinished)) continue;
    const path = join(folder, name);
    const found = await statOrNull(path);
    if (found !== null && found.mtimeMs < oldest) await rm(path, { force: true });
  }
}

async function openToRead(path: string): Promise<FileHandle | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return null;
  } catch (error) {
    ignoreMissing(error);
    return null;
  }
}

async function streamOf(path: string, range: ByteRange | undefined): Promise<Readable | null> {
  const file = await openToRead(path);
  if (file === null) return null;
  if (range === undefined) return file.createReadStream();
  const { size } = await file.stat();
  if (range.first < 0 || range.first >= size || range.last < range.first) {
    await file.close();
    throw new RangeError('a range outside the file');
  }
  return createReadStream(path, { fd: file, start: range.first, end: Math.min(range.last, size - 1) });
}

async function statOrNull(path: string): Promise<Stats | null> {
  return await stat(path).catch((error: unknown) => {
    ignoreMissing(error);
    return null;
  });
}

/** Depth first in name order, without reading folders that cannot hold the prefix. */
async function* listBelow(root: string, prefix: string): AsyncGenerator<string> {
  const walk = async function* (folder: string): AsyncGenerator<string> {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
      ignoreMissing(error);
      return [];
    });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile() && key.startsWith(prefix)) yield key;
      const below = `${key}/`;
      if (entry.isDirectory() && (below.startsWith(prefix) || prefix.startsWith(below))) yield* walk(key);
    }
  };
  yield* walk('');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(codeOf(error)));
}

function ignoreMissing(error: unknown): void {
  // ELOOP: a symbolic link where a file should be; it is not ours.
  if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(codeOf(error)))) throw error;
}
