import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack as makePack } from 'tar-stream';
import { Refusal } from '../refusal.ts';
import { newSecret } from '../secrets.ts';
import { damaged, type MemberSum } from './format.ts';

// Longer than any backup takes; what is older was left by one that was killed.
const unfinishedHoursMax = 24;
const unfinished = /^\..+\.[A-Za-z0-9_-]{22}\.part$/;

/** An archive being written. Members are added one after the other. */
export type ArchiveWriter = {
  add(name: string, bytes: Buffer): Promise<void>;
  /** @throws Refusal `archive_damaged` when the stream does not hold what it should */
  addStream(name: string, bytes: Readable, expected: { sizeBytes: number; sha256: string }): Promise<void>;
  readonly sums: readonly MemberSum[];
};

/**
 * Writes a .tar.gz that only its owner may read. It gets its name when `check` has seen it whole and on disk;
 * whatever goes wrong before leaves nothing.
 */
export async function writeArchive(
  target: string,
  fill: (archive: ArchiveWriter) => Promise<void>,
  check: (path: string) => Promise<void>,
): Promise<void> {
  if (await stat(target).catch(() => null)) throw new Refusal('archive_exists');
  await sweep(dirname(target));
  const half = join(dirname(target), `.${basename(target)}.${newSecret()}.part`);
  const file = await open(half, 'wx', 0o600);
  try {
    await writeTar(file, fill);
    await file.sync();
    await check(half);
    await rename(half, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(half, { force: true });
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw isFull ? new Refusal('storage_full') : error;
  } finally {
    await file.close();
  }
}

async function writeTar(file: FileHandle, fill: (archive: ArchiveWriter) => Promise<void>): Promise<void> {
  const pack = makePack();
  const sums: MemberSum[] = [];
  const now = new Date();
  const entry = (name: string, size: number): Writable =>
    pack.entry({ name, size, mode: 0o600, mtime: now }) as unknown as Writable;
  const archive: ArchiveWriter = {
    sums,
    async add(name, bytes) {
      const member = entry(name, bytes.length);
      member.end(bytes);
      await finished(member);
      sums.push({ name, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    },
    async addStream(name, bytes, { sizeBytes, sha256 }) {
      const hash = createHash('sha256');
      const counted = async function* (): AsyncGenerator<Buffer> {
        for await (const chunk of bytes as AsyncIterable<Buffer>) {
          hash.update(chunk);
          yield chunk;
        }
      };
      await pipeline(counted, entry(name, sizeBytes));
      if (hash.digest('hex') !== sha256) throw damaged(name);
      sums.push({ name, sizeBytes, sha256 });
    },
  };
  const written = pipeline(pack as unknown as Readable, createGzip({ level: 5 }), async (zipped) => {
    for await (const chunk of zipped as AsyncIterable<Buffer>) await file.appendFile(chunk);
  });
  const filled = fill(archive).then(
    () => pack.finalize(),
    (error: unknown) => {
      pack.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    },
  );
  // When the disk breaks, members wait forever for room: whichever fails first is the reason.
  await Promise.race([filled, written.then(() => filled)]);
  await written;
}

/** Removes what killed backups left in the folder: it holds what an archive holds. */
async function sweep(folder: string): Promise<void> {
  const oldest = Date.now() - unfinishedHoursMax * 3_600_000;
  for (const name of await readdir(folder)) {
    if (!unfinished.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtimeMs < oldest) await rm(path, { force: true });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
