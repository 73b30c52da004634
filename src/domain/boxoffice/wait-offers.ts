import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { hashSecret, newSecret } from '../../platform/secrets.ts';
import { screeningById } from '../screenings/index.ts';
import { boxOfficeOf } from './box-office.ts';
import { availabilityOf, lockCapacity, takePlaces } from './capacity.ts';
import { whyNotSelling } from './sale.ts';
import './tables.ts';

/** Places set aside for somebody who waited, for as long as the offer stands. */
export type Offered = {
  readonly entryId: string;
  readonly screeningId: string;
  readonly holdId: string;
  readonly places: number;
  readonly until: Temporal.Instant;
};

/** An offer with what its letter needs: whom it goes to, and the secret that takes it up. */
export type Offer = Offered & {
  readonly address: string;
  readonly language: string;
  readonly key: string;
};

/** The offers that these secrets take up, by the secret. Those that became orders are not among them. */
export async function offersBySecret(
  tx: Tx,
  filmId: string,
  secrets: readonly string[],
): Promise<ReadonlyMap<string, Offered>> {
  if (secrets.length === 0) return new Map();
  const rows = await tx
    .selectFrom('waitEntry')
    .select(['id', 'offerHash', 'screeningId', 'holdId', 'places', 'offerUntil'])
    .where('filmId', '=', filmId)
    .where('offerHash', 'in', secrets.map(hashSecret))
    .where('orderId', 'is', null)
    .execute();
  const byHash = new Map(rows.map((row) => [row.offerHash?.toString('hex'), row]));
  return new Map(
    secrets.flatMap((secret) => {
      const row = byHash.get(hashSecret(secret).toString('hex'));
      if (!row?.holdId || !row.offerUntil) return [];
      const { id: entryId, screeningId, holdId, places, offerUntil: until } = row;
      return [[secret, { entryId, screeningId, holdId, places, until }] as const];
    }),
  );
}

/**
 * Offers what is free at a screening to those who wait, first come first served: each as many places as they asked for
 * or as are left, until the offer runs out. Nobody is passed over, and what is offered is held, so that offers and
 * sales together are never more than there are places.
 * @returns the offers, for their letters
 */
export async function offerPlaces(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  screeningId: string,
): Promise<Offer[]> {
  const screening = await screeningById(tx, filmId, screeningId);
  const why = screening && whyNotSelling(screening, now, false);
  if (!screening || (why !== null && why !== 'sold_out')) return [];
  const { offerHours } = await boxOfficeOf(tx, filmId);
  const standard = now.add({ hours: offerHours });
  const until =
    screening.startsAt.epochMilliseconds < standard.epochMilliseconds ? screening.startsAt : standard;
  if (until.epochMilliseconds <= now.epochMilliseconds) return [];
  const offers: Offer[] = [];
  for (const entry of await lockLine(tx, filmId, screeningId)) {
    const { free = 0 } = (await availabilityOf(tx, filmId, screeningId, now)) ?? {};
    if (free === 0) break;
    const offer = await offerTo(tx, filmId, now, {
      entry,
      screeningId,
      places: Math.min(entry.places, free),
      until,
    });
    if (!offer) break;
    offers.push(offer);
  }
  if (offers.length > 0) await dropPages(tx, filmId, 'screenings');
  return offers;
}

type Waiting = {
  readonly id: string;
  readonly places: number;
  readonly address: string;
  readonly language: string;
};

// Enough for what comes back at once; the next sweep goes on.
const offersAtOnceMax = 100;

/** Those who wait, the first first. Two who offer at once take turns: the second sees whom the first served. */
async function lockLine(tx: Tx, filmId: string, screeningId: string): Promise<Waiting[]> {
  await lockCapacity(tx, filmId, screeningId);
  return await tx
    .selectFrom('waitEntry')
    .select(['id', 'places', 'address', 'language'])
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('offeredAt', 'is', null)
    .where('leftAt', 'is', null)
    .orderBy('joinedAt')
    .orderBy('id')
    .limit(offersAtOnceMax)
    .execute();
}

type Offering = {
  readonly entry: Waiting;
  readonly screeningId: string;
  readonly places: number;
  readonly until: Temporal.Instant;
};

async function offerTo(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { entry, screeningId, places, until }: Offering,
): Promise<Offer | null> {
  const lines = [{ ticketTypeId: null, places }];
  const want = { orderId: entry.id, note: 'waitlist', isAhead: true, expiresAt: until, lines };
  const [holdId] = (await takePlaces(tx, screeningId, now, [want])).holdIds.get(entry.id) ?? [];
  if (holdId === undefined) return null;
  const key = newSecret();
  await tx
    .updateTable('waitEntry')
    .set({ offeredAt: now, offerUntil: until, offerHash: hashSecret(key), holdId, places })
    .where('filmId', '=', filmId)
    .where('id', '=', entry.id)
    .execute();
  const { address, language } = entry;
  return { entryId: entry.id, screeningId, holdId, places, until, address, language, key };
}
