import { sql } from 'kysely';
import type { Tx } from '../database/database.ts';
import type { PageTag } from './index.ts';

/** The channel on which processes tell each other what changed. */
export const pagesChannel = 'houselights_pages';

/** Tells all processes, when this transaction commits, to forget the pages made from `tag`. */
export async function dropPages(tx: Tx, filmId: string, tag: PageTag): Promise<void> {
  await sql`select pg_notify(${pagesChannel}, ${`${filmId} ${tag}`})`.execute(tx);
}
