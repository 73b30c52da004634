import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { programRoot } from '../../platform/root.ts';
import { fileKey, type Storage } from '../../platform/storage/index.ts';
import { readFolder } from '../folder/read-folder.ts';
import type { PageModel } from '../site/model.ts';

const folder = join(programRoot, 'examples/union');

/** For tests: the example film as its pages see it, its files in the storage. */
export async function unionModel(storage: Storage, language = 'en'): Promise<PageModel> {
  const { document, files } = await readFolder(folder);
  const filmId = '01939a3e-0000-7000-8000-000000000001';
  for (const { location, file } of files.values())
    await storage.put(fileKey(filmId, file.sha256), await readFile(location));
  return {
    filmId,
    document,
    files: new Map([...files].map(([path, { file }]) => [path, file])),
    language,
    base: '',
    canonicalBase: '',
    origin: 'https://union.example.org',
    path: '/press',
    now: Temporal.Instant.from('2026-11-03T12:00:00Z'),
    preview: null,
  };
}
