import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'yaml';
import { films, latestRevision, publishedRevision } from '../../domain/film/index.ts';
import { listingsOf } from '../../domain/screenings/index.ts';
import { type Db, inFilm, inInstallation } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { fileKey, type Storage } from '../../platform/storage/index.ts';
import { formatVersion } from './read-folder.ts';

export type Exported = {
  readonly revisionNumber: number;
  readonly files: number;
  readonly screenings: number;
};

/**
 * Writes a film as a folder that `importFolder` reads back without a change. film.yaml comes last, so that a
 * folder with one is whole.
 * @throws {Refusal} unknown_film, folder_not_empty, never_published, file_missing
 */
export async function exportFolder(
  { db, storage }: { db: Db; storage: Storage },
  slug: string,
  folder: string,
  { published = false }: { published?: boolean } = {},
): Promise<Exported> {
  const film = (await inInstallation(db, films)).find((known) => known.slug === slug);
  if (!film) throw new Refusal('unknown_film', { slug });
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Refusal('folder_not_empty', { folder });
  const { revision, screenings } = await inFilm(db, film.id, async (tx) => ({
    revision: await (published ? publishedRevision(tx, film.id) : latestRevision(tx, film.id)),
    screenings: await listingsOf(tx, film.id),
  }));
  if (!revision) throw new Refusal('never_published', { slug });
  for (const [path, sha256] of Object.entries(revision.files)) {
    await writeOne(storage, fileKey(film.id, sha256), join(folder, path), path);
  }
  const half = join(folder, '.film.yaml');
  await writeFile(half, yamlOf({ houselights: formatVersion, ...revision.document, screenings }));
  await rename(half, join(folder, 'film.yaml'));
  return {
    revisionNumber: revision.number,
    files: Object.keys(revision.files).length,
    screenings: screenings.length,
  };
}

async function writeOne(storage: Storage, key: string, target: string, path: string): Promise<void> {
  const stream = await storage.stream(key);
  if (!stream) throw new Refusal('file_missing', { path });
  await mkdir(dirname(target), { recursive: true });
  await pipeline(stream, createWriteStream(target, { flags: 'wx' }));
}

function yamlOf(record: object): string {
  return stringify(record, { lineWidth: 110, version: '1.2', aliasDuplicateObjects: false });
}
