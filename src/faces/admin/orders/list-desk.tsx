import {
  cardsOf,
  listOrders,
  type OrderInList,
  orderState,
  sayOrderCode,
  screeningsWithTypes,
} from '../../../domain/boxoffice/index.ts';
import { plainAmount } from '../../../domain/ledger/index.ts';
import { type Screening, screeningById } from '../../../domain/screenings/index.ts';
import { csvLines } from '../../../platform/csv.ts';
import { type Db, inFilm, type Tx } from '../../../platform/database/database.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { asked } from '../books/views.ts';
import { screeningWords } from '../boxoffice/parts.tsx';
import { csvOf } from '../csv-answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { OrdersPage } from './list-page.tsx';
import { filterOf, type OrdersView, ordersQuery } from './views.ts';
import { channelWords, methodWords, stateWords } from './words.ts';

const perPage = 50;
// A list that is longer than this is searched, not read.
const screeningsMax = 200;

/** The list of orders, and the same as CSV. */
export function addOrdersList(app: DeskApp, house: House): void {
  app.get('/orders', allow('orders.read'), async (c) => {
    const view = asked(c, ordersQuery);
    const { desk } = c.var;
    const found = await inFilm(house.db, desk.film.id, async (tx) => {
      const all = await ordersOf(tx, desk, view, { before: view.before || null, limit: perPage + 1 });
      const orders = all.slice(0, perPage);
      const ids = orders.map(({ id }) => id);
      return {
        ...{ orders, hasMore: all.length > perPage, cards: await cardsOf(tx, desk.film.id, ids) },
        screenings: await screeningsOf(tx, desk, orders),
      };
    });
    return answer(c, <OrdersPage desk={desk} view={view} {...found} />);
  });
  app.get('/orders/export.csv', allow('orders.export'), (c) =>
    csvOf(c, 'orders', csvPieces(house.db, c.var.desk, asked(c, ordersQuery))),
  );
}

async function ordersOf(
  tx: Tx,
  { film, now }: Desk,
  view: OrdersView,
  place: { readonly before: string | null; readonly limit: number },
): Promise<OrderInList[]> {
  const filter = await filterOf(tx, film.id, view);
  return filter === null ? [] : await listOrders(tx, film.id, now, filter, place);
}

/** Those that the orders are for, and those that one may narrow the list to. */
async function screeningsOf(
  tx: Tx,
  { film }: Desk,
  orders: readonly OrderInList[],
): Promise<ReadonlyMap<string, Screening>> {
  const selling = (await screeningsWithTypes(tx, film.id)).slice(0, screeningsMax);
  const ids = new Set([...orders.map(({ screeningId }) => screeningId), ...selling]);
  const found = new Map<string, Screening>();
  for (const id of ids) {
    const screening = await screeningById(tx, film.id, id);
    if (screening) found.set(id, screening);
  }
  return found;
}

const perPiece = 500;

async function* csvPieces(db: Db, desk: Desk, view: OrdersView): AsyncGenerator<string> {
  yield csvLines([
    [
      ...['order', 'state', 'made at', 'where', 'screening', 'places', 'name', 'address', 'paid', 'total'],
      ...['gift', 'currency', 'referral', 'note'],
    ],
  ]);
  const known = new Map<string, Screening>();
  for (let before: string | null = null; ; ) {
    const place: { before: string | null; limit: number } = { before, limit: perPiece };
    const orders: OrderInList[] = await inFilm(db, desk.film.id, async (tx) => {
      const found = await ordersOf(tx, desk, view, place);
      for (const { screeningId: id } of found) {
        const screening = known.get(id) ?? (await screeningById(tx, desk.film.id, id));
        if (screening) known.set(id, screening);
      }
      return found;
    });
    if (orders.length > 0) yield csvLines(orders.map((order) => rowOf(order, desk, known)));
    if (orders.length < perPiece) return;
    before = orders.at(-1)?.id ?? null;
  }
}

function rowOf(order: OrderInList, { now }: Desk, screenings: ReadonlyMap<string, Screening>): string[] {
  const { code, madeAt, channel, screeningId, places, buyer, method, total, gift, currency } = order;
  const screening = screenings.get(screeningId);
  return [
    ...[sayOrderCode(code), stateWords[orderState(order, now)], madeAt.toString({ smallestUnit: 'second' })],
    ...[channelWords[channel], screening ? screeningWords(screening) : '', String(places)],
    ...[buyer?.name ?? '', buyer?.address ?? '', method === null ? '' : methodWords[method]],
    ...[
      plainAmount(total, currency),
      plainAmount(gift, currency),
      currency,
      order.referral ?? '',
      order.note,
    ],
  ];
}
