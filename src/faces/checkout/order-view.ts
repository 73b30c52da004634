import {
  type BoxOffice,
  boxOfficeOf,
  type Charge,
  noticeOf,
  type Order,
  type OrderNotice,
  type OrderProof,
  openCharge,
  orderByKey,
  type Refund,
  readOrderCode,
  refundsOf,
  type TicketType,
  ticketTypesOf,
} from '../../domain/boxoffice/index.ts';
import { type Screening, screeningById } from '../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';

/** An order with what its page shows beside it. */
export type OrderView = {
  readonly order: Order;
  /** What opened it; the page's own forms and links carry it on. */
  readonly key: string;
  readonly screening: Screening;
  readonly types: readonly TicketType[];
  readonly box: BoxOffice;
  /** The page that it is being paid at, and what went back of what was paid. */
  readonly open: Charge | null;
  readonly refunds: readonly Refund[];
  /** What the team told them of their screening, as long as they chose nothing. */
  readonly notice: OrderNotice | null;
};

/** The order that a code and a secret open. To everybody else there is no such page. */
export async function orderView(
  house: House,
  filmId: string,
  typedCode: string,
  key: string | null,
): Promise<OrderView> {
  const code = readOrderCode(typedCode);
  if (code === null || key === null) throw new NotFound();
  const view = await inFilm(house.db, filmId, (tx) => viewOf(tx, filmId, { code, key }));
  if (view === null) throw new NotFound();
  return view;
}

async function viewOf(tx: Tx, filmId: string, proof: OrderProof): Promise<OrderView | null> {
  const order = await orderByKey(tx, filmId, proof);
  const screening = order && (await screeningById(tx, filmId, order.screeningId));
  if (!order || !screening) return null;
  const types = await ticketTypesOf(tx, filmId, [order.screeningId]);
  const open = order.confirmedAt === null ? await openCharge(tx, filmId, order.id) : null;
  const refunds = order.confirmedAt === null ? [] : await refundsOf(tx, filmId, order.id);
  const box = await boxOfficeOf(tx, filmId);
  const told = await noticeOf(tx, filmId, order.id);
  const notice = told?.choice === null ? told : null;
  return { order, key: proof.key, screening, types, box, open, refunds, notice };
}
