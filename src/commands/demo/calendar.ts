import type { Temporal } from 'temporal-polyfill';
import { type ScreeningListing, screeningListing } from '../../domain/screenings/index.ts';
import type { Dice } from './dice.ts';
import { type Market, markets } from './markets.ts';
import type { TypeName } from './types-on-sale.ts';

/** One show of the season. Days are counted from today: yesterday is -1. */
export type Show = {
  readonly slug: string;
  readonly market: Market;
  readonly kind: ScreeningListing['kind'];
  readonly day: number;
  /** On the wall clock of its market. */
  readonly time: string;
  readonly places: number;
  /** How much of the house comes; more than one where people are turned away. */
  readonly fill: number;
  readonly onSaleDay: number;
  readonly types: readonly TypeName[];
  /** At least so many orders, however small the season: what happens there needs them. */
  readonly ordersMin: number;
  readonly isPrivate: boolean;
};

/** When tickets come on sale: shows up to a day, by the wave in which they were announced. */
export const waves = [
  { day: -60, untilDay: -12 },
  { day: -26, untilDay: 99 },
] as const;

/** What kinds of shows there are: who comes, and what they choose from. */
const kinds: Readonly<Record<string, { fill: number; types: readonly TypeName[] }>> = {
  cinema: { fill: 1, types: ['general', 'reduced', 'what-you-can'] },
  festival: { fill: 1.1, types: ['general', 'reduced'] },
  community: { fill: 0.85, types: ['what-you-can', 'community', 'supporter'] },
  campus: { fill: 0.9, types: ['rsvp', 'neighbour'] },
  workplace: { fill: 0.4, types: ['general'] },
};

/** Each market's three nights: the first from so many days ago, one market every other day. */
const nights = [
  { from: -42, kinds: ['cinema', 'cinema', 'festival', 'cinema'], times: ['19:00', '19:30', '20:00'] },
  { from: -35, kinds: ['cinema', 'community', 'cinema', 'campus'], times: ['18:30', '19:00', '18:00'] },
  { from: -15, kinds: ['cinema', 'cinema', 'community', 'cinema'], times: ['19:00', '18:45', '20:15'] },
] as const;

/** Shows with a story of their own, by their slug: `<city>-<night>`. */
export const scenes = {
  soldOut: 'minneapolis-3',
  soldOutBefore: 'seattle-1',
  moved: 'denver-3',
  cancelled: 'new-orleans-3',
  cancelledBefore: 'phoenix-1',
  fundEmpty: 'vancouver-3',
} as const;

const sceneShows: Readonly<Record<string, Partial<Show>>> = {
  [scenes.soldOut]: {
    places: 44,
    fill: 1.5,
    ordersMin: 44,
    types: kinds.cinema?.types ?? [],
    kind: 'cinema',
  },
  [scenes.soldOutBefore]: { places: 56, fill: 1.3, ordersMin: 40 },
  [scenes.moved]: { fill: 0.7, ordersMin: 12 },
  [scenes.cancelled]: { fill: 0.6, ordersMin: 12 },
  [scenes.cancelledBefore]: { fill: 0.4, ordersMin: 8 },
};

/** Further shows of a larger season: on the evenings behind each market's nights, then earlier in the day. */
const moreTimes = ['21:30', '16:00', '13:30', '11:00', '22:15'] as const;
const eveningsBehind = 6;
const ordersAShow = 30;
const usualShows = 60;

/** How many orders a season of these markets can have at most. */
export const ordersMost = ordersAShow * usualShows * (1 + eveningsBehind * moreTimes.length);

/** The shows of a season of so many orders, in the order of their markets. */
export function calendarOf(dice: Dice, orders: number): Show[] {
  const rounds = Math.ceil(orders / (ordersAShow * usualShows));
  const shows = markets.flatMap((market, at) =>
    nights.flatMap((night, nightAt) => {
      const day = night.from + at * 2;
      const usual = showOf(market, `${slugOf(market)}-${nightAt + 1}`, {
        ...{ day, time: night.times[at % night.times.length] ?? '19:00' },
        kind: night.kinds[(at + nightAt) % night.kinds.length] ?? 'cinema',
      });
      return [{ ...usual, ...sceneShows[usual.slug] }, ...moreOf(market, usual, rounds - 1)];
    }),
  );
  const all = [...shows.filter(({ day }) => day !== 0), ...showsOutsideNights()];
  return all.map((show) => ({ ...show, fill: show.fill * (0.8 + dice.of(show.slug).next() * 0.4) }));
}

function moreOf(market: Market, { slug, day }: Show, count: number): Show[] {
  return Array.from({ length: count }, (_, at) =>
    showOf(market, `${slug}-${at + 2}`, {
      ...{ kind: 'cinema', day: day + (at % eveningsBehind) },
      time: moreTimes[Math.floor(at / eveningsBehind)] ?? '15:00',
    }),
  );
}

/** Tonight's, for somebody to stand at a door (so far west that it is still to come), and a private one at a workplace. */
function showsOutsideNights(): Show[] {
  const [newYork, losAngeles] = markets;
  if (!newYork || !losAngeles) return [];
  const tonight = showOf(losAngeles, 'los-angeles-tonight', { kind: 'cinema', day: 0, time: '22:00' });
  const hall = { ...newYork, venue: 'Local 12 Union Hall', street: '55 Mill Street', places: 70 };
  const workplace = showOf(hall, 'union-hall', { kind: 'workplace', day: -9, time: '17:30' });
  return [
    { ...tonight, fill: 0.75, ordersMin: 14 },
    { ...workplace, isPrivate: true, ordersMin: 3 },
  ];
}

function showOf(
  market: Market,
  slug: string,
  { kind, day, time }: Pick<Show, 'day' | 'time'> & { readonly kind: keyof typeof kinds },
): Show {
  const wave = waves.find(({ untilDay }) => day <= untilDay) ?? waves[1];
  const { fill = 1, types = [] } = kinds[kind] ?? {};
  return {
    ...{ slug, market, kind: kind as Show['kind'], day, time, places: market.places, types },
    ...{ fill: market.fill * fill, onSaleDay: wave.day, ordersMin: 0, isPrivate: false },
  };
}

const slugOf = ({ city }: Market): string => city.toLowerCase().replaceAll(' ', '-');

/** A show as the desk writes it. */
export function listingOfShow(show: Show, today: Temporal.PlainDate): ScreeningListing {
  const { slug, market, kind, day, time, isPrivate } = show;
  const { city, region, country, timezone, point, venue: name, street } = market;
  const at = markets.indexOf(market);
  return screeningListing.parse({
    ...{ slug, kind, starts_at: `${today.add({ days: day })}T${time}`, state: 'on sale' },
    venue: {
      ...{ name, street, city, region, country, timezone, point: [...point] },
      accessibility: { step_free: at % 5 !== 3, hearing_loop: at % 3 === 0 },
    },
    ...(at % 4 === 0 ? { accessibility: { open_captions: true } } : {}),
    ...(isPrivate ? { private: true } : {}),
  });
}
