import { sql } from 'kysely';
import type { Tx } from '../../platform/database/database.ts';
import { type AccountKind, accountKinds, standardAccounts } from './accounts.ts';
import './tables.ts';

/** What stands in one account in one currency: minor units, debits and credits each as a sum. */
export type Balance = {
  readonly account: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly currency: string;
  readonly debit: number;
  readonly credit: number;
};

/**
 * The trial balance: every account that anything was posted to, a line a currency, through the end of a day (null:
 * through everything), or the one account's lines alone. Closed days are read from their totals and open ones from
 * their entries.
 */
export async function trialBalance(
  tx: Tx,
  filmId: string,
  through: string | null,
  account: string | null = null,
): Promise<Balance[]> {
  const wanted = sql<boolean>`(${account}::text is null or account_id =
    (select id from ledger_account where film_id = ${filmId}::uuid and code = ${account}))`;
  const { rows } = await sql<Balance>`
    with closed as (select coalesce(max(closed_through), '-infinity'::date) as through
                      from ledger_close where film_id = ${filmId}::uuid),
         moved as (
           select account_id, currency, sum(debit) as debit, sum(credit) as credit
             from ledger_day_total
            where film_id = ${filmId}::uuid and (${through}::date is null or day <= ${through}::date) and ${wanted}
            group by account_id, currency
           union all
           select account_id, currency, coalesce(sum(amount) filter (where amount > 0), 0),
                  coalesce(-sum(amount) filter (where amount < 0), 0)
             from ledger_entry
            where film_id = ${filmId}::uuid and booked_on > (select through from closed)
              and (${through}::date is null or booked_on <= ${through}::date) and ${wanted}
            group by account_id, currency)
    select a.code as account, a.name, a.kind, m.currency, sum(m.debit)::bigint as debit, sum(m.credit)::bigint as credit
      from moved m join ledger_account a on a.film_id = ${filmId}::uuid and a.id = m.account_id
     group by a.code, a.name, a.kind, m.currency`.execute(tx);
  return rows.toSorted(inOrderOfTheChart);
}

const rank = new Map(standardAccounts.map(({ code }, at) => [code, at]));

function inOrderOfTheChart(one: Balance, other: Balance): number {
  const place = ({ kind, account }: Balance): number =>
    accountKinds.indexOf(kind) * 10_000 + (rank.get(account) ?? 9_999);
  return (
    one.currency.localeCompare(other.currency) ||
    place(one) - place(other) ||
    one.name.localeCompare(other.name)
  );
}

/** The sums of a trial balance's two sides in each currency. They are the same, or the books are broken. */
export function sidesOf(
  balances: readonly Balance[],
): { readonly currency: string; readonly debit: number; readonly credit: number }[] {
  const byCurrency = Map.groupBy(balances, ({ currency }) => currency);
  return [...byCurrency].map(([currency, lines]) => ({
    currency,
    // Each account stands on the side on which it weighs more.
    debit: lines.reduce((sum, { debit, credit }) => sum + Math.max(0, debit - credit), 0),
    credit: lines.reduce((sum, { debit, credit }) => sum + Math.max(0, credit - debit), 0),
  }));
}

/** One line of an account's statement. */
export type StatementLine = {
  readonly groupId: string;
  readonly bookedOn: string;
  readonly kind: string;
  readonly memo: string;
  /** Debit positive, credit negative. */
  readonly amount: number;
};

/** What moved in one account in one currency: before the period, in it, and through its end. */
export type Statement = {
  readonly prior: number;
  readonly debit: number;
  readonly credit: number;
  readonly closing: number;
  readonly lines: readonly StatementLine[];
  readonly hasMore: boolean;
};

export type StatementQuery = {
  readonly account: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
};

/**
 * An account's statement for a period, both days included, its first `limit` lines. Sums count the whole period,
 * whatever is shown of it. An account that nothing was posted to has a statement of nothing.
 */
export async function statementOf(
  tx: Tx,
  filmId: string,
  { account, currency, from, to }: StatementQuery,
  limit: number,
): Promise<Statement> {
  const { rows: sums } = await sql<{ prior: number; debit: number; credit: number }>`
    with one as (select id from ledger_account where film_id = ${filmId}::uuid and code = ${account}),
         closed as (select coalesce(max(closed_through), '-infinity'::date) as through
                      from ledger_close where film_id = ${filmId}::uuid),
         moved as (
           select day, debit, credit from ledger_day_total
            where film_id = ${filmId}::uuid and account_id = (select id from one) and currency = ${currency}
              and day <= ${to}::date
           union all
           select booked_on, greatest(amount, 0), greatest(-amount, 0) from ledger_entry
            where film_id = ${filmId}::uuid and account_id = (select id from one) and currency = ${currency}
              and booked_on > (select through from closed) and booked_on <= ${to}::date)
    select coalesce(sum(debit - credit) filter (where day < ${from}::date), 0)::bigint as prior,
           coalesce(sum(debit) filter (where day >= ${from}::date), 0)::bigint as debit,
           coalesce(sum(credit) filter (where day >= ${from}::date), 0)::bigint as credit
      from moved`.execute(tx);
  const { rows } = await sql<StatementLine>`
    select e.group_id, e.booked_on, g.kind, g.memo, e.amount
      from (select film_id, group_id, line, booked_on, amount from ledger_entry
             where film_id = ${filmId}::uuid and currency = ${currency}
               and account_id = (select id from ledger_account where film_id = ${filmId}::uuid and code = ${account})
               and booked_on between ${from}::date and ${to}::date
             order by booked_on desc, group_id desc, line limit ${limit + 1}::int) e
      join ledger_group g on g.film_id = e.film_id and g.id = e.group_id
     order by e.booked_on desc, e.group_id desc, e.line`.execute(tx);
  const { prior = 0, debit = 0, credit = 0 } = sums[0] ?? {};
  return {
    ...{ prior, debit, credit },
    closing: prior + debit - credit,
    lines: rows.slice(0, limit),
    hasMore: rows.length > limit,
  };
}

/** What moved in one account by the kind of fact, in each currency: debits less credits, minor units. */
export async function sumsByKind(
  tx: Tx,
  filmId: string,
  account: string,
): Promise<{ readonly kind: string; readonly currency: string; readonly amount: number }[]> {
  const { rows } = await sql<{ kind: string; currency: string; amount: number }>`
    select coalesce(back.kind, g.kind) as kind, e.currency, sum(e.amount)::bigint as amount
      from ledger_entry e
      join ledger_group g on g.film_id = e.film_id and g.id = e.group_id
      left join ledger_group back on back.film_id = g.film_id and back.id = g.reverses_id
     where e.film_id = ${filmId}::uuid
       and e.account_id = (select id from ledger_account where film_id = ${filmId}::uuid and code = ${account})
     group by 1, 2`.execute(tx);
  return rows;
}
