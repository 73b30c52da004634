import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import './tables.ts';

/**
 * Begins a film that was made for trying things out (`createFilm` with `isDemo`), in the transaction that makes it:
 * nothing of it is ever sent to anybody, and it can be removed again. Until `finishDemo` no job is added for it either.
 * The database refuses it to every other film.
 * @param seed what its season is drawn from; null where it has none
 */
export async function beginDemo(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { seed }: { readonly seed: number | null },
): Promise<void> {
  await tx.insertInto('demoFilm').values({ filmId, seed, begunAt: now, madeAt: null }).execute();
}

/** Tells the database how large the film that is being made has become, so that it goes on finding its rows at once. */
export async function learnDemoSizes(tx: Tx): Promise<void> {
  await sql`select learn_demo_sizes()`.execute(tx);
}

/** Ends the making, in the same transaction: from now on jobs are added for it, first the drawing of its pictures. */
export async function finishDemo(tx: Tx, filmId: string, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('demoFilm').set({ madeAt: now }).where('filmId', '=', filmId).execute();
  await addJob(tx, 'prepare-film', { filmId }, { key: `prepare-film:${filmId}` });
}

/** Whether a film was made for trying things out. */
export async function isDemoFilm(tx: Tx, filmId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('demoFilm')
    .select('filmId')
    .where('filmId', '=', filmId)
    .executeTakeFirst();
  return found !== undefined;
}
