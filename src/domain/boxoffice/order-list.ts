import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { searchWords } from '../audience/index.ts';
import { codesByWord, readCode } from './codes.ts';
import { type Order, type OrderState, readOrderCode } from './order.ts';
import { readCardEnd } from './payments/cards.ts';
import type { OrderChannel, PayMethod } from './tables.ts';
import './tables.ts';

export const orderStates: readonly OrderState[] = ['open', 'confirmed', 'cancelled', 'lapsed'];
export const orderChannels: readonly OrderChannel[] = ['site', 'desk', 'door'];
export const payMethods: readonly PayMethod[] = [
  ...(['free', 'stripe', 'sandbox', 'invoice', 'cash', 'cheque', 'card-reader', 'comp'] as const),
];

/** Which orders to list; null or an empty text is no wish. */
export type OrderFilter = {
  /** Words of the buyer's name or address, an order's code, a code that was used, or a card's last four figures. */
  readonly search: string;
  readonly screeningId: string | null;
  /** null: all but those that lapsed unpaid. */
  readonly state: OrderState | null;
  readonly method: PayMethod | null;
  readonly channel: OrderChannel | null;
  readonly codeId: string | null;
  /** Made from one moment on, and before another. */
  readonly from: Temporal.Instant | null;
  readonly to: Temporal.Instant | null;
};

/** An order as a line of a list. */
export type OrderInList = Omit<Order, 'lines' | 'tickets' | 'language'> & {
  /** Those that were chosen, cancelled tickets included. */
  readonly places: number;
};

/** As many as a search finds: the newest of them. */
const foundMax = 500;

/** Orders, the newest first; `before` is the last one seen. At most `limit`. */
export async function listOrders(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  filter: OrderFilter,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<OrderInList[]> {
  let found = narrowed(tx, filmId, now, filter).orderBy('order.id', 'desc').limit(limit);
  if (before !== null) found = found.where('order.id', '<', before);
  if (filter.search.trim() !== '') {
    const asked = await askedOf(tx, filmId, filter.search);
    if (asked === null) return [];
    const { words, called, codeId, cardEnd } = asked;
    found = found.where(
      'order.id',
      'in',
      sql<string>`(select find_orders(${words}::text, ${called}::text, ${codeId}::uuid, ${cardEnd}::text,
                                      ${foundMax}::int))`,
    );
  }
  const rows = await found
    .select(['order.id', 'order.code', 'screeningId', 'channel', 'referral', 'codeId', 'currency', 'total'])
    .select(['gift', 'madeAt', 'lapsesAt', 'buyerName', 'buyerAddress', 'method', 'confirmedAt'])
    .select(['cancelledAt', 'order.note'])
    .select((it) =>
      it
        .selectFrom('orderLine')
        .select((line) => line.fn.sum<number>('quantity').as('places'))
        .whereRef('orderLine.filmId', '=', 'order.filmId')
        .whereRef('orderLine.orderId', '=', 'order.id')
        .as('places'),
    )
    .execute();
  return rows.map(({ buyerName, buyerAddress, places, ...row }) => ({
    ...row,
    places: places ?? 0,
    buyer: buyerName === null ? null : { name: buyerName, address: buyerAddress },
  }));
}

function narrowed(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { screeningId, state, method, channel, codeId, from, to }: OrderFilter,
) {
  let found = tx.selectFrom('order').where('order.filmId', '=', filmId);
  if (screeningId !== null) found = found.where('screeningId', '=', screeningId);
  if (method !== null) found = found.where('method', '=', method);
  if (channel !== null) found = found.where('channel', '=', channel);
  if (codeId !== null) found = found.where('codeId', '=', codeId);
  if (from !== null) found = found.where('madeAt', '>=', from);
  if (to !== null) found = found.where('madeAt', '<', to);
  if (state === 'cancelled') return found.where('cancelledAt', 'is not', null);
  if (state === 'confirmed')
    return found.where('confirmedAt', 'is not', null).where('cancelledAt', 'is', null);
  if (state === null)
    return found.where((it) => it.or([it('confirmedAt', 'is not', null), it('lapsesAt', '>', now)]));
  const isOpen = state === 'open';
  return found.where('confirmedAt', 'is', null).where('lapsesAt', isOpen ? '>' : '<=', now);
}

/** What a search asks for; null where nothing could be found by it. */
async function askedOf(tx: Tx, filmId: string, search: string) {
  const list = searchWords(search);
  const words = list.length === 0 ? null : list.map((word) => `${word}:*`).join(' & ');
  const called = readOrderCode(search.slice(0, 40));
  const word = readCode(search.slice(0, 80));
  const codeId = word === null ? null : ((await codesByWord(tx, filmId, [word])).get(word)?.id ?? null);
  const cardEnd = readCardEnd(search);
  const isNothing = words === null && called === null && codeId === null && cardEnd === null;
  return isNothing ? null : { words, called, codeId, cardEnd };
}
