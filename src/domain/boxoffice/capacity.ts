import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { screeningById } from '../screenings/index.ts';
import { isWhole } from './box-office.ts';
import { openInstantWords } from './instant-words.ts';
import { placesCameBack } from './places-back.ts';
import './tables.ts';

export const placesMax = 1_000_000;

/** A screening's places. `sold` are held for good, `held` until a moment; `free` is never less than none. */
export type Availability = {
  readonly places: number;
  readonly sold: number;
  readonly held: number;
  readonly free: number;
  /** How many of those that are free are promised to the line of people who wait, and how many anybody may take. */
  readonly waiting: number;
  readonly open: number;
  /** When the next of those that are held come back, unless somebody pays first. */
  readonly nextEnd: Temporal.Instant | null;
};

/**
 * How a screening's places stand now. A hold that ran out counts as free from that moment, whether or not anybody
 * gave it back. null: no box office was opened for the screening.
 */
export async function availabilityOf(
  tx: Tx,
  filmId: string,
  screeningId: string,
  now: Temporal.Instant,
): Promise<Availability | null> {
  return (await availabilitiesOf(tx, filmId, [screeningId], now)).get(screeningId) ?? null;
}

/** The same for several screenings, by their ids. */
export async function availabilitiesOf(
  tx: Tx,
  filmId: string,
  screeningIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Availability>> {
  if (screeningIds.length === 0) return new Map();
  const rows = await countedPlaces(tx, filmId, screeningIds, now).execute();
  return new Map(rows.map((row) => [row.screeningId, availabilityIn(row)]));
}

/** The places of screenings as the database counts them, for a read that wants more of them besides. */
export function countedPlaces(
  tx: Tx,
  filmId: string,
  screeningIds: readonly string[],
  now: Temporal.Instant,
) {
  return tx
    .selectFrom('capacity')
    .leftJoinLateral(
      (inner) =>
        inner
          .selectFrom('hold')
          .select((it) => [
            it.fn.sum<number | null>('places').filterWhere('expiresAt', '>', now).as('held'),
            it.fn.sum<number | null>('places').filterWhere('expiresAt', '<=', now).as('over'),
            it.fn.min('expiresAt').filterWhere('expiresAt', '>', now).as('nextEnd'),
          ])
          .whereRef('hold.filmId', '=', 'capacity.filmId')
          .whereRef('hold.screeningId', '=', 'capacity.screeningId')
          .where('expiresAt', 'is not', null)
          .as('unsold'),
      (join) => join.onTrue(),
    )
    .select(['screeningId', 'capacity.places', 'taken', 'unsold.held', 'unsold.over', 'unsold.nextEnd'])
    .select((it) =>
      it
        .selectFrom('waitEntry')
        .select((line) =>
          line.fn.coalesce(line.fn.sum<number>('waitEntry.places'), line.lit(0)).as('waiting'),
        )
        .whereRef('waitEntry.filmId', '=', 'capacity.filmId')
        .whereRef('waitEntry.screeningId', '=', 'capacity.screeningId')
        .where('offeredAt', 'is', null)
        .where('leftAt', 'is', null)
        .as('waiting'),
    )
    .where('capacity.filmId', '=', filmId)
    .where('capacity.screeningId', '=', sql<string>`any(${screeningIds}::uuid[])`);
}

type Counted = Pick<Availability, 'places' | 'nextEnd'> & {
  readonly taken: number;
  readonly held: number | null;
  readonly over: number | null;
  readonly waiting: number | null;
};

/** What a count says. */
export function availabilityIn({ places, taken, nextEnd, ...row }: Counted): Availability {
  const [held, over, waiting] = [row.held ?? 0, row.over ?? 0, row.waiting ?? 0];
  const free = Math.max(0, places - taken + over);
  return {
    ...{ places, held, sold: taken - held - over, free },
    ...{ waiting, open: Math.max(0, free - waiting), nextEnd },
  };
}

/**
 * What a sale is decided by before any lock: how many places anybody may take now, by screening (those that are free and
 * promised to nobody who waits), and for how many minutes the film sets them aside; null: it has not said so.
 */
export async function saleGround(
  tx: Tx,
  screeningIds: readonly string[],
  now: Temporal.Instant,
): Promise<{ readonly open: ReadonlyMap<string, number>; readonly holdMinutes: number | null }> {
  const { rows } = await sql<{ screeningId: string; open: number; holdMinutes: number | null }>`
    select * from sale_ground(${screeningIds}::uuid[], ${now}::timestamptz)`.execute(tx);
  return {
    open: new Map(rows.map(({ screeningId, open }) => [screeningId, open])),
    holdMinutes: rows[0]?.holdMinutes ?? null,
  };
}

/**
 * Says how many people a screening has room for; the first time, this opens its box office. Fewer than were sold is
 * allowed: nothing more is sold then until enough came back.
 * @throws {Refusal} places_wrong · no_such_screening
 */
export async function setPlaces(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { screeningId, places }: { readonly screeningId: string; readonly places: number },
): Promise<void> {
  if (!isWhole(places, 0, placesMax)) throw new Refusal('places_wrong');
  const screening = await screeningById(tx, filmId, screeningId);
  if (!screening) throw new Refusal('no_such_screening');
  await tx
    .insertInto('capacity')
    .values({ filmId, screeningId, places })
    .onConflict((conflict) => conflict.columns(['filmId', 'screeningId']).doUpdateSet({ places }))
    .execute();
  const details = { places };
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.places', subject: screening.slug, details });
  await placesCameBack(tx, filmId, screeningId);
}

/** Holds a screening's places still for whoever is about to say what becomes of them. */
export async function lockCapacity(tx: Tx, filmId: string, screeningId: string): Promise<void> {
  await tx
    .selectFrom('capacity')
    .select('places')
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .forNoKeyUpdate()
    .execute();
}

/** What an order wants of a screening's places: all of its lines, or nothing. */
export type Wanted = {
  /** Tells one who wants from another; of the order, unless a `note` says for whom the house keeps them. */
  readonly orderId: string;
  readonly note?: string;
  /** Gets what is free although people wait in line: the team, and whoever is next in it. */
  readonly isAhead?: boolean;
  /** An offer's hold, which is used up for this. */
  readonly offerId?: string | null;
  /** null: for good. */
  readonly expiresAt: Temporal.Instant | null;
  readonly lines: readonly {
    /** null: places of the house, as no type. */
    readonly ticketTypeId: string | null;
    readonly places: number;
    /** Which line of the order; left out: they are counted from one. */
    readonly line?: number;
  }[];
};

export type Taken = {
  /** Those who got all of their places. */
  readonly orderIds: ReadonlySet<string>;
  /** Their holds, in the order of their lines. */
  readonly holdIds: ReadonlyMap<string, readonly string[]>;
  /** How many are left after them; null where there is no box office. */
  readonly placesLeft: number | null;
};

/**
 * The one way to a screening's places: everything that is sold, given, kept or offered goes through here. In one
 * statement it locks the capacity, gives back what ran out, decides in the order of `wanted`, and holds.
 * See docs/locking.md.
 */
export async function takePlaces(
  tx: Tx,
  screeningId: string,
  now: Temporal.Instant,
  wanted: readonly Wanted[],
): Promise<Taken> {
  const say = openInstantWords();
  const asked = wanted.flatMap(({ orderId, note, isAhead, offerId, expiresAt, lines }, at) =>
    lines.map(({ ticketTypeId, places, line }, index) => ({
      ...{ who: at, hold: newId(), type: ticketTypeId, places, expires: say(expiresAt) },
      ...(note === undefined ? { order: orderId, line: line ?? index + 1 } : { note }),
      ...(isAhead ? { ahead: true } : {}),
      ...(offerId ? { offer: offerId } : {}),
    })),
  );
  const { rows } = await sql<{ refused: number | null; placesLeft: number }>`
    select * from take_places(${screeningId}::uuid, ${now}::timestamptz, ${JSON.stringify(asked)}::jsonb)
  `.execute(tx);
  if (rows.length === 0) return { orderIds: new Set(), holdIds: new Map(), placesLeft: null };
  const refused = new Set(rows.map((row) => row.refused));
  const got = [...wanted.entries()].filter(([at]) => !refused.has(at));
  const holds = Map.groupBy(asked, ({ who }) => who);
  return {
    orderIds: new Set(got.map(([, { orderId }]) => orderId)),
    holdIds: new Map(
      got.map(([at, { orderId }]) => [orderId, (holds.get(at) ?? []).map(({ hold }) => hold)]),
    ),
    placesLeft: rows.at(-1)?.placesLeft ?? null,
  };
}
