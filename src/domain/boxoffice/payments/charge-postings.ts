import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { filmMoney } from '../../film/index.ts';
import { accrueShares, type Line, plainAmount, post } from '../../ledger/index.ts';
import { type Order, sayOrderCode } from '../order.ts';
import { accountOf, soldOf } from '../order-postings.ts';
import type { Charge } from './charges.ts';
import type { RefundReason } from './tables.ts';

/** Who posts what a provider told us. */
export const byProvider: Actor = { personId: null, name: 'the payment provider' };

/** An amount as the audit log says it: `15.00 USD`. */
export function sayAmount(amount: number, currency: string): string {
  return `${plainAmount(amount, currency)} ${currency}`;
}

/** Of what an order's groups are made: its subject, its name, today. */
async function factOf(tx: Tx, filmId: string, now: Temporal.Instant, order: Order) {
  const { today } = await filmMoney(tx, filmId, now);
  return { subjectId: order.id, memo: sayOrderCode(order.code), bookedOn: today };
}

/** Posts what the provider kept of a payment, in the currency in which it kept it. */
export async function postFee(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  { chargeId, amount, currency }: { chargeId: string; amount: number; currency: string },
): Promise<void> {
  if (amount === 0) return;
  const fact = await factOf(tx, filmId, now, order);
  const lines = [
    { account: 'expense.fees', amount, currency },
    { account: 'processor', amount: -amount, currency },
  ];
  await post(tx, filmId, now, byProvider, { ...fact, key: `fee:${chargeId}`, kind: 'fee', lines });
  await accrueShares(tx, filmId, now, byProvider, [soldOf(order, fact.bookedOn)]);
}

/** Posts money that came for an order which it does not pay: the film has it, and owes it back. */
export async function postSurplus(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  { id, amount, currency, method }: Charge,
): Promise<void> {
  const fact = await factOf(tx, filmId, now, order);
  const lines = [
    { account: moneyOf(method), amount, currency },
    { account: 'refunds-owed', amount: -amount, currency },
  ];
  await post(tx, filmId, now, byProvider, { ...fact, key: `surplus:${id}`, kind: 'surplus', lines });
}

/** Posts that an invoice was paid: what was owed is now in the bank, or in the cash box. */
export async function postInvoicePaid(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    order,
    charge,
    amount,
    into,
    bookedOn,
  }: {
    order: Order;
    charge: Charge;
    amount: number;
    into: 'bank' | 'cash';
    bookedOn: Temporal.PlainDate;
  },
): Promise<void> {
  const fact = { ...(await factOf(tx, filmId, now, order)), bookedOn };
  const { id, currency } = charge;
  const lines = [
    { account: into, amount, currency },
    { account: 'receivable', amount: -amount, currency },
  ];
  await post(tx, filmId, now, by, { ...fact, key: `invoice-paid:${id}`, kind: 'invoice-paid', lines });
}

export type RefundPosting = {
  readonly order: Order;
  readonly charge: Charge;
  readonly refund: {
    readonly id: string;
    readonly amount: number;
    readonly ofGift: number;
    readonly reason: RefundReason;
    readonly attempt: number;
  };
  /** What each ticket type's tickets cost of it; what is left is of the tickets as a whole. */
  readonly byType: ReadonlyMap<string, number>;
};

/**
 * Posts money that went back: out of ticket income and the solidarity fund, from where the money is. Of a payment that
 * its order does not stand on it is no income that goes, but what was owed.
 * @returns the group's id
 */
export async function postRefund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { order, charge, refund, byType }: RefundPosting,
): Promise<string> {
  const { currency } = charge;
  const isOwed = charge.method === 'invoice' && charge.succeededAt === null;
  const from = isOwed ? 'receivable' : moneyOf(charge.method);
  const lines = [...takenBack(charge, refund, byType), { account: from, amount: -refund.amount, currency }];
  const fact = await factOf(tx, filmId, now, order);
  const key = `refund:${refund.id}${refund.attempt === 1 ? '' : `:${refund.attempt}`}`;
  const kept = lines.filter(({ amount }) => amount !== 0);
  const { groupId } = await post(tx, filmId, now, by, { ...fact, key, kind: 'refund', lines: kept });
  await accrueShares(tx, filmId, now, by, [soldOf(order, fact.bookedOn)]);
  return groupId;
}

function takenBack(
  { fulfils, currency }: Charge,
  { amount, ofGift }: RefundPosting['refund'],
  byType: ReadonlyMap<string, number>,
): Line[] {
  if (fulfils === false) return [{ account: 'refunds-owed', amount, currency }];
  const ofTypes = [...byType].map(([partId, amount]) => ({
    ...{ account: 'income.tickets', amount, currency, partId },
  }));
  const named = ofTypes.reduce((sum, line) => sum + line.amount, 0);
  const rest = { account: 'income.tickets', amount: amount - ofGift - named, currency };
  return [...ofTypes, rest, { account: 'fund', amount: ofGift, currency }];
}

function moneyOf(method: Charge['method']): string {
  // An invoice that was paid was paid into the bank, as the team then said.
  if (method === 'invoice') return 'bank';
  return accountOf[method] ?? 'bank';
}
