import type { Temporal } from 'temporal-polyfill';
import type { DeskMethod } from '../../domain/boxoffice/index.ts';
import type { Show } from './calendar.ts';
import { type Demand, doorMoment, momentOn } from './demand.ts';
import type { Dice } from './dice.ts';
import { groupOf, type Person, personOf } from './people.ts';
import type { SeasonClock } from './season-clock.ts';
import { givenFor, perOrderUsual, type TypeName, typesOnSale } from './types-on-sale.ts';

/** How an order comes about. */
type Way = 'site' | 'invoice' | 'desk' | 'door' | 'comp';
/** What becomes of it later. */
type Fate = 'kept' | 'abandoned' | 'given back' | 'some given back' | 'sum given back';

/** An order as it is planned. */
export type PlannedOrder = {
  readonly number: number;
  readonly show: Show;
  readonly at: Temporal.Instant;
  readonly way: Way;
  readonly person: Person;
  readonly type: TypeName;
  readonly quantity: number;
  readonly amount: number | null;
  readonly gift: number;
  readonly code: string;
  readonly referral: string | null;
  readonly guests: readonly string[];
  readonly method: DeskMethod;
  readonly fate: Fate;
  readonly dice: Dice;
};

const gifts = [
  [300, 20],
  [500, 34],
  [1000, 28],
  [2000, 12],
  [5000, 5],
  [10_000, 1],
] as const;
const referrals = [
  [null, 44],
  ['newsletter', 18],
  ['instagram', 12],
  ['partner-labor-notes', 8],
  ['cinema-site', 10],
  ['podcast', 5],
  ['flyer', 3],
] as const;
const doorMethods = [
  ['cash', 42],
  ['card-reader', 58],
] as const;
const deskMethods = [
  ['card-reader', 45],
  ['cash', 25],
  ['cheque', 30],
] as const;
const fates = [
  ['kept', 924],
  ['abandoned', 30],
  ['given back', 26],
  ['some given back', 12],
  ['sum given back', 8],
] as const;

/** All orders of a season, by the time at which they are made. */
export function plannedOrders(dice: Dice, demands: readonly Demand[], clock: SeasonClock): PlannedOrder[] {
  let number = 0;
  const orders = demands.flatMap(({ show, orders: count, days }) =>
    Array.from({ length: count }, (_, at) => {
      number += 1;
      return planned(dice.of(`${show.slug} ${at}`), dice, { number, show, days, clock });
    }),
  );
  return orders.sort((one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds);
}

function planned(
  own: Dice,
  everybody: Dice,
  { number, show, days, clock }: Pick<Demand, 'show' | 'days'> & { number: number; clock: SeasonClock },
): PlannedOrder {
  const day = own.weighted(days.map(([day, share]) => [day, share] as const));
  const way = wayOf(own, show, day);
  const type = own.weighted(show.types.map((name) => [name, typesOnSale[name].weight] as const));
  const person = way === 'invoice' ? groupOf(everybody, number) : personOf(everybody, number);
  const most = typesOnSale[type].perOrderMax ?? perOrderUsual;
  const wished = way === 'invoice' ? own.whole(6, 10) : own.weighted(typesOnSale[type].quantities);
  const quantity = Math.min(wished, most);
  const isOnSite = way === 'site';
  return {
    ...{ number, show, way, person, type, quantity, dice: own },
    at: way === 'door' ? doorMoment(own, show, clock) : momentOn(own, show, day, clock),
    amount: givenFor(own, type, show.market),
    gift: isOnSite && own.chance(typesOnSale[type].kind === 'free' ? 0.07 : 0.15) ? own.weighted(gifts) : 0,
    code: isOnSite ? codeOf(own, show, day, type) : '',
    referral: isOnSite ? own.weighted(referrals) : null,
    guests: own.chance(0.3) ? guestsOf(everybody, number, quantity, person) : [],
    method: own.weighted(way === 'door' ? doorMethods : deskMethods),
    fate: isOnSite ? own.weighted(fates) : 'kept',
  };
}

function wayOf(dice: Dice, show: Show, day: number): Way {
  if (show.isPrivate) return 'invoice';
  if (day === show.day && day < 0 && dice.chance(0.42)) return 'door';
  return dice.weighted<Way>([
    ['site', 945],
    ['invoice', 10],
    ['desk', 28],
    ['comp', 17],
  ]);
}

/** The code that somebody types, or none; the codes stand in open-season.ts. */
function codeOf(dice: Dice, show: Show, day: number, type: TypeName): string {
  if (typesOnSale[type].kind !== 'fixed') return '';
  if (day <= show.onSaleDay + 3 && dice.chance(0.22)) return 'EARLYBIRD';
  if (show.market.country === 'US' && dice.chance(0.04)) return 'UNION5';
  return dice.chance(0.03) ? 'NEIGHBORS' : '';
}

function guestsOf(everybody: Dice, number: number, quantity: number, { name }: Person): string[] {
  const others = Array.from({ length: quantity - 1 }, (_, at) => personOf(everybody, number * 20 + at + 1e6));
  return [name, ...others.map((other) => other.name)];
}
