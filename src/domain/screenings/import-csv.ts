import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { type Applied, applyListings, screeningsBySlug } from './apply-listings.ts';
import { differences } from './edit-screening.ts';
import type { ScreeningListing } from './listing.ts';
import { listingOf } from './screening.ts';

// Between the preview and its application, somebody may go for lunch; not on holiday.
const keptHours = 24;

/** What one row of a checked file would do. */
export type ImportRow = {
  readonly listing: ScreeningListing;
  readonly effect: 'adds' | 'changes' | 'changes nothing';
  readonly fields: readonly string[];
};

export type ImportPreview = {
  readonly id: string;
  readonly fileName: string;
  readonly rows: readonly ImportRow[];
};

/** Keeps checked rows for a day, and says what each would do. Nothing of the film changes yet. */
export async function keepImport(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { fileName, listings }: { fileName: string; listings: readonly ScreeningListing[] },
): Promise<ImportPreview> {
  const id = newId();
  await tx
    .deleteFrom('screeningImport')
    .where('filmId', '=', filmId)
    .where('madeAt', '<', now.subtract({ hours: keptHours }))
    .execute();
  await tx
    .insertInto('screeningImport')
    .values({
      filmId,
      id,
      madeAt: now,
      madeBy: by.name,
      fileName: fileName.slice(0, 200),
      listings: JSON.stringify(listings),
      appliedAt: null,
    })
    .execute();
  return { id, fileName, rows: await previewRows(tx, filmId, listings) };
}

async function previewRows(
  tx: Tx,
  filmId: string,
  listings: readonly ScreeningListing[],
): Promise<ImportRow[]> {
  const before = await screeningsBySlug(tx, filmId, listings);
  return listings.map((listing) => {
    const known = before.get(listing.slug);
    if (known === undefined) return { listing, effect: 'adds', fields: [] };
    const was = listingOf(known);
    // Fields of the venue that a row leaves out stay as they are.
    const fields = differences(was, { ...listing, venue: { ...was.venue, ...listing.venue } });
    return { listing, effect: fields.length === 0 ? 'changes nothing' : 'changes', fields };
  });
}

/**
 * Applies a kept import: all of its rows or none, and once.
 * @throws {Refusal} import_gone, import_applied
 */
export async function applyImport(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
): Promise<Applied> {
  const kept = await tx
    .selectFrom('screeningImport')
    .select(['listings', 'appliedAt', 'madeAt'])
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (kept === undefined) throw new Refusal('import_gone');
  if (kept.appliedAt !== null) throw new Refusal('import_applied');
  if (kept.madeAt.add({ hours: keptHours }).epochMilliseconds < now.epochMilliseconds) {
    throw new Refusal('import_gone');
  }
  const applied = await applyListings(tx, filmId, now, by, kept.listings);
  await tx
    .updateTable('screeningImport')
    .set({ appliedAt: now, listings: '[]' })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .execute();
  return applied;
}
