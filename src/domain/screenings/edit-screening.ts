import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { realignStarts } from './apply-listings.ts';
import type { ScreeningListing } from './listing.ts';
import { lockScreenings, saveScreenings } from './save-screenings.ts';
import { joined, listingOf, type Screening, screeningsOf, venueListingOf } from './screening.ts';
import { canonicalText, venueKey } from './venue-key.ts';
import { keepVenues } from './venues.ts';

/** One screening, private or not, or null where this film has none of that id. */
export async function screeningById(tx: Tx, filmId: string, id: string): Promise<Screening | null> {
  const [found] = await screeningsOf(joined(tx, filmId).where('screening.id', '=', id));
  return found ?? null;
}

/** @throws {Refusal} no_such_screening */
export async function screeningOrRefuse(tx: Tx, filmId: string, id: string): Promise<Screening> {
  const found = await screeningById(tx, filmId, id);
  if (found === null) throw new Refusal('no_such_screening');
  return found;
}

/**
 * Adds one screening; its venue is made where it is new.
 * @throws {Refusal} slug_taken
 */
export async function addScreening(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  listing: ScreeningListing,
): Promise<Screening> {
  await lockScreenings(tx, filmId);
  await refuseTakenSlug(tx, filmId, listing.slug);
  const saved = await saveOne(tx, filmId, now, by, null, listing);
  await recordAudit(tx, filmId, now, by, { action: 'screening.add', subject: saved.slug });
  await dropPages(tx, filmId, 'screenings');
  return saved;
}

/**
 * Makes a screening say something else. `version` is the one that the editor looked at: whoever saves second
 * is refused and told which fields the first has changed. A new slug leaves the old one leading to it.
 * @throws {Refusal} no_such_screening, slug_taken, screening_changed (version, by, fields)
 */
export async function editScreening(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, version, listing }: { id: string; version: number; listing: ScreeningListing },
): Promise<Screening> {
  await lockScreenings(tx, filmId);
  const before = await screeningOrRefuse(tx, filmId, id);
  const fields = differences(listingOf(before), listing);
  if (fields.length === 0) return before;
  if (before.version !== version) await refuseChanged(tx, filmId, before, version);
  if (listing.slug !== before.slug) await moveSlug(tx, filmId, before, listing.slug);
  const saved = await saveOne(tx, filmId, now, by, before, listing);
  await recordAudit(tx, filmId, now, by, {
    action: 'screening.edit',
    subject: saved.slug,
    details: { version: saved.version, fields: fields.join(', ') },
  });
  await dropPages(tx, filmId, 'screenings');
  return saved;
}

async function saveOne(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  before: Screening | null,
  listing: ScreeningListing,
): Promise<Screening> {
  const venues = await keepVenues(tx, filmId, now, [listing.venue]);
  const venue = venues.byKey.get(venueKey(listing.venue));
  if (venue === undefined) throw new Error(`no venue was kept for ${listing.slug}`);
  const [saved] = await saveScreenings(tx, filmId, now, by, [{ before, listing, venue }]);
  if (saved === undefined) throw new Error(`${listing.slug} was not kept`);
  await realignStarts(tx, filmId, now, [...venues.rezoned]);
  return saved;
}

/** Names of the fields in which two listings differ. */
export function differences(one: ScreeningListing, other: ScreeningListing): (keyof ScreeningListing)[] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof ScreeningListing)[];
  return keys.filter((key) => canonicalText(one[key] ?? null) !== canonicalText(other[key] ?? null));
}

async function refuseChanged(tx: Tx, filmId: string, now: Screening, version: number): Promise<never> {
  const versions = await tx
    .selectFrom('screeningVersion')
    .select(['version', 'listing', 'madeBy'])
    .where('filmId', '=', filmId)
    .where('screeningId', '=', now.id)
    .where('version', 'in', [version, now.version])
    .execute();
  const seen = versions.find((each) => each.version === version)?.listing;
  const fields = seen === undefined ? [] : differences(seen, listingOf(now));
  const by = versions.find((each) => each.version === now.version)?.madeBy ?? '';
  throw new Refusal('screening_changed', { version: now.version, by, fields: fields.join(', ') });
}

async function refuseTakenSlug(tx: Tx, filmId: string, slug: string): Promise<void> {
  const [taken] = await screeningsOf(joined(tx, filmId).where('screening.slug', '=', slug));
  if (taken !== undefined) throw new Refusal('slug_taken', { slug });
}

async function moveSlug(tx: Tx, filmId: string, { id, slug }: Screening, next: string): Promise<void> {
  await refuseTakenSlug(tx, filmId, next);
  await tx.deleteFrom('screeningFormerSlug').where('filmId', '=', filmId).where('slug', '=', next).execute();
  await tx
    .insertInto('screeningFormerSlug')
    .values({ filmId, slug, screeningId: id })
    .onConflict((conflict) => conflict.columns(['filmId', 'slug']).doUpdateSet({ screeningId: id }))
    .execute();
}

/** A slug that no screening of the film has: the wanted one, or that with a number after it. */
export async function freeSlug(tx: Tx, filmId: string, wanted: string): Promise<string> {
  const stem = wanted.slice(0, 74).replace(/-$/, '');
  const rows = await tx
    .selectFrom('screening')
    .select('slug')
    .where('filmId', '=', filmId)
    .where('slug', 'like', `${stem}%`)
    .execute();
  const taken = new Set(rows.map(({ slug }) => slug));
  let candidate = wanted;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${stem}-${number}`;
  return candidate;
}

/**
 * Copies a screening. The copy is announced anew and private, so that nobody sees it before it is right.
 * @throws {Refusal} no_such_screening
 */
export async function duplicateScreening(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
): Promise<Screening> {
  await lockScreenings(tx, filmId);
  const original = await screeningOrRefuse(tx, filmId, id);
  const slug = await freeSlug(tx, filmId, original.slug);
  const listing: ScreeningListing = { ...listingOf(original), slug, state: 'planned', private: true };
  const copy = await saveOne(tx, filmId, now, by, null, {
    ...listing,
    venue: venueListingOf(original.venue),
  });
  await recordAudit(tx, filmId, now, by, {
    action: 'screening.duplicate',
    subject: copy.slug,
    details: { of: original.slug },
  });
  return copy;
}
