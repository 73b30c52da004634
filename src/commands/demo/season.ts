import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Driver } from '../../platform/payments/index.ts';
import type { Show } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { PlannedOrder } from './orders.ts';
import type { SeasonClock } from './season-clock.ts';
import type { TypeName } from './types-on-sale.ts';

/** Who of the team did it, where a person would have. */
export const team: Actor = { personId: null, name: 'The demo’s team' };
/** Who acts on the site. As the site itself says it. */
export const buyer: Actor = { personId: null, name: 'a buyer' };

/** A show that is on sale. */
export type OpenShow = {
  readonly show: Show;
  readonly screeningId: string;
  readonly types: ReadonlyMap<TypeName, string>;
};

/** Something that happens at a moment of the season. */
export type Act = (now: Temporal.Instant) => Promise<void>;

/** A season that is being made: all of it in one transaction, from its first day to now. */
export type Season = {
  readonly tx: Tx;
  readonly filmId: string;
  readonly dice: Dice;
  readonly clock: SeasonClock;
  readonly shows: ReadonlyMap<string, OpenShow>;
  /** The sandbox, within the season's transaction and at its time. */
  readonly driver: Driver;
  /** The film's own address, without a slash at the end. */
  readonly siteUrl: string;
  /** The day that the books know a moment under. */
  dayOf(moment: Temporal.Instant): Temporal.PlainDate;
  /** Lets something happen at a planned moment; what is planned for tomorrow has not happened. */
  at(planned: Temporal.Instant, act: Act): void;
};

type Due = { readonly planned: Temporal.Instant; readonly act: Act };

/** What is still to happen, the soonest first; what comes at one moment, in the order in which it was said. */
export function agenda(end: Temporal.Instant): {
  add(planned: Temporal.Instant, act: Act): void;
  /** The next that is due up to a moment, taken off. */
  takeNext(until: Temporal.Instant): Due | undefined;
} {
  // The soonest last, so that taking it off moves nothing.
  const waiting: Due[] = [];
  return {
    add(planned, act) {
      if (planned.epochMilliseconds >= end.epochMilliseconds) return;
      let [low, high] = [0, waiting.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const isLater = (waiting[middle]?.planned.epochMilliseconds ?? 0) > planned.epochMilliseconds;
        if (isLater) low = middle + 1;
        else high = middle;
      }
      waiting.splice(low, 0, { planned, act });
    },
    takeNext(until) {
      const next = waiting.at(-1);
      if (!next || next.planned.epochMilliseconds > until.epochMilliseconds) return undefined;
      return waiting.pop();
    },
  };
}

/** Orders that come within so many minutes are taken together, as the program does in a rush. */
const togetherMinutes = 12;
const togetherMax = 100;

/** Orders as they are taken: those that follow closely, together. */
export function* together(orders: readonly PlannedOrder[]): Generator<PlannedOrder[]> {
  let batch: PlannedOrder[] = [];
  for (const order of orders) {
    const first = batch[0];
    const minutes = first ? (order.at.epochMilliseconds - first.at.epochMilliseconds) / 60_000 : 0;
    if (minutes > togetherMinutes || batch.length >= togetherMax) {
      yield batch;
      batch = [];
    }
    batch.push(order);
  }
  if (batch.length > 0) yield batch;
}
