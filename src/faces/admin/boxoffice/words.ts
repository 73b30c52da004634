import { type TicketType, undoMinutes, whyNotOnSale } from '../../../domain/boxoffice/index.ts';
import type { Sayings } from '../../../ui/admin/index.ts';
import { sayMoment } from '../../../ui/dates.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';

/** What a place of a type costs, as buyers read it. */
export function priceWords({ kind, price, priceMin, priceMax, currency }: Priced): string {
  const say = (amount: number | null): string => sayMoney(amount ?? 0, currency);
  if (kind === 'free') return 'Free';
  if (kind === 'comp') return 'Given by the house';
  if (kind === 'fixed') return say(price);
  const bounds = priceMin === 0 ? `up to ${say(priceMax)}` : `from ${say(priceMin)} to ${say(priceMax)}`;
  return `Pay what you can, ${bounds}; ${say(price)} suggested`;
}
type Priced = Pick<TicketType, 'kind' | 'price' | 'priceMin' | 'priceMax' | 'currency'>;

type Windowed = Pick<TicketType, 'saleFrom' | 'saleUntil' | 'withdrawnAt'>;

/** When a type is on sale, by the clock of the venue. */
export function windowWords(type: Windowed, zone: string, now: Desk['now']): string {
  const say = (at: Desk['now'] | null): string => (at ? sayMoment(at, zone, 'en') : '');
  const why = whyNotOnSale(type, now);
  if (why === 'withdrawn') return 'Withdrawn';
  if (why === 'over') return `Was on sale until ${say(type.saleUntil)}`;
  if (why === 'not_yet') return `On sale from ${say(type.saleFrom)}`;
  return type.saleUntil ? `Until ${say(type.saleUntil)}` : 'As long as the screening is on sale';
}

export const sayings: Sayings = {
  unwaited: { tone: 'good', words: 'Taken off the waitlist. Nobody is told.' },
  refunding: {
    tone: 'good',
    words: 'Each order is being given back. This page counts those that are left; reload it in a while.',
  },
  'places-set': { tone: 'good', words: 'Kept. What is free follows from it at once.' },
  'type-added': { tone: 'good', words: 'The ticket type is there.' },
  'type-saved': { tone: 'good', words: 'Saved. What was quoted to somebody before stays as it was quoted.' },
  'type-withdrawn': {
    tone: 'good',
    words: 'Withdrawn: nobody can choose it any more. What was sold of it stays good.',
  },
  'type-returned': { tone: 'good', words: 'It can be chosen again.' },
  'type-moved': { tone: 'good', words: 'Buyers see them in this order now.' },
  copied: { tone: 'good', words: 'Copied. Look at the prices and the windows once.' },
  'nothing-copied': {
    tone: 'warn',
    words: 'There was nothing to copy: types of these names stand here already.',
  },
  opened: { tone: 'good', words: 'It is on sale. The screening’s page on the site shows the tickets now.' },
  closed: { tone: 'good', words: 'It is off sale. Tickets that were sold stay good.' },
  kept: { tone: 'good', words: 'Kept: nobody buys these places now.' },
  released: { tone: 'good', words: 'Given back: everybody can buy them.' },
  given: { tone: 'good', words: 'The tickets are made, and on the list at the door.' },
  told: { tone: 'good', words: 'The mails are on their way, one an order. What each chooses stands below.' },
  'told-nobody': { tone: 'good', words: 'Done. There was nobody to tell.' },
  moved: { tone: 'warn', words: 'Saved. People with tickets do not know it yet: tell them here.' },
  'rules-saved': { tone: 'good', words: 'Saved. Every page, ticket and mail says it this way from now on.' },
};

type Details = Readonly<Record<string, string | number>>;

const refusals: Readonly<Record<string, (details: Details) => string>> = {
  another_currency: ({ currency }) =>
    `The other types here are in ${currency}, and an order has one currency. Withdraw them first, or price this one in ${currency}.`,
  admitted: () =>
    'Somebody came in with one of these tickets already. Take that scan back at the door first.',
  amount_missing: () => 'How much they give for each place',
  amount_too_large: () => 'That is more than this type’s maximum.',
  amount_too_small: () => 'That is less than this type’s minimum.',
  buyer_missing: () => 'An invoice needs a name and an e-mail address to go to.',
  cancelled: () => 'This screening is cancelled; nothing is sold for it.',
  code_elsewhere: () => 'This code is for another screening.',
  code_not_yet: () => 'This code is not good yet.',
  code_other_currency: () => 'This code takes off another currency.',
  code_over: () => 'This code is not good any more.',
  code_takes_nothing: () => 'This code changes nothing about what was chosen.',
  code_used_up: () => 'This code is used up.',
  elsewhere: () => 'Tickets for this screening are sold elsewhere, as its form says.',
  key_used: () =>
    'This form was sent before with another choice. Look at the last orders, then start a new one.',
  key_wrong: () => 'This form is too old to be used. Open the page again.',
  lapsed: () => 'The places came back meanwhile. Choose again.',
  no_box_office: () => 'Say first how many places there are, and what they cost.',
  no_invoices: () => 'The rules of the box office allow no invoices.',
  no_such_code: () => 'There is no such code.',
  no_such_type: () => 'This ticket type is not here any more.',
  no_types: () => 'Add a ticket type first.',
  nothing_chosen: () => 'Choose at least one ticket.',
  places_gone: () => 'So many places are not free any more. Nothing was sold.',
  places_wrong: () => 'A whole number of places, from 0 to 1,000,000',
  places_gone_of_type: () => 'So many of this type are not left any more. Nothing was sold.',
  postponed: () => 'This screening is postponed; give it its new day first.',
  quantity_wrong: () => 'A whole number of tickets, from 1 to 100',
  split_oversold: () =>
    'The room holds fewer than were sold, so a part cannot be kept: make tickets of all of them.',
  something_due: () => 'There is something to pay. Say how it is paid, or choose comps.',
  too_many_of_type: ({ max }) => `At most ${max} of one type in an order`,
  too_many_types: () => 'A screening has room for 50 ticket types.',
  undo_late: () =>
    `This sale is more than ${undoMinutes} minutes old. The box office can still give its tickets back, in the order.`,
  type_withdrawn: () => 'This ticket type was withdrawn.',
};

/** What a refusal of the box office means to whoever sits at the desk; null where it is none of its. */
export function boxOfficeRefusal(code: string, details: Details = {}): string | null {
  return refusals[code]?.(details) ?? null;
}
