import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { becomeProgram } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { closeDays, openDays, trialBalance } from './index.ts';
import { now, openBooks, today, usd } from './test-ground.ts';

const { database, db, film, within, post } = await openBooks();
const old = today.subtract({ days: openDays + 1 });

const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** SQL that the program's sessions were never meant to send, in one transaction of the film's. */
const raw = (filmId: string, ...statements: ReturnType<typeof sql>[]): Promise<string> =>
  said(
    within(filmId, async (tx) => {
      for (const statement of statements) await statement.execute(tx);
    }),
  );

const group = (filmId: string, id: string, day = '2026-12-01') => sql`
  insert into ledger_group (film_id, id, key, kind, booked_on, posted_at, person_name)
  values (${filmId}, ${id}, ${id}, 'order', ${day}::date, ${now}, 'x')`;
const entry = (filmId: string, id: string, line: number, amount: number) => sql`
  insert into ledger_entry (film_id, group_id, line, account_id, amount, currency, booked_on)
  select ${filmId}, ${id}, ${line}::int, a.id, ${amount}::bigint, 'USD', g.booked_on
    from ledger_account a join ledger_group g on g.id = ${id} where a.code = 'bank'`;

/** A film whose books know the bank, and the group that made them. */
async function withBank(): Promise<{ union: string; groupId: string }> {
  const union = await film();
  return { union, ...(await post(union, { lines: [usd('bank', 7), usd('makers', -7)] })) };
}

describe('the books, against SQL that says more than the program does', () => {
  it('take no entry into a group that stands, whoever names the transaction that made it', async () => {
    const { union, groupId } = await withBank();
    const joining = (line: number, amount: number) => sql`
      insert into ledger_entry (film_id, group_id, line, account_id, amount, currency, booked_on, made_in)
      select film_id, group_id, ${line}::int, account_id, ${amount}::bigint, currency, booked_on, made_in
        from ledger_entry where group_id = ${groupId} and line = 1`;
    expect(await raw(union, joining(3, 5), joining(4, -5))).toMatch('permission denied');
    const ahead = sql`
      insert into ledger_group (film_id, id, key, kind, booked_on, posted_at, person_name, made_in)
      values (${union}, ${newId()}, 'ahead', 'order', '2026-12-01', ${now}, 'x', '900000000')`;
    expect(await raw(union, ahead)).toMatch('permission denied');
  });

  it('look at their own entries, not at a temporary table of the same name', async () => {
    const { union } = await withBank();
    const id = newId();
    const decoy = sql`create temporary table ledger_entry on commit drop as
      select ${union}::uuid as film_id, ${id}::uuid as group_id, 'USD' as currency, amount
        from (values (1), (-1)) as v (amount)`;
    const unbalanced = sql`insert into public.ledger_entry (film_id, group_id, line, account_id, amount, currency, booked_on)
      select ${union}, ${id}, 1, id, 500, 'USD', '2026-12-01' from ledger_account where code = 'bank'`;
    expect(await raw(union, group(union, id), decoy, unbalanced)).toMatch('fewer than two entries');
  });

  it('leave it to the closing alone which days are closed, and with what sums', async () => {
    const { union } = await withBank();
    await post(union, { lines: [usd('bank', 100), usd('makers', -100)], bookedOn: old });
    const closed = sql`insert into ledger_close (film_id, closed_through) values (${union}, '2026-11-30')`;
    expect(await raw(union, closed)).toMatch('permission denied');
    const total = sql`insert into ledger_day_total (film_id, account_id, currency, day, debit, credit)
      select film_id, id, 'USD', '2026-01-01', 99, 0 from ledger_account where code = 'bank'`;
    expect(await raw(union, total)).toMatch('permission denied');
    await closeDays(db, union, today);
    const reopened = sql`update ledger_close set closed_through = '2020-01-01'`;
    expect(await raw(union, reopened)).toMatch('permission denied');
    const balances = await within(union, (tx) => trialBalance(tx, union, null));
    expect(balances.map(({ account, debit, credit }) => [account, debit - credit])).toEqual([
      ['bank', 10_700],
      ['makers', -10_700],
    ]);
  });

  it('hear of a closed day in a transaction that began before it closed, or take nothing from it', async () => {
    const { union } = await withBank();
    const session = new pg.Client(database.connection);
    await session.connect();
    try {
      await becomeProgram(session);
      await session.query('begin isolation level repeatable read');
      await session.query(`select set_config('houselights.film_id', $1, true)`, [union]);
      await session.query('select count(*) from ledger_close');
      await post(union, { lines: [usd('bank', 100), usd('makers', -100)], bookedOn: old });
      await closeDays(db, union, today);
      const posting = session.query(
        `insert into ledger_group (film_id, id, key, kind, booked_on, posted_at, person_name)
         values ($1, $2, 'late', 'order', $3, now(), 'x')`,
        [union, newId(), old.toString()],
      );
      expect(await said(posting)).toMatch('read committed');
    } finally {
      await session.end();
    }
  });

  it('know no day that a calendar does not', async () => {
    const { union } = await withBank();
    for (const day of ['infinity', '-infinity', '0001-01-01 BC', '10000-01-01']) {
      const id = newId();
      expect(
        await raw(union, group(union, id, day), entry(union, id, 1, 5), entry(union, id, 2, -5)),
      ).toMatch('ledger_group_day');
    }
    for (const day of ['0001-01-01', '9999-12-31']) {
      const id = newId();
      expect(await raw(union, group(union, id, day), entry(union, id, 1, 5), entry(union, id, 2, -5))).toBe(
        'done',
      );
    }
  });
});

describe('a function that runs as the owner', () => {
  it('looks for its tables among the temporary ones last', async () => {
    const { rows } = await sql<{ name: string; settings: string[] }>`
      select proname as name, coalesce(proconfig, '{}') as settings from pg_proc
       where prosecdef and pronamespace = 'public'::regnamespace`.execute(db);
    expect(rows.length).toBeGreaterThan(5);
    for (const { name, settings } of rows) {
      const [path] = settings.filter((setting) => setting.startsWith('search_path='));
      expect(path, name).toMatch(/^search_path=(pg_catalog|public, pg_temp)$/);
    }
  });
});
