import { describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/secrets.ts';
import { buyerAt, sendTo } from '../ground/buyers.ts';
import { crowdOf, openRace, type Pair, type Paying, withoutLockOf } from '../ground/race.ts';

const race = await openRace();
const { stripe, pair, ask } = race;
const idsOf = (all: readonly Paying[]) => all.map(({ orderId }) => orderId);

describe('C1 a buyer who presses the button that pays ten times', () => {
  /** Ten presses at two processes, while the provider takes a second. */
  async function presses(slug: string, at: Pair) {
    const { typeIds } = await race.onSale(slug, 10);
    const { order, key } = await buyerAt(pair[0], slug, { [`q-${typeIds[0]}`]: '1' });
    const path = new URL(order ?? '', pair[0].url).pathname;
    const who = { key, name: 'Grace Moore', address: 'grace@example.org', by: 'page' };
    const before = stripe.sessions.size;
    stripe.failNext('/v1/checkout/sessions', { kind: 'delay', ms: 1_000 });
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const answer = await sendTo(at[index % 2]?.url ?? '', `${path}/payment`, who);
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    const code = path.slice('/orders/'.length);
    const charges = await ask(
      `select 1 from charge join "order" on "order".id = order_id where code = $1 and gone_at is null`,
      [code],
    );
    return { statuses, pages: stripe.sessions.size - before, charges: charges.length };
  }

  it('has one page at the provider, and every press leads there', async () => {
    const { statuses, ...made } = await presses('pressed', pair);
    expect(new Set(statuses)).toEqual(new Set([303]));
    expect(made).toEqual({ pages: 1, charges: 1 });
  });

  it('has several where the provider does not know one key for one page (negative control)', async () => {
    stripe.keepsKeys = false;
    const { pages } = await presses('pressed-anew', pair);
    stripe.keepsKeys = true;
    expect(pages).toBeGreaterThan(1);
  });
});

describe('C11 a payment that was made at its page', () => {
  it('is taken by the page alone: whoever settles it, at both processes, asks for no money', async () => {
    const all = await race.paying(await race.onSale('captured', 12), 12);
    for (const { session } of all) stripe.pay(session);
    const posts = () => stripe.calls.filter(({ method }) => method === 'POST').length;
    const before = posts();
    const statuses = await crowdOf(all, (paying) =>
      Promise.all([0, 1, 0, 1, 0].map((at) => race.comeBack(pair[at] ?? pair[0], paying))),
    );
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
    expect(posts()).toBe(before);
    expect(
      await ask(
        `select count(*)::int as groups, count(distinct subject_id)::int as orders from ledger_group
          where subject_id = any($1::uuid[]) and kind = 'order'`,
        [idsOf(all)],
      ),
    ).toEqual([{ groups: 12, orders: 12 }]);
  });
});

describe('C21 what recurs', () => {
  /** Money that the provider has and never told of; two workers look for it, each several times at once. */
  async function found(slug: string, settings: Readonly<Record<string, string>> = {}) {
    const all = await race.paying(await race.onSale(slug, 24), 24);
    stripe.card = null;
    for (const { session } of all) stripe.pay(session, 'processing');
    await crowdOf(all, ({ session }) => race.tell(pair[0], session));
    for (const { session } of all) stripe.bankSays(session, 'yes');
    await race.besideWorkers(2, settings, async (until) => {
      await ask(`update charge set look_at = now() where order_id = any($1::uuid[])`, [idsOf(all)]);
      await ask(`select graphile_worker.add_job('reconcile-payments') from generate_series(1, 6)`);
      await until(`select 1 from graphile_worker.jobs where task_identifier = 'reconcile-payments'`);
    });
    return await ask<{ groups: string | null; tickets: number; refunds: number }>(
      `select (select string_agg(kind, ' ' order by kind) from ledger_group where subject_id = "order".id) as groups,
              (select count(*)::int from ticket where order_id = "order".id) as tickets,
              (select count(*)::int from refund where order_id = "order".id) as refunds
         from "order" where id = any($1::uuid[])`,
      [idsOf(all)],
    );
  }
  const once = { groups: 'fee order', tickets: 1, refunds: 0 };

  it('is done once by two workers that reconcile at the same moment, and each letter is written once', async () => {
    expect(await found('reconciled')).toEqual(Array.from({ length: 24 }, () => once));
    await race.workUntil(`select 1 from graphile_worker.jobs where key like 'tickets:%'`, 2);
    expect(
      await ask(`select count(*)::int - count(distinct substr(key, 9, 36))::int as doubled
                   from mail where key like 'tickets:%'`),
    ).toEqual([{ doubled: 0 }]);
  });

  it('goes wrong for some when nobody locks the order (negative control)', async () => {
    const rows = await found('reconciled-unlocked', withoutLockOf('order'));
    const isOnce = (row: (typeof rows)[number]) => JSON.stringify(row) === JSON.stringify(once);
    expect(rows.filter((row) => !isOnce(row)).length).toBeGreaterThan(0);
  });
});

// The last of this file: what it takes away stays away.
describe('C7 one key', () => {
  /** The same entry into the books, sent twenty times to two processes. @returns the groups that came of it */
  async function entered(memo: string): Promise<{ statuses: number[]; groups: number }> {
    const form = {
      ...{ key: newId(), memo, booked_on: '2026-01-15', from: 'makers', to: 'bank' },
      ...{ amount: '100.00', currency: 'USD' },
    };
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => race.atDesk(pair[index % 2] ?? pair[0], '/books/entry', form)),
    );
    const groups = await ask(`select 1 from ledger_group where memo = $1`, [memo]);
    return { statuses, groups: groups.length };
  }

  it('is one group in the books, from however many clicks at two processes', async () => {
    const { statuses, groups } = await entered('Once');
    expect([new Set(statuses), groups]).toEqual([new Set([303]), 1]);
  });

  it('is several where the database does not hold keys to be unique (negative control)', async () => {
    await ask('alter table ledger_group drop constraint ledger_group_film_id_key_key');
    expect((await entered('Often')).groups).toBeGreaterThan(1);
  });
});
