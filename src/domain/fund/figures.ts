import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { sumsByKind } from '../ledger/index.ts';
import { waitingCounts } from './waits.ts';
import './tables.ts';

/** The fund in one currency. Money comes from the books' account `fund`, minor units. */
export type FundFigures = {
  readonly currency: string;
  /** Gifts, less what went back to those who gave them. */
  readonly giftsIn: number;
  /** What grants paid, less what came back with cancelled places. */
  readonly grantsOut: number;
  readonly balance: number;
  /** Of the balance, what is set aside for places that somebody is just claiming or was offered. */
  readonly setAside: number;
  /** How many gave, and how many places were paid and stand. */
  readonly gifts: number;
  readonly places: number;
  readonly waiting: number;
  readonly offered: number;
};

const outKinds = new Set(['grant', 'grant-back']);

/** How a film's fund stands, a line for each currency that it ever had. */
export async function fundFigures(tx: Tx, filmId: string, now: Temporal.Instant): Promise<FundFigures[]> {
  const moved = await sumsByKind(tx, filmId, 'fund');
  const counts = await countsOf(tx, filmId, now);
  const waits = await waitingCounts(tx, filmId, now);
  const currencies = [...moved, ...counts, ...waits].map(({ currency }) => currency);
  return [...new Set(currencies)].sort().map((currency) => {
    const own = moved.filter((sum) => sum.currency === currency);
    // Of a liability, credits are what came in: less than nothing in the books.
    const sumOf = (lines: typeof own): number => lines.reduce((sum, { amount }) => sum - amount, 0);
    const out = own.filter(({ kind }) => outKinds.has(kind));
    const count = counts.find((each) => each.currency === currency);
    const wait = waits.find((each) => each.currency === currency);
    return {
      currency,
      giftsIn: sumOf(own.filter(({ kind }) => !outKinds.has(kind))),
      grantsOut: 0 - sumOf(out),
      balance: sumOf(own),
      setAside: count?.setAside ?? 0,
      gifts: count?.gifts ?? 0,
      places: count?.places ?? 0,
      waiting: wait?.waiting ?? 0,
      offered: wait?.offered ?? 0,
    };
  });
}

type Counts = {
  readonly currency: string;
  readonly gifts: number;
  readonly places: number;
  readonly setAside: number;
};

async function countsOf(tx: Tx, filmId: string, now: Temporal.Instant): Promise<Counts[]> {
  const gifts = await tx
    .selectFrom('gift')
    .select((it) => ['currency', it.fn.countAll<number>().as('gifts')])
    .where('filmId', '=', filmId)
    .whereRef('takenBack', '<', 'amount')
    .groupBy('currency')
    .execute();
  const grants = await tx
    .selectFrom('grant')
    .select((it) => [
      'currency',
      it.fn.countAll<number>().filterWhere('givenAt', 'is not', null).as('places'),
      it.fn
        .coalesce(it.fn.sum<number>('amount').filterWhere('expiresAt', '>', now), it.lit(0))
        .as('setAside'),
    ])
    .where('filmId', '=', filmId)
    .where('returnedAt', 'is', null)
    .groupBy('currency')
    .execute();
  return gifts.map(({ currency, gifts: given }) => {
    const { places = 0, setAside = 0 } = grants.find((each) => each.currency === currency) ?? {};
    return { currency, gifts: given, places, setAside: Number(setAside) };
  });
}

/** What is free to be granted now, by the gifts' own rows: the balance less what is set aside. */
export async function freeInFund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  currency: string,
): Promise<number> {
  const { left } = await tx
    .selectFrom('gift')
    .select((it) =>
      it.fn
        .coalesce(
          it.fn.sum<number>(it(it('amount', '-', it.ref('spent')), '-', it.ref('takenBack'))),
          it.lit(0),
        )
        .as('left'),
    )
    .where('filmId', '=', filmId)
    .where('currency', '=', currency)
    .where((it) => it(it('spent', '+', it.ref('takenBack')), '<', it.ref('amount')))
    .executeTakeFirstOrThrow();
  const { lapsed } = await tx
    .selectFrom('grant')
    .select((it) => it.fn.coalesce(it.fn.sum<number>('amount'), it.lit(0)).as('lapsed'))
    .where('filmId', '=', filmId)
    .where('currency', '=', currency)
    .where('expiresAt', '<=', now)
    .executeTakeFirstOrThrow();
  return Number(left) + Number(lapsed);
}
