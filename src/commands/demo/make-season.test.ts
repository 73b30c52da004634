import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { salesReport, salesViews } from '../../domain/boxoffice/index.ts';
import { fundFigures } from '../../domain/fund/index.ts';
import { owedTo, participants, trialBalance } from '../../domain/ledger/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { MadeSeason } from './make-season.ts';
import { filmZone } from './season-clock.ts';
import { saidOf, seasonGround } from './test-season.ts';

const ground = await seasonGround();
const wish = { seed: 7, orders: 150 };
let made: MadeSeason;
beforeAll(async () => {
  made = await ground.make(wish);
}, 120_000);

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => ground.within(made.filmId, work);

/** How many rows each of these finds. */
async function counts(of: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, from] of Object.entries(of)) {
    const [row] = await ground.ask<{ n: number }>(
      `select count(*)::int as n from ${from} and film_id = '${made.filmId}'`,
    );
    found[name] = row?.n ?? 0;
  }
  return found;
}

describe('a demo season', () => {
  it('has something of everything that happens to a film on tour', async () => {
    const found = await counts({
      ...{ 'past shows': `screening where starts_at < '2026-11-25T18:30:00Z'`, codes: 'code where uses > 0' },
      ...{ 'by card': `"order" where method = 'sandbox'`, 'by invoice': `"order" where method = 'invoice'` },
      ...{ free: `"order" where method = 'free'`, 'comps of the house': `"order" where method = 'comp'` },
      ...{ 'at the desk': `"order" where channel = 'desk'`, 'at the door': `"order" where channel = 'door'` },
      ...{
        'in another currency': `"order" where currency = 'CAD'`,
        left: 'charge where gone_at is not null',
      },
      ...{
        'in Spanish': `"order" where language = 'es'`,
        'invoices paid': 'charge where invoice_number > 0',
      },
      ...{ 'what people can': `ticket_type where kind = 'pwyw'`, rsvp: `ticket_type where kind = 'free'` },
      ...{ gifts: 'gift where order_id is not null', 'gifts that were used': 'gift where spent = amount' },
      ...{
        grants: '"grant" where given_at is not null',
        'by a steward’s code': '"grant" where code_id is not null',
      },
      ...{
        'waiting for a grant': 'grant_wait where true',
        'in a line': 'wait_entry where offered_at is null',
      },
      ...{ offered: 'wait_entry where offered_at is not null', 'kept for guests': `hold where note <> ''` },
      ...{
        'given back': `refund where state = 'succeeded'`,
        'refunds that failed': `refund where state = 'failed'`,
      },
      ...{ kept: `order_notice where choice = 'keep'`, exchanged: `order_notice where choice = 'exchange'` },
      ...{ cancelled: `screening where state = 'cancelled'`, moved: `order_notice where kind = 'moved'` },
      ...{
        'money back': `order_notice where choice = 'refund'`,
        undecided: 'order_notice where choice is null',
      },
      ...{ admitted: `scan where verdict = 'admitted'`, refused: `scan where verdict = 'refused'` },
      ...{ conflicts: `scan where verdict = 'conflict'`, undone: 'scan where undone_at is not null' },
      ...{ shares: `ledger_group where kind = 'share'`, payouts: `ledger_group where kind = 'payout'` },
      ...{ costs: `ledger_group where kind = 'manual'`, inquiries: 'inquiry where true' },
    });
    const missing = Object.entries(found).filter(([, count]) => count === 0);
    expect(missing).toEqual([]);
  });

  it('is made of people who never were, whose addresses lead nowhere', async () => {
    const [strangers] = await ground.ask<{ n: number }>(`
      select count(*)::int as n from (
        select buyer_address as address from "order" union all select address from wait_entry union all
        select address from grant_wait union all select address from gift union all select address from contact) all_of
       where address not like '%@example.org'`);
    expect(strangers?.n).toBe(0);
    const [names] = await ground.ask<{ n: number; all: number }>(
      'select count(distinct buyer_name)::int as n, count(buyer_name)::int as all from "order"',
    );
    expect(names?.n).toBeGreaterThan((names?.all ?? 0) / 2);
  });

  it('lies between its first day and now, and no house has more people than places', async () => {
    const [times] = await ground.ask<{ ahead: number; over: number }>(`
      select (select count(*)::int from "order" where confirmed_at > '2026-11-25T18:30:00Z') +
             (select count(*)::int from ledger_group where posted_at > '2026-11-25T18:30:00Z') +
             (select count(*)::int from audit where at > '2026-11-25T18:30:00Z') as ahead,
             (select count(*)::int from capacity where taken > places) as over`);
    expect(times).toEqual({ ahead: 0, over: 0 });
    const [today] = await ground.ask<{ n: number }>(
      `select count(*)::int as n from "order" where confirmed_at > '2026-11-25T05:00:00Z'`,
    );
    expect(today?.n).toBeGreaterThan(0);
  });

  it('D4 has books that balance, and every report says what they say', async () => {
    const books = await within((tx) => trialBalance(tx, made.filmId, null));
    const balanceOf = (account: string, currency: string) =>
      books
        .filter((each) => each.account === account && each.currency === currency)
        .reduce((sum, { debit, credit }) => sum + credit - debit, 0);
    for (const currency of ['USD', 'CAD']) {
      const all = books.filter((each) => each.currency === currency);
      expect(all.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
      expect(balanceOf('income.tickets', currency)).toBeGreaterThan(0);
    }
    const everything = { screeningId: null, from: null, to: null };
    for (const view of salesViews) {
      const { rows } = await within((tx) => salesReport(tx, made.filmId, view, everything, filmZone));
      for (const currency of ['USD', 'CAD']) {
        const income = rows
          .filter((row) => row.currency === currency)
          .reduce((sum, row) => sum + row.income, 0);
        expect(income, view).toBe(balanceOf('income.tickets', currency));
      }
    }
    for (const fund of await within((tx) => fundFigures(tx, made.filmId, ground.clock()))) {
      expect(fund.balance).toBe(balanceOf('fund', fund.currency));
      expect(fund.giftsIn - fund.grantsOut).toBe(fund.balance);
    }
    const all = await within((tx) => participants(tx, made.filmId));
    expect(all).toHaveLength(3);
    for (const { account } of all)
      for (const { currency, owed } of await within((tx) => owedTo(tx, made.filmId, account)))
        expect(owed).toBe(balanceOf(account, currency));
  });

  it('has in its payments what its books have, to the cent', async () => {
    const [sums] = await ground.ask<{ paid: number; booked: number; back: number; bookedBack: number }>(`
      select (select sum(captured)::int from charge where provider = 'sandbox' and fulfils) as paid,
             (select sum(amount)::int from ledger_entry join ledger_group on id = group_id
                join ledger_account on ledger_account.id = account_id
               where ledger_group.kind = 'order' and code = 'processor') as booked,
             (select sum(amount)::int from refund where state = 'succeeded') as back,
             (select -sum(amount)::int from ledger_entry join ledger_group on id = group_id
                join ledger_account on ledger_account.id = account_id
               where ledger_group.kind = 'refund' and code in ('processor', 'bank', 'receivable', 'cash')) as "bookedBack"`);
    expect(sums?.paid).toBe(sums?.booked);
    expect(sums?.back).toBe(sums?.bookedBack);
  });

  it('is the same again from the same seed, and another from another', async () => {
    const again = await ground.make(wish);
    const other = await ground.make({ ...wish, seed: 8 });
    const said = await within(saidOf);
    expect(again.slug).toBe('demo-season-2');
    expect(await ground.within(again.filmId, saidOf)).toEqual(said);
    expect(await ground.within(other.filmId, saidOf)).not.toEqual(said);
  }, 120_000);

  it('has the same orders at whatever hour of the day it is made', async () => {
    ground.at('2026-11-26T04:10:00Z');
    const late = await ground.make(wish);
    const sold = (tx: Tx) =>
      sql`select slug, buyer_name, total, count(ticket) as tickets from "order"
            join screening on screening.id = screening_id left join ticket on order_id = "order".id
           group by slug, buyer_name, total, "order".id order by slug, buyer_name, total, tickets`.execute(
        tx,
      );
    expect((await ground.within(late.filmId, sold)).rows).toEqual((await within(sold)).rows);
  }, 120_000);
});
