import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Line, post } from '../ledger/index.ts';
import { type Order, sayOrderCode } from './order.ts';
import type { PayMethod } from './tables.ts';

/** Where the money of an order comes to stand, by how it is paid; null: there is none. */
const accountOf: Readonly<Record<PayMethod, string | null>> = {
  free: null,
  comp: null,
  stripe: 'processor',
  sandbox: 'processor',
  invoice: 'receivable',
  cash: 'cash',
  cheque: 'bank',
  'card-reader': 'bank',
};

/**
 * Posts what an order is: money to the processor, the cash box or what is owed; ticket income and the solidarity fund
 * on the other side. What the fund pays of it moves from the fund to ticket income, as a group of its own.
 * An order of nothing is no entry.
 */
export async function postOrder(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    order,
    method,
    bookedOn,
  }: {
    readonly order: Order;
    readonly method: PayMethod;
    readonly bookedOn: Temporal.PlainDate;
  },
): Promise<void> {
  const { id, currency, total, gift } = order;
  const memo = sayOrderCode(order.code);
  const account = accountOf[method];
  if (account === null && total > 0) throw new Error('an order that is owed for was confirmed as free');
  const lines = linesOf(
    [
      [account ?? '', total],
      ['income.tickets', gift - total],
      ['fund', -gift],
    ],
    currency,
  );
  if (lines.length > 0)
    await post(tx, filmId, now, by, { key: `order:${id}`, kind: 'order', memo, bookedOn, lines });
  const granted = order.lines.reduce((sum, line) => sum + line.granted * line.quantity, 0);
  const grant = linesOf(
    [
      ['fund', granted],
      ['income.tickets', -granted],
    ],
    currency,
  );
  if (grant.length > 0)
    await post(tx, filmId, now, by, { key: `grant:${id}`, kind: 'grant', memo, bookedOn, lines: grant });
}

/** Lines of a group without those of nothing. */
function linesOf(amounts: readonly (readonly [string, number])[], currency: string): Line[] {
  return amounts.flatMap(([account, amount]) => (amount === 0 ? [] : [{ account, amount, currency }]));
}
