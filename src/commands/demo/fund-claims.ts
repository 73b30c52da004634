import type { Temporal } from 'temporal-polyfill';
import { claimPlace, saleOf, waitForPlace } from '../../domain/boxoffice/index.ts';
import {
  makeGrantCodes,
  offerToWaiting,
  personMark,
  putIntoFund,
  secretForOffer,
  takeUsedGifts,
  untoldOffers,
} from '../../domain/fund/index.ts';
import { screeningById } from '../../domain/screenings/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newSecret } from '../../platform/secrets.ts';
import { scenes, waves } from './calendar.ts';
import { curveOf, momentOn } from './demand.ts';
import type { Dice } from './dice.ts';
import { type Person, personOf } from './people.ts';
import { buyer, type OpenShow, type Season, team } from './season.ts';
import { filmZone } from './season-clock.ts';
import { typesOnSale } from './types-on-sale.ts';

/** One claim to so many orders. */
const ordersAClaim = 26;
const claimsMin = 30;
/** Yesterday and today several ask where the fund is empty by then. */
const lastClaims = 6;
const stewards = ['Night Shift Workers’ Center', 'Mutual Aid Kitchen', 'Neighborhood Legal Clinic'] as const;
const codesASteward = 8;

/** Lets places be claimed from the fund, openly and by stewards’ codes; where it is empty, people wait. */
export async function planClaims(season: Season, begins: Temporal.Instant, orders: number): Promise<void> {
  const { tx, filmId, dice, clock } = season;
  const words: string[] = [];
  for (const steward of stewards) {
    const draft = { steward, count: codesASteward, usesMax: 1, goodUntil: null };
    words.push(...(await makeGrantCodes(tx, filmId, begins, team, draft)).map(({ word }) => word));
  }
  const shows = [...season.shows.values()].filter(isPaid);
  const count = Math.max(claimsMin, Math.round(orders / ordersAClaim));
  for (let at = 0; at < count; at += 1) {
    const own = dice.of(`claim ${at}`);
    // Every second asks north of the border, where the fund is small: it empties, and people wait.
    const isNorth = at % 2 === 0;
    const isLast = at >= count - lastClaims;
    const there = shows.filter(({ show }) => (show.market.country === 'CA') === isNorth);
    const last = season.shows.get(scenes.fundEmpty);
    const place = isLast && last ? last : own.pick(there);
    const days = curveOf(place.show, clock.today).filter(([day]) => day <= 0 && (!isLast || day >= -1));
    const planned = momentOn(own, place.show, own.weighted(days), clock);
    const code = own.chance(0.3) ? (words.pop() ?? '') : '';
    season.at(planned, (now) => claim(season, now, { place, dice: own, number: at, code }));
  }
  planRefill(season);
  planTelling(season);
}

const isPaid = ({ show, types }: OpenShow): boolean =>
  types.has('general') && !show.isPrivate && show.ordersMin === 0;

type Claiming = {
  readonly place: OpenShow;
  readonly dice: Dice;
  readonly number: number;
  readonly code: string;
};

async function claim(
  season: Season,
  now: Temporal.Instant,
  { place, dice, number, code }: Claiming,
): Promise<void> {
  const { tx, filmId, dayOf } = season;
  const person = personOf(season.dice, 2_000_000 + number);
  const name = dice.pick(place.show.types.filter((type) => typesOnSale[type].kind === 'fixed'));
  const ticketTypeId = place.types.get(name) ?? '';
  try {
    await claimPlace(tx, filmId, now, buyer, {
      ...{ key: newSecret(), screeningId: place.screeningId, ticketTypeId, offer: null, code },
      ...whoClaims(filmId, person),
      bookedOn: dayOf(now),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'fund_empty') await wait(season, now, { place, ticketTypeId, person });
  }
}

/** The hash that keeps one address from being served twice is keyed per film here: nobody claims with it again. */
const whoClaims = (filmId: string, { name, address, language }: Person) => ({
  ...{ name, address, language, mark: personMark(filmId, filmId, address) },
});

async function wait(
  { tx, filmId, siteUrl: site }: Season,
  now: Temporal.Instant,
  { place, ticketTypeId, person }: { place: OpenShow; ticketTypeId: string; person: Person },
): Promise<void> {
  const screening = await screeningById(tx, filmId, place.screeningId);
  const sale = screening && (await saleOf(tx, filmId, screening, now));
  const { address, language } = person;
  if (sale) await waitForPlace(tx, filmId, now, sale, { ticketTypeId, address, language, site });
}

/** Twice something is put into the small fund by hand. */
const refills = [
  { day: -19, amount: 3_500, memo: 'Collected at the Toronto opening' },
  { day: -2, amount: 1_700, memo: 'From the makers' },
] as const;

function planRefill({ tx, filmId, clock, dayOf, at }: Season): void {
  for (const { day, amount, memo } of refills)
    at(clock.planned(day, '11:00', 'America/Toronto'), async (now) => {
      await putIntoFund(tx, filmId, now, team, {
        ...{ key: `demo-refill${day}`, currency: 'CAD', amount, bookedOn: dayOf(now), memo },
      });
    });
}

/**
 * What the program does by itself day by day: offers to those who wait, most of whom take it, and word to givers that
 * their gift was used. Here nobody is written to.
 */
function planTelling(season: Season): void {
  const { tx, filmId, clock, dice } = season;
  for (let day = waves[0].day; day <= 0; day += 1)
    season.at(clock.planned(day, '12:00', filmZone), async (now) => {
      await offerToWaiting(tx, filmId, now);
      for (const waitId of await untoldOffers(tx, filmId, now)) {
        const offer = await secretForOffer(tx, filmId, now, waitId);
        const own = dice.of(`offered ${offer?.wait.address}`);
        const at = clock.planned(day, '12:00', filmZone).add({ minutes: own.whole(30, 900) });
        if (offer && own.chance(0.7)) season.at(at, (taken) => takeOffer(season, taken, offer));
      }
      await takeUsedGifts(tx, filmId, now);
    });
}

type Offered = NonNullable<Awaited<ReturnType<typeof secretForOffer>>>;

async function takeOffer(
  { tx, filmId, dayOf }: Season,
  now: Temporal.Instant,
  { wait, secret: offer }: Offered,
): Promise<void> {
  const { screeningId, ticketTypeId, address, language } = wait;
  const name = nameIn(address);
  const mark = personMark(filmId, filmId, address);
  const claim = {
    key: newSecret(),
    screeningId,
    ticketTypeId,
    language,
    name,
    address,
    mark,
    offer,
    code: '',
  };
  try {
    await claimPlace(tx, filmId, now, buyer, { ...claim, bookedOn: dayOf(now) });
  } catch (error) {
    // The house filled up meanwhile, or the screening began.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Who waits leaves an address and no name. */
const nameIn = (address: string): string =>
  address
    .split('.')
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
