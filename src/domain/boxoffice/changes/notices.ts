import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import type { ChangeChoice, ChangeKind, Known } from './tables.ts';
import './tables.ts';

/** What an order is told of a change, and what its buyer chose. */
export type OrderNotice = {
  readonly changeId: string;
  readonly orderId: string;
  /** The screening that changed; after an exchange the order is for another. */
  readonly screeningId: string;
  readonly message: string;
  readonly madeAt: Temporal.Instant;
  readonly kind: ChangeKind;
  readonly knew: Known;
  readonly toldAt: Temporal.Instant | null;
  readonly choice: ChangeChoice | null;
  readonly chosenAt: Temporal.Instant | null;
  readonly exchangedTo: string | null;
  readonly settledAt: Temporal.Instant | null;
};

/** The newest notice of an order, or null: it was never told of a change. */
export async function noticeOf(tx: Tx, filmId: string, orderId: string): Promise<OrderNotice | null> {
  const [newest] = await notices(tx, filmId)
    .where('orderNotice.orderId', '=', orderId)
    .orderBy('orderNotice.changeId', 'desc')
    .limit(1)
    .execute();
  return newest ?? null;
}

/** One notice. */
export async function noticeById(
  tx: Tx,
  filmId: string,
  { changeId, orderId }: { readonly changeId: string; readonly orderId: string },
): Promise<OrderNotice | null> {
  const found = await notices(tx, filmId)
    .where('orderNotice.changeId', '=', changeId)
    .where('orderNotice.orderId', '=', orderId)
    .executeTakeFirst();
  return found ?? null;
}

/** A notice with whose it is, for the team. */
export type NoticeInList = OrderNotice & {
  readonly code: string;
  readonly name: string;
  readonly address: string | null;
};

/** Everybody who was told of changes of a screening, the newest change first. */
export async function noticesOf(tx: Tx, filmId: string, screeningId: string): Promise<NoticeInList[]> {
  const rows = await notices(tx, filmId)
    .innerJoin('order', (join) =>
      join.onRef('order.filmId', '=', 'orderNotice.filmId').onRef('order.id', '=', 'orderNotice.orderId'),
    )
    .select(['order.code', 'order.buyerName', 'order.buyerAddress'])
    .where('screeningChange.screeningId', '=', screeningId)
    .orderBy('orderNotice.changeId', 'desc')
    .orderBy('orderNotice.orderId')
    .execute();
  return rows.map(({ buyerName, buyerAddress, ...row }) => ({
    ...row,
    name: buyerName ?? '',
    address: buyerAddress,
  }));
}

function notices(tx: Tx, filmId: string) {
  return tx
    .selectFrom('orderNotice')
    .innerJoin('screeningChange', (join) =>
      join
        .onRef('screeningChange.filmId', '=', 'orderNotice.filmId')
        .onRef('screeningChange.id', '=', 'orderNotice.changeId'),
    )
    .select([
      'changeId',
      'orderId',
      'screeningChange.screeningId',
      'message',
      'screeningChange.madeAt',
      'kind',
      'knew',
      'toldAt',
    ])
    .select(['choice', 'chosenAt', 'exchangedTo', 'settledAt'])
    .where('orderNotice.filmId', '=', filmId);
}
