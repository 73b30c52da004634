import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { ScreeningListing } from './listing.ts';
import './tables.ts';

/** What a screening said from one moment on. */
export type ScreeningVersion = { readonly madeAt: Temporal.Instant; readonly listing: ScreeningListing };

/** Everything that a screening ever said, the oldest first. */
export async function screeningVersions(
  tx: Tx,
  filmId: string,
  screeningId: string,
): Promise<ScreeningVersion[]> {
  return await tx
    .selectFrom('screeningVersion')
    .select(['madeAt', 'listing'])
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .orderBy('version')
    .execute();
}
