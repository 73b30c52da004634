import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Storage } from '../storage/index.ts';
import { damaged } from './format.ts';
import { readArchive } from './read-archive.ts';

export type FilesRestore = {
  putAll(path: string): Promise<void>;
  /** Removes what `putAll` has added, and only that. */
  takeBack(): Promise<void>;
};

/** Brings an archive's files into the store, each checked once more by its name, which is its hash. */
export function restoreFiles(storage: Storage): FilesRestore {
  const added: string[] = [];
  return {
    async putAll(path) {
      const folder = await mkdtemp(join(tmpdir(), 'houselights-restore-'));
      try {
        for await (const member of readArchive(path)) {
          if (member.what.kind !== 'file') continue;
          const { key, sha256 } = member.what;
          const half = join(folder, sha256);
          await pipeline(member.bytes, createWriteStream(half, { mode: 0o600 }));
          if (member.sha256() !== sha256) throw damaged(member.name);
          if ((await storage.sizeBytes(key)) === null) added.push(key);
          await storage.putFile(key, half);
          await rm(half);
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async takeBack() {
      for (const key of added) await storage.remove(key);
    },
  };
}
