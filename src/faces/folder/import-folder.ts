import {
  createFilm,
  films,
  publishedRevision,
  publishRevision,
  rememberFile,
  saveRevision,
} from '../../domain/film/index.ts';
import { enrolInstallationOwners } from '../../domain/people/index.ts';
import { type Applied, applyListings } from '../../domain/screenings/index.ts';
import type { Actor } from '../../platform/audit/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inFilm, inInstallation } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { fileKey, type Storage } from '../../platform/storage/index.ts';
import { readFolder } from './read-folder.ts';

export type Imported = {
  readonly filmId: string;
  readonly slug: string;
  readonly isNew: boolean;
  readonly revisionNumber: number;
  readonly changed: boolean;
  readonly published: boolean;
  readonly screenings: Applied;
};

/**
 * Takes a film folder into the installation: a new film, or a new draft revision of the one with its slug, and
 * its screenings. Files are stored first, where they are harmless; then everything else in one transaction.
 * @throws {FolderRefused} with everything that is wrong in the folder; then nothing was imported
 */
export async function importFolder(
  { db, storage, clock }: { db: Db; storage: Storage; clock: Clock },
  by: Actor,
  folder: string,
  { publish }: { publish: boolean },
): Promise<Imported> {
  const { document, screenings, files } = await readFolder(folder);
  const { slug } = document.film;
  const known = (await inInstallation(db, films)).find((film) => film.slug === slug);
  const filmId = known?.id ?? newId();
  for (const { location, file } of files.values())
    await storage.putFile(fileKey(filmId, file.sha256), location);
  return await inFilm(db, filmId, async (tx) => {
    const now = clock();
    if (!known) {
      await createFilm(tx, filmId, now, { slug });
      await enrolInstallationOwners(tx, filmId, now);
    }
    for (const { file } of files.values()) await rememberFile(tx, filmId, now, file);
    const { revision, changed } = await saveRevision(tx, filmId, now, by, {
      document,
      files: Object.fromEntries([...files].map(([path, { file }]) => [path, file.sha256])),
      parentId: null,
      note: 'Imported from a folder',
    });
    const applied = await applyListings(tx, filmId, now, by, screenings);
    if (publish) await publishRevision(tx, filmId, now, by, revision.number);
    const public_ = await publishedRevision(tx, filmId);
    return {
      filmId,
      slug,
      isNew: !known,
      revisionNumber: revision.number,
      changed,
      published: public_?.id === revision.id,
      screenings: applied,
    };
  });
}
