import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { ScreeningListing } from './listing.ts';
import { joined, listingOf, type Screening, screeningsOf } from './screening.ts';

/** Every screening of a film, private ones too, as the film folder writes them, in the order of their start. */
export async function listingsOf(tx: Tx, filmId: string): Promise<ScreeningListing[]> {
  const all = await screeningsOf(joined(tx, filmId).orderBy('screening.startsAt').orderBy('screening.slug'));
  return all.map(listingOf);
}

/** What the public may see at all. Every public read starts here. */
export function publicOnes(tx: Tx, filmId: string): ReturnType<typeof joined> {
  return joined(tx, filmId).where('screening.isPrivate', '=', false);
}

/** Those that are not over, the next first, without private ones. */
export async function upcomingScreenings(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  limit: number,
): Promise<Screening[]> {
  return await screeningsOf(
    publicOnes(tx, filmId)
      .where('screening.overAt', '>', now)
      .where('screening.state', '<>', 'past')
      .orderBy('screening.startsAt')
      .orderBy('screening.id')
      .limit(limit),
  );
}

/** The public screening at this address, or null where there is none, or only a private one. */
export async function screeningBySlug(tx: Tx, filmId: string, slug: string): Promise<Screening | null> {
  const [found] = await screeningsOf(publicOnes(tx, filmId).where('screening.slug', '=', slug));
  return found ?? null;
}

/** The screening at this address, private ones too: for the team. */
export async function teamScreeningBySlug(tx: Tx, filmId: string, slug: string): Promise<Screening | null> {
  const [found] = await screeningsOf(joined(tx, filmId).where('screening.slug', '=', slug));
  return found ?? null;
}

/** Screenings by their ids, private ones too, as they come in time. */
export async function screeningsByIds(tx: Tx, filmId: string, ids: readonly string[]): Promise<Screening[]> {
  if (ids.length === 0) return [];
  return await screeningsOf(
    joined(tx, filmId).where('screening.id', 'in', ids).orderBy('screening.startsAt').orderBy('screening.id'),
  );
}

/** The slug under which a public screening is found now that once was found under this one. */
export async function presentSlug(tx: Tx, filmId: string, formerSlug: string): Promise<string | null> {
  const row = await tx
    .selectFrom('screeningFormerSlug as former')
    .innerJoin('screening', (join) =>
      join.onRef('screening.filmId', '=', 'former.filmId').onRef('screening.id', '=', 'former.screeningId'),
    )
    .select('screening.slug')
    .where('former.filmId', '=', filmId)
    .where('former.slug', '=', formerSlug)
    .where('screening.isPrivate', '=', false)
    .executeTakeFirst();
  return row?.slug ?? null;
}

export type Neighbours = { readonly previous: Screening | null; readonly next: Screening | null };

/** The public screenings just before and just after this one. */
export async function neighboursOf(tx: Tx, filmId: string, { id, startsAt }: Screening): Promise<Neighbours> {
  const here = sql<boolean>`(${sql.ref('screening.starts_at')}, ${sql.ref('screening.id')})`;
  const [previous] = await screeningsOf(
    publicOnes(tx, filmId)
      .where(sql<boolean>`${here} < (${startsAt}::timestamptz, ${id}::uuid)`)
      .orderBy('screening.startsAt', 'desc')
      .orderBy('screening.id', 'desc')
      .limit(1),
  );
  const [next] = await screeningsOf(
    publicOnes(tx, filmId)
      .where(sql<boolean>`${here} > (${startsAt}::timestamptz, ${id}::uuid)`)
      .orderBy('screening.startsAt')
      .orderBy('screening.id')
      .limit(1),
  );
  return { previous: previous ?? null, next: next ?? null };
}
