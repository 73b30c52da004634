import { isDeepStrictEqual } from 'node:util';
import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { type FilmDocument, filmDocument } from './document/index.ts';
import { filePathsOf, filesOf } from './files.ts';
import { latestRevision, type Revision } from './revisions.ts';
import './tables.ts';

export type Draft = {
  readonly document: FilmDocument;
  /** Which stored bytes each path of the document means: `media/hero.jpg` → SHA-256. */
  readonly files: Readonly<Record<string, string>>;
  /** The revision that was open in the editor; null: whichever is the latest. */
  readonly parentId: string | null;
  readonly note?: string;
};

export type Saved = { readonly revision: Revision; readonly changed: boolean };

/**
 * Keeps a whole document as the film's next revision. A document that says the same as the latest one makes
 * none. Nothing goes out until `publishRevision`.
 * @throws {Refusal} edited_meanwhile when somebody saved after `parentId`; unknown_file when a path of the
 *   document has no stored bytes
 */
export async function saveRevision(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { document, files, parentId, note = '' }: Draft,
): Promise<Saved> {
  const valid = filmDocument.parse(document);
  await lockFilm(tx, filmId);
  const latest = await latestRevision(tx, filmId);
  if (parentId !== null && latest?.id !== parentId) {
    throw new Refusal('edited_meanwhile', { number: latest?.number ?? 0 });
  }
  const used = await keepUsedFiles(tx, filmId, valid, files);
  if (latest && isSameDocument(latest.document, valid) && isDeepStrictEqual(latest.files, used)) {
    return { revision: latest, changed: false };
  }
  const revision: Revision = {
    id: newId(),
    number: (latest?.number ?? 0) + 1,
    parentId: latest?.id ?? null,
    document: valid,
    files: used,
    note,
    madeAt: now,
    madeBy: by.name,
  };
  await tx
    .insertInto('filmRevision')
    .values({ ...revision, filmId, document: JSON.stringify(valid), files: JSON.stringify(used) })
    .execute();
  await recordAudit(tx, filmId, now, by, { action: 'film.save', subject: `revision ${revision.number}` });
  return { revision, changed: true };
}

/**
 * One saver at a time, so that numbers have no gaps and no two revisions share a parent unseen. Not `for update`:
 * that would hold up every row that refers to the film, a visitor's inquiry among them.
 */
export async function lockFilm(tx: Tx, filmId: string): Promise<void> {
  await tx
    .selectFrom('film')
    .select('id')
    .where('id', '=', filmId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

async function keepUsedFiles(
  tx: Tx,
  filmId: string,
  document: FilmDocument,
  files: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const paths = filePathsOf(document);
  const used: Record<string, string> = {};
  for (const path of [...paths].sort()) {
    const sha256 = files[path];
    if (sha256 === undefined) throw new Refusal('unknown_file', { path });
    used[path] = sha256;
  }
  const stored = await filesOf(tx, filmId, used);
  for (const path of Object.keys(used)) if (!stored.has(path)) throw new Refusal('unknown_file', { path });
  return used;
}

/** As text, because the order of a film's forms and languages is part of what it says. */
function isSameDocument(one: FilmDocument, other: FilmDocument): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
