import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely';
import type { Tx } from './database.ts';
import type { Tables } from './tables.ts';

// A film that its tables' statistics do not know yet has, to the planner, a handful of rows: `id in (…)` then reads
// all of them for each batch, in a rush twenty thousand. So batches look each row up by its index. See decision 028.

/** Ids as the rows `wanted(id)`, each once, for a lateral query of each; that one ends in `offset(stayApart)`. */
export function wantedIds(ids: readonly string[]): AliasedRawBuilder<{ id: string }, 'wanted'> {
  return sql<{ id: string }>`unnest(${[...new Set(ids)]}::uuid[])`.as<'wanted'>(sql`wanted(id)`);
}

/** The offset of a lateral query: keeps the planner from turning it into a join of whole tables. */
export const stayApart: RawBuilder<number> = sql`0`;

/**
 * As a condition: the film's rows whose `column` is one of these ids, each looked up. Not for taking a lock, nor for
 * rows that others may be changing: a row that was written anew meanwhile has another place, and would be missed.
 */
export function isOneOf(
  table: keyof Tables & string,
  column: string,
  filmId: string,
  ids: readonly string[],
): RawBuilder<boolean> {
  return sql<boolean>`${sql.table(table)}.ctid = any(array(
    select found.ctid from unnest(${[...new Set(ids)]}::uuid[]) as wanted(id) cross join lateral (
      select ctid from ${sql.table(table)} where film_id = ${filmId}::uuid and ${sql.ref(column)} = wanted.id offset 0
    ) as found))`;
}

/**
 * Lets the database forget which of the tables that grow with orders are nearly empty: it would look their rows up by
 * whatever index comes first, and a session would still when there are thousands. See decision 031.
 */
export async function forgetSmallSizes(tx: Tx): Promise<void> {
  await sql`select forget_small_sizes()`.execute(tx);
}
