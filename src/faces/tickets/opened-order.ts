import { type Order, orderByKey, readOrderCode } from '../../domain/boxoffice/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { NotFound } from '../edge/not-found.ts';

/** The order that a code and its secret open. Throws NotFound to everybody else: nothing tells them what there is. */
export async function openedOrder(
  tx: Tx,
  filmId: string,
  typedCode: string,
  key: string | undefined,
): Promise<Order> {
  const code = readOrderCode(typedCode);
  const order = code === null || key === undefined ? null : await orderByKey(tx, filmId, { code, key });
  if (order === null) throw new NotFound();
  return order;
}

/** What answers with a secret in its address: kept by nobody, and its address told to no other site. */
export const secretHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-robots-tag': 'noindex',
};
