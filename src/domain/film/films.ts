import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { lockFilm } from './save-revision.ts';
import './tables.ts';

/** A film as the edge knows it: which one, and where it answers. */
export type Film = {
  readonly id: string;
  readonly slug: string;
  /** Whether it is shown at the installation's own address. */
  readonly isFront: boolean;
  /** The host name that its canonical address has; null: the installation's. */
  readonly canonicalHost: string | null;
};

/**
 * Enters a film into the installation; the first one is shown at the installation's own address.
 * Runs in a transaction of that film (`inFilm` with the new id).
 * @param isDemo whether it is made for trying things out; nothing changes that later
 * @throws {Refusal} film_exists
 */
export async function createFilm(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { slug, isDemo = false }: { slug: string; isDemo?: boolean },
): Promise<Film> {
  const first = (await tx.selectFrom('film').select('id').limit(1).executeTakeFirst()) === undefined;
  const made = await tx
    .insertInto('film')
    .values({ id: filmId, slug, isFront: first, createdAt: now, isDemo })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new Refusal('film_exists');
  return { id: filmId, slug, isFront: first, canonicalHost: null };
}

/** Every film of the installation, the one at its own address first. */
export async function films(tx: Tx): Promise<Film[]> {
  return await tx
    .selectFrom('film')
    .leftJoin('filmHost', (join) =>
      join.onRef('filmHost.filmId', '=', 'film.id').on('filmHost.isCanonical', '=', true),
    )
    .select(['film.id', 'film.slug', 'film.isFront', 'filmHost.host as canonicalHost'])
    .orderBy('film.isFront', 'desc')
    .orderBy('film.slug')
    .execute();
}

/** Which host names lead to which film. */
export async function filmHosts(tx: Tx): Promise<{ host: string; filmId: string }[]> {
  return await tx.selectFrom('filmHost').select(['host', 'filmId']).execute();
}

/**
 * Lets a film answer at a host name of its own. The first one is its canonical address.
 * @throws {Refusal} host_taken when the name leads to another film
 */
export async function addHost(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  host: string,
): Promise<void> {
  await lockFilm(tx, filmId);
  const own = await hostsOf(tx, filmId);
  if (own.includes(host.toLowerCase())) return;
  const added = await tx
    .insertInto('filmHost')
    .values({ host: host.toLowerCase(), filmId, isCanonical: own.length === 0 })
    .onConflict((conflict) => conflict.column('host').doNothing())
    .returning('host')
    .executeTakeFirst();
  if (!added) throw new Refusal('host_taken');
  await recordAudit(tx, filmId, now, by, { action: 'film.add_host', subject: added.host });
  await dropPages(tx, filmId, 'film');
}

/**
 * Takes a host name away from a film; links to it then lead to the installation's front film. Where it was the
 * canonical address, the first of those that are left becomes it.
 */
export async function removeHost(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  host: string,
): Promise<void> {
  await lockFilm(tx, filmId);
  const removed = await tx
    .deleteFrom('filmHost')
    .where('filmId', '=', filmId)
    .where('host', '=', host.toLowerCase())
    .returning('isCanonical')
    .executeTakeFirst();
  if (!removed) return;
  await recordAudit(tx, filmId, now, by, { action: 'film.remove_host', subject: host.toLowerCase() });
  const [next] = await hostsOf(tx, filmId);
  if (removed.isCanonical && next !== undefined)
    await tx.updateTable('filmHost').set({ isCanonical: true }).where('host', '=', next).execute();
  await dropPages(tx, filmId, 'film');
}

async function hostsOf(tx: Tx, filmId: string): Promise<string[]> {
  const hosts = await tx
    .selectFrom('filmHost')
    .select('host')
    .where('filmId', '=', filmId)
    .orderBy('host')
    .execute();
  return hosts.map(({ host }) => host);
}
