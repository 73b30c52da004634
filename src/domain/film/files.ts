import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { FilmDocument } from './document/index.ts';
import type { StoredFile } from './pictures.ts';
import './tables.ts';

/** Every path of the folder that a document names: pictures, captions, the trailer, downloads. */
export function filePathsOf(document: FilmDocument): Set<string> {
  const { film } = document;
  const paths = new Set<string>();
  const add = (path: string | undefined) => path !== undefined && paths.add(path);
  for (const picture of [film.hero, film.poster, ...(film.stills ?? [])]) add(picture?.image);
  if (film.trailer && 'file' in film.trailer) {
    add(film.trailer.file);
    for (const captions of Object.values(film.trailer.captions ?? {})) add(captions);
  }
  for (const logo of document.logos ?? []) add(logo.image);
  for (const partner of document.partners?.list ?? []) add(partner.logo);
  for (const action of document.take_action?.actions ?? []) {
    if (/^(media|captions)\//.test(action.url)) add(action.url);
  }
  return paths;
}

/** Notes that a film holds these bytes; holding them twice is holding them once. */
export async function rememberFile(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  file: StoredFile,
): Promise<void> {
  await tx
    .insertInto('filmFile')
    .values({ filmId, ...file, createdAt: now })
    .onConflict((conflict) => conflict.columns(['filmId', 'sha256']).doNothing())
    .execute();
}

const columns = ['sha256', 'mime', 'sizeBytes', 'width', 'height', 'colour'] as const;

/** The file of this hash, where this film holds it. */
export async function fileBySha256(tx: Tx, filmId: string, sha256: string): Promise<StoredFile | undefined> {
  return await tx
    .selectFrom('filmFile')
    .select(columns)
    .where('filmId', '=', filmId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
}

/** The stored file behind each path of a revision. */
export async function filesOf(
  tx: Tx,
  filmId: string,
  files: Readonly<Record<string, string>>,
): Promise<Map<string, StoredFile>> {
  const hashes = [...new Set(Object.values(files))];
  if (hashes.length === 0) return new Map();
  const stored = await tx
    .selectFrom('filmFile')
    .select(columns)
    .where('filmId', '=', filmId)
    .where('sha256', 'in', hashes)
    .execute();
  const bySha256 = new Map(stored.map((file) => [file.sha256, file]));
  const byPath = new Map<string, StoredFile>();
  for (const [path, sha256] of Object.entries(files)) {
    const file = bySha256.get(sha256);
    if (file) byPath.set(path, file);
  }
  return byPath;
}
