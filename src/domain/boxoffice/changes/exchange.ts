import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import { plainText, type Screening, upcomingScreenings } from '../../screenings/index.ts';
import { availabilitiesOf } from '../capacity.ts';
import { whyNotOnSale } from '../choices.ts';
import type { Order, OrderLine } from '../order.ts';
import { whyNotSelling } from '../sale.ts';
import { type TicketType, ticketTypesOf } from '../ticket-types.ts';

// More than one can choose from.
const screeningsMax = 200;

/** A screening to which an order's tickets can go, and how many places are free there. */
export type ExchangeChoice = { readonly screening: Screening; readonly free: number };

/** How many good tickets an order has, by its lines. */
export function goodPlaces({
  lines,
  tickets,
}: Pick<Order, 'lines' | 'tickets'>): (OrderLine & { places: number })[] {
  const good = tickets.filter(({ cancelledAt }) => cancelledAt === null);
  return lines
    .map((line) => ({ ...line, places: good.filter((ticket) => ticket.line === line.line).length }))
    .filter(({ places }) => places > 0);
}

/**
 * Which of another screening's types a line's tickets become: the one of the same name, or else the dearest, that
 * costs no more than was paid for a place. null: there is none.
 */
export function typeForExchange(
  line: Pick<OrderLine, 'price' | 'off' | 'ticketTypeId'>,
  own: readonly TicketType[],
  theirs: readonly TicketType[],
  now: Temporal.Instant,
): TicketType | null {
  const was = own.find(({ id }) => id === line.ticketTypeId);
  const paid = line.price - line.off;
  const fits = theirs.filter((type) => {
    if (type.currency !== was?.currency || type.needsCode || whyNotOnSale(type, now) !== null) return false;
    if ((type.kind === 'comp') !== (was.kind === 'comp')) return false;
    return leastOf(type) <= paid;
  });
  const named = fits.find(({ name }) => plainText(name) === plainText(was?.name ?? ''));
  const dearest = fits.toSorted((one, other) => leastOf(other) - leastOf(one))[0];
  return named ?? dearest ?? null;
}

/** The least that a place of a type costs. */
function leastOf({ kind, price, priceMin }: TicketType): number {
  return kind === 'pwyw' ? (priceMin ?? 0) : price;
}

/** Where an order's tickets can go instead: on sale, with places for all of them, at no more than was paid. */
export async function exchangeChoices(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
): Promise<ExchangeChoice[]> {
  const lines = goodPlaces(order);
  const needs = lines.reduce((sum, { places }) => sum + places, 0);
  if (needs === 0) return [];
  const coming = (await upcomingScreenings(tx, filmId, now, screeningsMax)).filter(
    (screening) => screening.id !== order.screeningId && whyNotSelling(screening, now, false) === null,
  );
  const ids = coming.map(({ id }) => id);
  const houses = await availabilitiesOf(tx, filmId, ids, now);
  const types = await ticketTypesOf(tx, filmId, [order.screeningId, ...ids]);
  const own = types.filter(({ screeningId }) => screeningId === order.screeningId);
  return coming.flatMap((screening) => {
    const free = houses.get(screening.id)?.free ?? 0;
    const theirs = types.filter(({ screeningId }) => screeningId === screening.id);
    const fits = lines.every((line) => typeForExchange(line, own, theirs, now) !== null);
    return fits && free >= needs ? [{ screening, free }] : [];
  });
}
