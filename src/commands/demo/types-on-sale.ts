import type { TicketTypeDraft } from '../../domain/boxoffice/index.ts';
import type { Dice } from './dice.ts';
import type { Market } from './markets.ts';

/** What may be chosen at the shows of the season, all of it drawing on the same places. */
export type TypeName =
  | 'general'
  | 'reduced'
  | 'what-you-can'
  | 'community'
  | 'supporter'
  | 'rsvp'
  | 'neighbour';

type Said = Pick<TicketTypeDraft, 'name' | 'about' | 'kind'> &
  Partial<Pick<TicketTypeDraft, 'priceMin' | 'priceMax' | 'placesMax' | 'perOrderMax'>> & {
    /** In minor units, from what the market's houses take. */
    readonly price: (of: number) => number;
    /** How often it is the one that is chosen. */
    readonly weight: number;
    /** How many places people take of it at once. */
    readonly quantities: readonly (readonly [number, number])[];
  };

const pairs = [
  [1, 32],
  [2, 46],
  [3, 11],
  [4, 9],
  [6, 2],
] as const;
const ones = [
  [1, 70],
  [2, 30],
] as const;

export const typesOnSale: Readonly<Record<TypeName, Said>> = {
  general: {
    ...{ name: { en: 'General admission', es: 'Entrada general' }, about: null, kind: 'fixed' },
    ...{ price: (of) => of, weight: 60, quantities: pairs },
  },
  reduced: {
    name: { en: 'Students, seniors, unwaged', es: 'Estudiantes, mayores, sin empleo' },
    about: { en: 'Nobody asks for a card.', es: 'Nadie pide un carné.' },
    ...{ kind: 'fixed', price: (of) => of - 500, weight: 22, quantities: ones },
  },
  'what-you-can': {
    name: { en: 'Pay what you can', es: 'Paga lo que puedas' },
    about: { en: 'What is given beyond pays for others.', es: 'Lo que sobra paga por otras personas.' },
    ...{
      kind: 'pwyw',
      price: (of) => of - 300,
      priceMin: 300,
      priceMax: 10_000,
      weight: 18,
      quantities: ones,
    },
  },
  community: {
    name: { en: 'Neighborhood place', es: 'Entrada vecinal' },
    about: { en: 'Free, for people from around the corner.', es: 'Gratis, para la gente del barrio.' },
    ...{ kind: 'free', price: () => 0, placesMax: 24, perOrderMax: 4, weight: 26, quantities: ones },
  },
  supporter: {
    name: { en: 'Supporter', es: 'Entrada de apoyo' },
    about: { en: 'Helps the film travel on.', es: 'Ayuda a que la película siga viajando.' },
    ...{ kind: 'pwyw', price: () => 3000, priceMin: 2000, priceMax: 25_000, weight: 12, quantities: ones },
  },
  rsvp: {
    name: { en: 'Free RSVP', es: 'Reserva gratuita' },
    about: { en: 'For everybody at the college.', es: 'Para toda la universidad.' },
    ...{ kind: 'free', price: () => 0, weight: 78, quantities: pairs },
  },
  neighbour: {
    ...{ name: { en: 'Everybody else', es: 'Público general' }, about: null, kind: 'fixed' },
    ...{ price: () => 800, weight: 22, quantities: ones },
  },
};

/** As many places as one order takes of a type, where it says nothing else. */
export const perOrderUsual = 10;

export const currencyOf = ({ country }: Market): 'USD' | 'CAD' => (country === 'CA' ? 'CAD' : 'USD');

/** A type as the desk writes it, on sale from a moment. */
export function draftOf(
  name: TypeName,
  market: Market,
  saleFrom: TicketTypeDraft['saleFrom'],
): TicketTypeDraft {
  const { price, weight: _, quantities: __, ...said } = typesOnSale[name];
  return {
    ...{ priceMin: null, priceMax: null, placesMax: null, perOrderMax: perOrderUsual },
    ...{ ...said, currency: currencyOf(market), price: price(market.price) },
    ...{ saleFrom, saleUntil: null, needsCode: false },
  };
}

/** What somebody gives who pays what they can: mostly what is suggested, some less, a few much more. */
export function givenFor(dice: Dice, name: TypeName, market: Market): number | null {
  const { kind, price, priceMin } = typesOnSale[name];
  if (kind !== 'pwyw') return null;
  const suggested = price(market.price);
  const least = priceMin ?? 0;
  const between = least + Math.round((suggested - least) * dice.next() * 0.01) * 100;
  return dice.weighted([
    [suggested, 46],
    [least, 14],
    [between, 18],
    [suggested + 500, 12],
    [suggested * 2, 7],
    [Math.min(10_000, suggested * 4), 3],
  ]);
}
