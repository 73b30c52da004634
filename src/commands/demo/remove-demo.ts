import { films, isDemoFilm } from '../../domain/film/index.ts';
import { inFilm, inInstallation } from '../../platform/database/database.ts';
import { type RemovedRows, removeDemoFilm } from '../../platform/database/remove-demo-film.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Storage } from '../../platform/storage/index.ts';
import type { Ground } from '../ground.ts';

export type RemovedDemo = RemovedRows & { readonly files: number };

/**
 * Takes a film away that `demo` made: its files, its rows in every table, its jobs. Stopped half-way, it can be asked
 * for again: until the last step the film is there, with all of its rows.
 * @throws {Refusal} unknown_film · not_demo
 */
export async function removeDemo(
  { database, storage }: Pick<Ground, 'database' | 'storage'>,
  slug: string,
): Promise<RemovedDemo> {
  const db = database.kysely;
  const film = (await inInstallation(db, films)).find((known) => known.slug === slug);
  if (!film) throw new Refusal('unknown_film', { slug });
  // Asked before the first file goes, and by the removal itself once more.
  const isDemo = await inFilm(db, film.id, (tx) => isDemoFilm(tx, film.id));
  if (!isDemo) throw new Refusal('not_demo', { slug });
  const before = await removeFiles(storage, film.id);
  const removed = await removeDemoFilm(database.connection, film.id);
  // A worker may have drawn a picture of it meanwhile.
  const after = await removeFiles(storage, film.id);
  return { ...removed, files: before + after };
}

async function removeFiles(storage: Storage, filmId: string): Promise<number> {
  const keys: string[] = [];
  for await (const key of storage.list(`${filmId}/`)) keys.push(key);
  for (const key of keys) await storage.remove(key);
  return keys.length;
}
