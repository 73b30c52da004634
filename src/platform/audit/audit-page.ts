import { sql } from 'kysely';
import type { Tx } from '../database/database.ts';
import type { AuditLine } from './index.ts';
import './tables.ts';

const linesPerPage = 50;

/** Which lines to show; an empty text is no wish. `person` `none` is the command line and jobs. */
export type AuditView = { readonly action: string; readonly person: string; readonly before: string };

/** A page of the log, the newest first; `before` is the id of the last line seen. */
export async function auditPage(
  tx: Tx,
  filmId: string,
  { action, person, before }: AuditView,
): Promise<{ lines: AuditLine[]; hasMore: boolean }> {
  let query = tx
    .selectFrom('audit')
    .select(['id', 'at', 'personName', 'action', 'subject', 'details'])
    .where('filmId', '=', filmId)
    .orderBy('id', 'desc')
    .limit(linesPerPage + 1);
  if (before !== '') query = query.where('id', '<', before);
  if (action !== '') query = query.where('action', '=', action);
  if (person === 'none') query = query.where('personId', 'is', null);
  else if (person !== '') query = query.where('personId', '=', person);
  const found = await query.execute();
  return { lines: found.slice(0, linesPerPage), hasMore: found.length > linesPerPage };
}

/** What was done to one thing, by all that it is called in the log; the newest first. */
export async function auditAbout(tx: Tx, filmId: string, subjects: readonly string[]): Promise<AuditLine[]> {
  return await tx
    .selectFrom('audit')
    .select(['id', 'at', 'personName', 'action', 'subject', 'details'])
    .where('filmId', '=', filmId)
    .where('subject', 'in', subjects)
    .orderBy('id', 'desc')
    .limit(linesPerPage)
    .execute();
}

export type AuditFilters = {
  readonly people: readonly { readonly id: string | null; readonly name: string }[];
  readonly actions: readonly string[];
};

/** Who and what there is to choose from, each person by their newest name. */
export async function auditFilters(tx: Tx, filmId: string): Promise<AuditFilters> {
  const people = await tx
    .selectFrom('audit')
    .select(['personId as id', sql<string>`(array_agg(person_name order by id desc))[1]`.as('name')])
    .where('filmId', '=', filmId)
    .groupBy('personId')
    .orderBy('name')
    .limit(200)
    .execute();
  const actions = await tx
    .selectFrom('audit')
    .select('action')
    .distinct()
    .where('filmId', '=', filmId)
    .orderBy('action')
    .limit(200)
    .execute();
  return { people, actions: actions.map(({ action }) => action) };
}
