import type { Temporal } from 'temporal-polyfill';
import { owedTo, participants, payOut, postByHand, trialBalance } from '../../domain/ledger/index.ts';
import { waves } from './calendar.ts';
import { type Season, team } from './season.ts';
import { filmZone } from './season-clock.ts';

/** What the makers booked by hand: on which day, from where to where, minor units. */
const postings = [
  [-61, 'makers', 'bank', 650_000, 'Put in to begin the tour'],
  [-59, 'bank', 'expense.publicity', 118_000, 'Posters and flyers'],
  [-52, 'bank', 'expense.prints', 74_500, 'DCPs and shipping'],
  [-45, 'bank', 'expense.accessibility', 92_000, 'Captions, two languages'],
  [-38, 'bank', 'expense.travel', 61_240, 'Trains and beds, first leg'],
  [-31, 'bank', 'expense.venues', 240_000, 'Hire of houses, first leg'],
  [-20, 'bank', 'expense.publicity', 46_300, 'Radio, second wave'],
  [-12, 'bank', 'expense.travel', 38_900, 'Trains and beds, second leg'],
  [-8, 'bank', 'expense.venues', 180_000, 'Hire of houses, second leg'],
  [-5, 'income.film-hire', 'bank', 45_000, 'Harbourlight Arthouse, film hire'],
] as const;

/** Who is paid how much of what they are owed, and when. */
const payouts = [
  { day: -18, sharer: 0, part: 0.9 },
  { day: -6, sharer: 1, part: 1 },
] as const;

/** Lets the makers keep their books: costs, what the processor pays out week by week, participants paid. */
export function planMoney(season: Season): void {
  const { tx, filmId, clock } = season;
  for (const [at, [day, from, to, amount, memo]] of postings.entries()) {
    season.at(clock.planned(day, '09:40', filmZone), async (now) => {
      const [key, bookedOn] = [`demo-${at}`, season.dayOf(now)];
      await postByHand(tx, filmId, now, team, { key, memo, bookedOn, from, to, amount, currency: 'USD' });
    });
  }
  for (let day = waves[0].day + 7; day < 0; day += 7)
    season.at(clock.planned(day, '08:30', filmZone), (now) => bankWeek(season, now, day));
  for (const { day, sharer, part } of payouts)
    season.at(clock.planned(day, '14:00', filmZone), (now) => payPart(season, now, { day, sharer, part }));
}

/** What lies with the processor and in the cash box goes to the bank. */
async function bankWeek({ tx, filmId, dayOf }: Season, now: Temporal.Instant, day: number): Promise<void> {
  const lies = [
    ['processor', 'Paid out by the processor'],
    ['cash', 'Taken to the bank'],
  ] as const;
  for (const [from, memo] of lies)
    for (const { currency, debit, credit } of await trialBalance(tx, filmId, null, from)) {
      const amount = debit - credit;
      if (amount <= 0) continue;
      const key = `demo-${from}-${currency}${day}`;
      const said = { key, memo, bookedOn: dayOf(now), from, to: 'bank', amount, currency };
      await postByHand(tx, filmId, now, team, said);
    }
}

async function payPart(
  { tx, filmId, dayOf }: Season,
  now: Temporal.Instant,
  { day, sharer, part }: { day: number; sharer: number; part: number },
): Promise<void> {
  const all = (await participants(tx, filmId)).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const { id: participantId, account = '' } = all[sharer] ?? {};
  if (participantId === undefined) return;
  for (const { currency, owed } of await owedTo(tx, filmId, account)) {
    const amount = Math.floor(owed * part);
    if (amount < 1) continue;
    const key = `demo-${day}-${currency}`;
    const said = { key, participantId, currency, amount, bookedOn: dayOf(now), memo: 'By bank transfer' };
    await payOut(tx, filmId, now, team, said);
  }
}
