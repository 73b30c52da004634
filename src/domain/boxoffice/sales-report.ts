import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { type SubjectSum, sumsBySubject, trialBalance } from '../ledger/index.ts';
import type { OrderChannel } from './tables.ts';
import './tables.ts';

/** By what a report of sales is taken apart. */
export const salesViews = ['screening', 'type', 'day', 'code', 'referral', 'channel'] as const;
export type SalesView = (typeof salesViews)[number];

/** The accounts that a report reads, each as a column. Credits count as more for income and the fund. */
const columns = {
  'income.tickets': 'income',
  fund: 'gifts',
  'expense.fees': 'fees',
  'expense.shares': 'shares',
} as const;
type Account = keyof typeof columns;

/** Money of one row in one currency, minor units: ticket income, gifts to the fund less grants, fees, shares. */
export type SalesSums = {
  readonly income: number;
  readonly gifts: number;
  readonly fees: number;
  readonly shares: number;
};

/** One line of a report. `key` is an id, a day, a word or a channel; null: none of them, such as no code. */
export type SalesRow = SalesSums & {
  readonly key: string | null;
  readonly currency: string;
  /** Tickets that are good. */
  readonly tickets: number;
};

export type SalesReport = {
  readonly rows: readonly SalesRow[];
  /** What else the books hold in these accounts, in these days: entered by hand, or of another part of the film. */
  readonly others: readonly (SalesSums & { readonly currency: string })[];
};

/** Which sales: of one screening, of some days of the books, both included; null is no wish. */
export type SalesFilter = {
  readonly screeningId: string | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** An order as a report attributes it. */
type Attributed = {
  readonly id: string;
  readonly screeningId: string;
  readonly codeId: string | null;
  readonly referral: string | null;
  readonly channel: OrderChannel;
  readonly currency: string;
};

/**
 * Sales taken apart by one view. All money is read from the books: with `others`, every column sums to what the trial
 * balance says of its account in these days. Tickets are counted on the day that they were given, in the film's zone.
 */
export async function salesReport(
  tx: Tx,
  filmId: string,
  view: SalesView,
  filter: SalesFilter,
  zone: string,
): Promise<SalesReport> {
  const { from, to } = filter;
  const days = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
  const sums = await sumsBySubject(tx, filmId, { accounts: Object.keys(columns), ...days });
  const orders = await attributedOrders(tx, filmId, filter.screeningId);
  const rows = new Map<string, SalesRow>();
  const add = (key: string | null, currency: string, more: Partial<SalesRow>): void => {
    const at = `${currency} ${key ?? ''}`;
    const before = rows.get(at) ?? { key, currency, ...nothing, tickets: 0 };
    rows.set(at, { ...added(before, more), key, currency, tickets: before.tickets + (more.tickets ?? 0) });
  };
  for (const sum of sums) {
    const order = orders.get(sum.subjectId);
    if (order)
      add(keyOf(view, order, sum.partId, sum.bookedOn), sum.currency, inColumn(sum.account, sum.amount));
  }
  for (const count of await ticketCounts(tx, filmId, filter, zone)) {
    const order = orders.get(count.orderId);
    const key = order && keyOf(view, order, count.ticketTypeId, count.day);
    if (order) add(key ?? null, order.currency, { tickets: count.tickets });
  }
  const others = filter.screeningId === null ? await otherSums(tx, filmId, filter, sums, orders) : [];
  return { rows: [...rows.values()], others };
}

const nothing: SalesSums = { income: 0, gifts: 0, fees: 0, shares: 0 };

function added(one: SalesSums, more: Partial<SalesSums>): SalesSums {
  return {
    income: one.income + (more.income ?? 0),
    gifts: one.gifts + (more.gifts ?? 0),
    fees: one.fees + (more.fees ?? 0),
    shares: one.shares + (more.shares ?? 0),
  };
}

/** The sum of rows in each currency. */
export function salesTotals(
  rows: readonly (SalesSums & { readonly currency: string; readonly tickets?: number })[],
): (SalesSums & { readonly currency: string; readonly tickets: number })[] {
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  return [...byCurrency].map(([currency, those]) => ({
    ...those.reduce<SalesSums>((sum, row) => added(sum, row), nothing),
    currency,
    tickets: those.reduce((sum, { tickets = 0 }) => sum + tickets, 0),
  }));
}

/** An entry as its column counts it: what comes in by a credit, what it cost by a debit. */
function inColumn(account: string, amount: number): Partial<SalesSums> {
  const isIn = account === 'income.tickets' || account === 'fund';
  return { [columns[account as Account]]: isIn ? -amount : amount };
}

function keyOf(view: SalesView, order: Attributed, typeId: string | null, day: string): string | null {
  const { screeningId, codeId, referral, channel } = order;
  return { screening: screeningId, type: typeId, day, code: codeId, referral, channel }[view];
}

async function attributedOrders(
  tx: Tx,
  filmId: string,
  screeningId: string | null,
): Promise<ReadonlyMap<string, Attributed>> {
  let found = tx
    .selectFrom('order')
    .select(['id', 'screeningId', 'codeId', 'referral', 'channel', 'currency'])
    .where('filmId', '=', filmId)
    .where('confirmedAt', 'is not', null);
  if (screeningId !== null) found = found.where('screeningId', '=', screeningId);
  return new Map((await found.execute()).map((order) => [order.id, order]));
}

type TicketCount = {
  readonly orderId: string;
  readonly ticketTypeId: string;
  readonly day: string;
  readonly tickets: number;
};

async function ticketCounts(
  tx: Tx,
  filmId: string,
  { screeningId, from, to }: SalesFilter,
  zone: string,
): Promise<TicketCount[]> {
  const day = sql<string>`(issued_at at time zone ${zone})::date`;
  let found = tx
    .selectFrom('ticket')
    .select(['orderId', 'ticketTypeId', day.as('day')])
    .select((it) => it.fn.countAll<number>().as('tickets'))
    .where('filmId', '=', filmId)
    .where('cancelledAt', 'is', null);
  if (screeningId !== null) found = found.where('screeningId', '=', screeningId);
  if (from !== null)
    found = found.where(sql<boolean>`(issued_at at time zone ${zone})::date >= ${from}::date`);
  if (to !== null) found = found.where(sql<boolean>`(issued_at at time zone ${zone})::date <= ${to}::date`);
  return await found.groupBy(['orderId', 'ticketTypeId', 'issuedAt']).execute();
}

/** What the books hold in these accounts beyond the orders: their balances less what the orders brought. */
async function otherSums(
  tx: Tx,
  filmId: string,
  { from, to }: SalesFilter,
  sums: readonly SubjectSum[],
  orders: ReadonlyMap<string, Attributed>,
): Promise<(SalesSums & { readonly currency: string })[]> {
  const before = from === null ? [] : await trialBalance(tx, filmId, dayBefore(from));
  const rest = new Map<string, SalesSums>();
  const count = (currency: string, account: string, amount: number): void => {
    if (Object.hasOwn(columns, account))
      rest.set(currency, added(rest.get(currency) ?? nothing, inColumn(account, amount)));
  };
  for (const { account, currency, debit, credit } of await trialBalance(tx, filmId, to))
    count(currency, account, debit - credit);
  for (const { account, currency, debit, credit } of before) count(currency, account, credit - debit);
  for (const { subjectId, account, currency, amount } of sums)
    if (orders.has(subjectId)) count(currency, account, -amount);
  return [...rest]
    .map(([currency, sum]) => ({ ...sum, currency }))
    .filter(({ income, gifts, fees, shares }) => [income, gifts, fees, shares].some((sum) => sum !== 0));
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}
