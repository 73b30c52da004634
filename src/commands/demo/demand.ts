import type { Temporal } from 'temporal-polyfill';
import type { Show } from './calendar.ts';
import type { Dice } from './dice.ts';
import type { SeasonClock } from './season-clock.ts';

/** How many orders a show gets, and on which days. */
export type Demand = { readonly show: Show; readonly orders: number; readonly days: readonly DayShare[] };
/** A day and how much of the show's sale it sees. */
type DayShare = readonly [day: number, share: number];

/** A sale's three moods: the news, the weeks between, the last days. Each with how long it lasts. */
const news = { share: 1, fadesInDays: 2.4 };
const between = 0.12;
const rush = { share: 1.35, growsInDays: 2.8 };
/** Monday to Sunday. */
const weekdays = [1.05, 1.1, 1.15, 1.05, 0.85, 0.8, 1];

/** How a show sells day by day, from the day on which it comes on sale to its own. */
export function curveOf({ day, onSaleDay }: Show, today: Temporal.PlainDate): DayShare[] {
  return Array.from({ length: day - onSaleDay + 1 }, (_, at) => {
    const since = news.share * Math.exp(-at / news.fadesInDays);
    const until = rush.share * Math.exp(-(day - onSaleDay - at) / rush.growsInDays);
    const weekday = weekdays[today.add({ days: onSaleDay + at }).dayOfWeek - 1] ?? 1;
    return [onSaleDay + at, (since + between + until) * weekday];
  });
}

/** Shares so many orders out over the shows, by who comes and by how much of their sale is behind them. */
export function demandOf(shows: readonly Show[], orders: number, today: Temporal.PlainDate): Demand[] {
  const wishes = shows.map((show) => {
    const curve = curveOf(show, today);
    const days = curve.filter(([day]) => day <= 0);
    const passed = sumOf(days) / sumOf(curve);
    return { show, days, weight: show.places * show.fill * passed };
  });
  const whole = wishes.reduce((sum, { weight }) => sum + weight, 0);
  let given = 0;
  let due = 0;
  return wishes.map(({ show, days, weight }) => {
    // What is rounded off here is given to the next, so that all of them come to the whole.
    due += (orders * weight) / whole;
    const share = Math.max(0, Math.round(due - given));
    given += share;
    return { show, days, orders: Math.max(share, show.ordersMin) };
  });
}

const sumOf = (days: readonly DayShare[]): number => days.reduce((sum, [, share]) => sum + share, 0);

/** How many of a hundred buy in an hour: at lunch a few, in the evening most. */
const hours = [
  ...([
    [7, 1],
    [8, 3],
    [9, 4],
    [10, 5],
    [11, 6],
    [12, 8],
    [13, 7],
    [14, 5],
    [15, 5],
    [16, 5],
    [17, 6],
  ] as const),
  ...([
    [18, 8],
    [19, 10],
    [20, 12],
    [21, 9],
    [22, 5],
    [23, 1],
  ] as const),
];

/** When somebody buys on a day: by the clock where the show is, and well before it begins. */
export function momentOn(dice: Dice, show: Show, day: number, clock: SeasonClock): Temporal.Instant {
  const beginsAt = Number(show.time.slice(0, 2));
  const open = hours.filter(([hour]) => {
    if (day === show.onSaleDay && hour < 10) return false;
    return day !== show.day || hour < beginsAt - 1;
  });
  const hour = dice.weighted(open.length > 0 ? open : [[8, 1]]);
  const [minute, second] = [dice.whole(0, 59), dice.whole(0, 59)];
  const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
  return clock.planned(day, time, show.market.timezone);
}

/** When somebody comes to the door without a ticket. */
export function doorMoment(dice: Dice, show: Show, clock: SeasonClock): Temporal.Instant {
  const begins = clock.planned(show.day, show.time, show.market.timezone);
  return begins.subtract({ seconds: dice.whole(3 * 60, 55 * 60) });
}
