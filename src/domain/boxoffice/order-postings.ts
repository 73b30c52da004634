import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Line, post, type Sold } from '../ledger/index.ts';
import { type Order, sayOrderCode } from './order.ts';
import type { PayMethod } from './tables.ts';

/** Where the money of an order comes to stand, by how it is paid; null: there is none. */
export const accountOf: Readonly<Record<PayMethod, string | null>> = {
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
  const account = accountOf[method];
  if (account === null && total > 0) throw new Error('an order that is owed for was confirmed as free');
  const fact = { subjectId: id, memo: sayOrderCode(order.code), bookedOn };
  const of = (account: string, amount: number, partId: string | null = null): Line => ({
    ...{ account, amount, currency, partId },
  });
  const paid = order.lines.map((line) =>
    of('income.tickets', -(line.price - line.off - line.granted) * line.quantity, line.ticketTypeId),
  );
  const lines = [of(account ?? '', total), ...paid, of('fund', -gift)].filter(({ amount }) => amount !== 0);
  if (lines.length > 0)
    await post(tx, filmId, now, by, { ...fact, key: `order:${id}`, kind: 'order', lines });
  const granted = order.lines.filter((line) => line.granted > 0);
  if (granted.length === 0) return;
  const grant = granted.map((line) => of('income.tickets', -line.granted * line.quantity, line.ticketTypeId));
  const fromFund = of('fund', -grant.reduce((sum, { amount }) => sum + amount, 0));
  await post(tx, filmId, now, by, {
    ...{ ...fact, key: `grant:${id}`, kind: 'grant', lines: [fromFund, ...grant] },
  });
}

/** An order as shares are reckoned of it: after it, and after each fee and refund of it, by `accrueShares`. */
export function soldOf({ id, code, screeningId, channel }: Order, bookedOn: Temporal.PlainDate): Sold {
  return { subjectId: id, memo: sayOrderCode(code), bookedOn, screeningId, channel };
}
