import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { screeningOrRefuse } from './edit-screening.ts';
import type { ScreeningState } from './listing.ts';
import { lockScreenings, saveScreenings } from './save-screenings.ts';
import { listingOf, type Screening } from './screening.ts';

type Command = (tx: Tx, filmId: string, now: Temporal.Instant, by: Actor, id: string) => Promise<Screening>;

/** Says that it will not take place. It stays listed, loudly. @throws {Refusal} no_such_screening */
export const cancelScreening: Command = (tx, filmId, now, by, id) =>
  changeState(tx, filmId, now, by, id, 'cancelled', 'screening.cancel');

/** Says that it will take place later, nobody knows when yet. @throws {Refusal} no_such_screening */
export const postponeScreening: Command = (tx, filmId, now, by, id) =>
  changeState(tx, filmId, now, by, id, 'postponed', 'screening.postpone');

/** Takes a cancelling or postponing back: it is again what it was before. @throws {Refusal} no_such_screening */
export const restoreScreening: Command = async (tx, filmId, now, by, id) => {
  await lockScreenings(tx, filmId);
  const row = await tx
    .selectFrom('screening')
    .select('stateBefore')
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  const screening = await screeningOrRefuse(tx, filmId, id);
  if (screening.state !== 'cancelled' && screening.state !== 'postponed') return screening;
  return await changeState(tx, filmId, now, by, id, row?.stateBefore ?? 'planned', 'screening.restore');
};

/** Says how the sale stands: announced, on sale, sold out. @throws {Refusal} no_such_screening */
export async function markScreening(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
  state: 'planned' | 'on sale' | 'sold out',
): Promise<Screening> {
  return await changeState(tx, filmId, now, by, id, state, 'screening.mark');
}

/** Repeated, it changes nothing: a double click leaves one version and one audit line. */
async function changeState(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
  state: ScreeningState,
  action: string,
): Promise<Screening> {
  await lockScreenings(tx, filmId);
  const before = await screeningOrRefuse(tx, filmId, id);
  if (before.state === state) return before;
  const listing = { ...listingOf(before), state };
  const [after] = await saveScreenings(tx, filmId, now, by, [{ before, listing, venue: before.venue }]);
  await recordAudit(tx, filmId, now, by, {
    action,
    subject: before.slug,
    details: { from: before.state, to: state },
  });
  await dropPages(tx, filmId, 'screenings');
  return after ?? before;
}
