import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { FilmDocument } from './document/index.ts';
import './tables.ts';

/** One whole state of what a film says of itself. Never changed once it is there. */
export type Revision = {
  readonly id: string;
  /** Counted from 1 in each film; what people call it by. */
  readonly number: number;
  readonly parentId: string | null;
  readonly document: FilmDocument;
  readonly files: Readonly<Record<string, string>>;
  readonly note: string;
  readonly madeAt: Temporal.Instant;
  readonly madeBy: string | null;
};

/** A revision as a list shows it, without its document. */
export type RevisionLine = Omit<Revision, 'document' | 'files'> & {
  /** When it last went out to the public; null: never. */
  readonly publishedAt: Temporal.Instant | null;
};

const columns = ['id', 'number', 'parentId', 'document', 'files', 'note', 'madeAt', 'madeBy'] as const;

/** The newest revision: what the team edits. */
export async function latestRevision(tx: Tx, filmId: string): Promise<Revision | undefined> {
  return await tx
    .selectFrom('filmRevision')
    .select(columns)
    .where('filmId', '=', filmId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The revision that the public reads; undefined before the first publication. */
export async function publishedRevision(tx: Tx, filmId: string): Promise<Revision | undefined> {
  return await tx
    .selectFrom('filmPublication')
    .innerJoin('filmRevision', (join) =>
      join
        .onRef('filmRevision.filmId', '=', 'filmPublication.filmId')
        .onRef('filmRevision.id', '=', 'filmPublication.revisionId'),
    )
    .select(columns.map((column) => `filmRevision.${column}` as const))
    .where('filmPublication.filmId', '=', filmId)
    .orderBy('filmPublication.number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The revision that people call by this number; undefined where the film has none. */
export async function revisionByNumber(
  tx: Tx,
  filmId: string,
  number: number,
): Promise<Revision | undefined> {
  return await tx
    .selectFrom('filmRevision')
    .select(columns)
    .where('filmId', '=', filmId)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** The newest first, 50 a page; `before` is the number of the last one seen. */
export async function revisionLines(
  tx: Tx,
  filmId: string,
  { before = null }: { before?: number | null } = {},
): Promise<RevisionLine[]> {
  let query = tx
    .selectFrom('filmRevision as revision')
    .select(['id', 'number', 'parentId', 'note', 'madeAt', 'madeBy'])
    .select((build) =>
      build
        .selectFrom('filmPublication as publication')
        .select((inner) => inner.fn.max('publication.publishedAt').as('at'))
        .whereRef('publication.filmId', '=', 'revision.filmId')
        .whereRef('publication.revisionId', '=', 'revision.id')
        .as('publishedAt'),
    )
    .where('filmId', '=', filmId)
    .orderBy('number', 'desc')
    .limit(50);
  if (before !== null) query = query.where('number', '<', before);
  return await query.execute();
}
