import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import './tables.ts';

export type PublicAddress = { readonly slug: string; readonly changedAt: Temporal.Instant };

/** Where every public screening of a film stands, in the order in which they were made: for sitemaps. */
export async function publicAddresses(tx: Tx, filmId: string): Promise<PublicAddress[]> {
  return await tx
    .selectFrom('screening')
    .select(['slug', 'changedAt'])
    .where('filmId', '=', filmId)
    .where('isPrivate', '=', false)
    .orderBy('id')
    .execute();
}
