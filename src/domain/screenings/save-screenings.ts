import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import type { ScreeningListing, ScreeningState } from './listing.ts';
import { parseLocalStart, type StartMoments, startMoments } from './local-time.ts';
import { listingOf, type Screening, type Venue } from './screening.ts';
import { inBatches } from './venues.ts';

/** What is to be kept: a listing as parsed, where it takes place, and what stood there before. */
export type ScreeningSave = {
  readonly before: Screening | null;
  readonly listing: ScreeningListing;
  readonly venue: Venue;
};

/** One command at a time changes a film's screenings: slugs and venues are made once, without retries. */
export async function lockScreenings(tx: Tx, filmId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`screenings ${filmId}`}, 0))`.execute(tx);
}

/** Writes screenings and one version of each. Call under `lockScreenings`, with listings already checked. */
export async function saveScreenings(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  saves: readonly ScreeningSave[],
): Promise<Screening[]> {
  const after = saves.map((save) => screeningAfter(save, now));
  for (const batch of inBatches(after)) {
    await writeScreenings(tx, filmId, batch, now);
    await tx
      .insertInto('screeningVersion')
      .values(
        batch.map(({ screening }) => ({
          filmId,
          screeningId: screening.id,
          version: screening.version,
          listing: JSON.stringify(listingOf(screening)),
          madeAt: now,
          madeBy: by.name,
        })),
      )
      .execute();
  }
  return after.map(({ screening }) => screening);
}

type After = { readonly screening: Screening; readonly stateBefore: ScreeningState | null };

function screeningAfter({ before, listing, venue }: ScreeningSave, now: Temporal.Instant): After {
  const { slug, kind, state, starts_at, venue: _, ...doc } = listing;
  const local = parseLocalStart(starts_at);
  const moments = local === null ? 'not_a_local_time' : startMoments(local, venue.timezone);
  if (local === null || typeof moments === 'string') throw new Refusal(String(moments), { slug });
  const screening: Screening = {
    id: before?.id ?? newId(),
    slug,
    kind,
    state,
    venue,
    local,
    ...moments,
    isPrivate: doc.private ?? false,
    doc,
    version: (before?.version ?? 0) + 1,
    changedAt: now,
  };
  return { screening, stateBefore: stateBefore(before, state) };
}

/** What `restoreScreening` goes back to. */
function stateBefore(before: Screening | null, state: ScreeningState): ScreeningState | null {
  if (state !== 'cancelled' && state !== 'postponed') return null;
  const was = before?.state ?? 'planned';
  return was === 'cancelled' ? 'planned' : was === state ? 'planned' : was;
}

async function writeScreenings(
  tx: Tx,
  filmId: string,
  batch: readonly After[],
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('screening')
    .values(batch.map(({ screening, stateBefore }) => screeningRow(filmId, screening, stateBefore, now)))
    .onConflict((conflict) =>
      conflict.columns(['filmId', 'id']).doUpdateSet((row) => ({
        slug: row.ref('excluded.slug'),
        venueId: row.ref('excluded.venueId'),
        kind: row.ref('excluded.kind'),
        state: row.ref('excluded.state'),
        // Saved again while cancelled, it still remembers what it was.
        stateBefore: sql<ScreeningState | null>`case when screening.state = excluded.state then screening.state_before else excluded.state_before end`,
        startsOn: row.ref('excluded.startsOn'),
        startsTime: row.ref('excluded.startsTime'),
        startsOffset: row.ref('excluded.startsOffset'),
        startsAt: row.ref('excluded.startsAt'),
        overAt: row.ref('excluded.overAt'),
        isPrivate: row.ref('excluded.isPrivate'),
        doc: row.ref('excluded.doc'),
        version: row.ref('excluded.version'),
        changedAt: row.ref('excluded.changedAt'),
      })),
    )
    .execute();
}

function screeningRow(
  filmId: string,
  { venue, local, ...screening }: Screening,
  stateBefore: ScreeningState | null,
  now: Temporal.Instant,
) {
  return {
    ...screening,
    filmId,
    stateBefore,
    venueId: venue.id,
    startsOn: local.date,
    startsTime: local.time,
    startsOffset: local.offset,
    doc: JSON.stringify(screening.doc),
    madeAt: now,
  };
}

/** The moments that now follow from a wall clock that people were told, in a zone whose rules may have changed. */
export function momentsAgain({ local }: Screening, timezone: string): StartMoments | null {
  const exact = startMoments(local, timezone);
  if (typeof exact !== 'string') return exact;
  const withoutOffset = startMoments({ ...local, offset: null }, timezone);
  return typeof withoutOffset === 'string' ? null : withoutOffset;
}
