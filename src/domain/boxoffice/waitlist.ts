import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret, newId } from '../../platform/secrets.ts';
import { emailAddress } from '../film/document/text.ts';
import { screeningById } from '../screenings/index.ts';
import { isWhole } from './box-office.ts';
import { availabilityOf, lockCapacity } from './capacity.ts';
import { isOrderKey } from './order.ts';
import { placesCameBack } from './places-back.ts';
import { saysOtherwise, whyNotSelling } from './sale.ts';
import './tables.ts';

/** As many places as one may wait for. */
export const waitPlacesMax = 20;

export type WaitState = 'waiting' | 'offered' | 'taken' | 'over' | 'left';

/** Somebody's place in the line of a full screening. */
export type WaitEntry = {
  readonly id: string;
  readonly screeningId: string;
  readonly address: string;
  readonly language: string;
  readonly places: number;
  readonly joinedAt: Temporal.Instant;
  readonly offerUntil: Temporal.Instant | null;
  readonly orderId: string | null;
  readonly state: WaitState;
  /** While waiting: how many entries stand before this one. */
  readonly ahead: number;
};

const columns = [
  ...(['id', 'screeningId', 'address', 'language', 'places', 'joinedAt', 'leftAt', 'offeredAt'] as const),
  ...(['offerUntil', 'orderId'] as const),
];

type Row = Omit<WaitEntry, 'state' | 'ahead'> & {
  readonly leftAt: Temporal.Instant | null;
  readonly offeredAt: Temporal.Instant | null;
};

function stateOf({ leftAt, offeredAt, offerUntil, orderId }: Row, now: Temporal.Instant): WaitState {
  if (orderId !== null) return 'taken';
  if (leftAt !== null) return 'left';
  if (offeredAt === null) return 'waiting';
  return (offerUntil?.epochMilliseconds ?? 0) > now.epochMilliseconds ? 'offered' : 'over';
}

/**
 * Puts somebody at the end of the line of a full screening. The same secret again is the same entry; an address that
 * waits already keeps its place, and nobody is told whether it did.
 * @returns false where the address waited already
 * @throws {Refusal} key_wrong · address_wrong · quantity_wrong · no_box_office · not_full · cancelled · postponed ·
 *   past · not_on_sale · elsewhere
 */
export async function joinLine(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  wish: {
    readonly key: string;
    readonly screeningId: string;
    readonly address: string;
    readonly places: number;
    readonly language: string;
  },
): Promise<boolean> {
  const { key, screeningId, address, places, language } = wish;
  if (!isOrderKey(key)) throw new Refusal('key_wrong');
  if (!emailAddress.safeParse(address).success) throw new Refusal('address_wrong');
  if (!isWhole(places, 1, waitPlacesMax)) throw new Refusal('quantity_wrong');
  const availability = await availabilityOf(tx, filmId, screeningId, now);
  const screening = availability && (await screeningById(tx, filmId, screeningId));
  if (!availability || !screening) throw new Refusal('no_box_office');
  const why = whyNotSelling(screening, now, false);
  if (why !== null && why !== 'sold_out') throw new Refusal(why);
  if (why === null && availability.open >= places) throw new Refusal('not_full');
  const made = await tx
    .insertInto('waitEntry')
    .values({
      filmId,
      id: newId(),
      screeningId,
      address,
      language,
      places,
      keyHash: hashSecret(key),
      joinedAt: now,
    })
    // The same secret, or an address that waits already.
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  const { open } = availability;
  // Who wants more than is free waits, and what is free is promised to them from now on.
  if (made && saysOtherwise(open, open - places)) await dropPages(tx, filmId, 'screenings');
  return made !== undefined;
}

/** The entry that a secret opens, be it of the entry or of its offer; null: none. */
export async function waitEntryByKey(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  key: string,
): Promise<WaitEntry | null> {
  if (!isOrderKey(key)) return null;
  const hash = hashSecret(key);
  const row = await tx
    .selectFrom('waitEntry')
    .select(columns)
    .where('filmId', '=', filmId)
    .where((either) => either.or([either('keyHash', '=', hash), either('offerHash', '=', hash)]))
    .executeTakeFirst();
  if (!row) return null;
  const before = await tx
    .selectFrom('waitEntry')
    .select((it) => it.fn.countAll<number>().as('count'))
    .where('filmId', '=', filmId)
    .where('screeningId', '=', row.screeningId)
    .where('offeredAt', 'is', null)
    .where('leftAt', 'is', null)
    .where(sql<boolean>`(joined_at, id) < (${row.joinedAt}::timestamptz, ${row.id}::uuid)`)
    .executeTakeFirstOrThrow();
  return entryOf(row, now, before.count);
}

function entryOf(row: Row, now: Temporal.Instant, ahead: number): WaitEntry {
  const { leftAt: _, offeredAt: __, ...entry } = row;
  return { ...entry, state: stateOf(row, now), ahead };
}

/**
 * Leaves the line, or gives an offer back to those behind. Done twice it is done.
 */
export async function leaveLine(tx: Tx, filmId: string, now: Temporal.Instant, key: string): Promise<void> {
  const entry = await waitEntryByKey(tx, filmId, now, key);
  if (!entry || (entry.state !== 'waiting' && entry.state !== 'offered')) return;
  // The places before the entry, as whoever takes the offer up does.
  if (entry.state === 'offered') await lockCapacity(tx, filmId, entry.screeningId);
  const left = await tx
    .updateTable('waitEntry')
    .set({ leftAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', entry.id)
    .where('leftAt', 'is', null)
    .where('orderId', 'is', null)
    .returning(['holdId', 'screeningId'])
    .executeTakeFirst();
  if (!left) return;
  if (left.holdId !== null)
    await tx.deleteFrom('hold').where('filmId', '=', filmId).where('id', '=', left.holdId).execute();
  await placesCameBack(tx, filmId, left.screeningId);
}

/** Takes somebody out of the line, for the team. @throws {Refusal} no_such_entry */
export async function removeFromLine(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { screeningId, entryId }: { readonly screeningId: string; readonly entryId: string },
): Promise<void> {
  const gone = await tx
    .updateTable('waitEntry')
    .set({ leftAt: now })
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('id', '=', entryId)
    .where('leftAt', 'is', null)
    .where('offeredAt', 'is', null)
    .returning('places')
    .executeTakeFirst();
  if (!gone) throw new Refusal('no_such_entry');
  const screening = await screeningById(tx, filmId, screeningId);
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.unwait', subject: screening?.slug ?? '' });
  await placesCameBack(tx, filmId, screeningId);
}

/** Everybody who waits or waited at a screening, the first first; at most a thousand. */
export async function lineOf(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  screeningId: string,
): Promise<WaitEntry[]> {
  const rows = await tx
    .selectFrom('waitEntry')
    .select(columns)
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .orderBy('joinedAt')
    .orderBy('id')
    .limit(1_000)
    .execute();
  let ahead = 0;
  return rows.map((row) => {
    const entry = entryOf(row, now, ahead);
    if (entry.state === 'waiting') ahead += 1;
    return entry;
  });
}

/** Screenings of a film where somebody waits. */
export async function screeningsWithLine(tx: Tx, filmId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('waitEntry')
    .select('screeningId')
    .distinct()
    .where('filmId', '=', filmId)
    .where('offeredAt', 'is', null)
    .where('leftAt', 'is', null)
    .execute();
  return rows.map(({ screeningId }) => screeningId);
}
