import { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import type { ScreeningListing } from './listing.ts';
import { lockScreenings, momentsAgain, type ScreeningSave, saveScreenings } from './save-screenings.ts';
import { joined, listingOf, type Screening, screeningsOf, venueListingOf } from './screening.ts';
import { canonicalText, venueKey } from './venue-key.ts';
import { inBatches, keepVenues } from './venues.ts';

/** How many screenings an import made, altered, and found as they were. */
export type Applied = { readonly added: number; readonly changed: number; readonly unchanged: number };

/**
 * Makes the film's screenings say what `listings` say, by slug: new ones are added, others changed where they
 * differ. Screenings that are not listed stay as they are. The same listings again change nothing: no row, no
 * audit line, no page. Expects listings that `screeningListings` has parsed.
 */
export async function applyListings(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  listings: readonly ScreeningListing[],
): Promise<Applied> {
  if (listings.length === 0) return { added: 0, changed: 0, unchanged: 0 };
  await lockScreenings(tx, filmId);
  const before = await screeningsBySlug(tx, filmId, listings);
  const venues = await keepVenues(
    tx,
    filmId,
    now,
    listings.map(({ venue }) => venue),
  );
  const saves: ScreeningSave[] = [];
  for (const listing of listings) {
    const venue = venues.byKey.get(venueKey(listing.venue));
    if (venue === undefined) throw new Error(`no venue was kept for ${listing.slug}`);
    const known = before.get(listing.slug) ?? null;
    const next = { ...listing, venue: venueListingOf(venue) };
    if (known !== null && canonicalText(listingOf(known)) === canonicalText(next)) continue;
    saves.push({ before: known, listing, venue });
  }
  await saveScreenings(tx, filmId, now, by, saves);
  await realignStarts(tx, filmId, now, [...venues.rezoned]);
  const added = saves.filter((save) => save.before === null).length;
  const applied = { added, changed: saves.length - added, unchanged: listings.length - saves.length };
  if (saves.length > 0 || venues.changed.size > 0) {
    await recordAudit(tx, filmId, now, by, {
      action: 'screenings.import',
      subject: 'screenings',
      details: applied,
    });
    await dropPages(tx, filmId, 'screenings');
  }
  return applied;
}

/** The screenings of a film that have the slugs of these listings. */
export async function screeningsBySlug(
  tx: Tx,
  filmId: string,
  listings: readonly ScreeningListing[],
): Promise<Map<string, Screening>> {
  const found = new Map<string, Screening>();
  for (const batch of inBatches(listings)) {
    const slugs = batch.map(({ slug }) => slug);
    const some = await screeningsOf(joined(tx, filmId).where('screening.slug', 'in', slugs));
    for (const screening of some) found.set(screening.slug, screening);
  }
  return found;
}

/**
 * Derives the moments again from what people were told, for screenings that are not over: at these venues
 * because their zone was corrected, or everywhere (`null`) because the world's zone rules have changed.
 * The wall clock that people were told never moves. Returns how many moments did.
 */
export async function realignStarts(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  venueIds: readonly string[] | null,
): Promise<number> {
  if (venueIds?.length === 0) return 0;
  let query = joined(tx, filmId).where('screening.overAt', '>', now);
  if (venueIds !== null) query = query.where('screening.venueId', 'in', venueIds);
  let moved = 0;
  for (const screening of await screeningsOf(query)) {
    const moments = momentsAgain(screening, screening.venue.timezone);
    if (moments === null || Temporal.Instant.compare(moments.startsAt, screening.startsAt) === 0) continue;
    moved += 1;
    await tx
      .updateTable('screening')
      .set(moments)
      .where('filmId', '=', filmId)
      .where('id', '=', screening.id)
      .execute();
  }
  if (moved > 0) await dropPages(tx, filmId, 'screenings');
  return moved;
}
