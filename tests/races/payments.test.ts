import { describe, expect, it } from 'vitest';
import { crowdOf, openRace, type Pair, type Paying } from '../ground/race.ts';

const race = await openRace();
const { stripe, pair, ask } = race;

/** What became of a crowd's orders: each has one of everything, or it is named here. */
async function whatIsWrong(slug: string) {
  return await ask(
    `select code, (select count(*)::int from ticket where order_id = "order".id) as tickets,
            (select string_agg(kind, ' ' order by kind) from ledger_group where subject_id = "order".id) as groups,
            (select count(*)::int from refund where order_id = "order".id) as refunds,
            (select count(*)::int from graphile_worker.jobs where key = 'tickets:' || "order".id) as letters
       from "order" join screening on screening.id = screening_id and slug = $1
      where confirmed_at is null
         or (select count(*) from ticket where order_id = "order".id) <> 1
         or (select string_agg(kind, ' ' order by kind) from ledger_group where subject_id = "order".id) <> 'fee order'
         or exists (select from refund where order_id = "order".id)
         or (select count(*) from graphile_worker.jobs where key = 'tickets:' || "order".id) <> 1`,
    [slug],
  );
}

const paidBy = 'checkout.session.completed';
const paidLater = 'checkout.session.async_payment_succeeded';

/** The provider's event and the buyer's return, at the same moment, each at another process. */
async function bothAtOnce(at: Pair, all: readonly Paying[], kind: string): Promise<number[]> {
  const statuses = await crowdOf(
    all,
    async (paying, index) => {
      const [one, other] = index % 2 === 0 ? at : [at[1], at[0]];
      return await Promise.all([race.tell(one, paying.session, kind), race.comeBack(other, paying)]);
    },
    12,
  );
  return statuses.flat();
}

/**
 * Payments that waited for a bank, which says yes. All that the provider calls them was noted before, so that no write
 * stands before the order's lock.
 */
async function paidAtLast(all: readonly Paying[]): Promise<void> {
  stripe.card = null;
  for (const { session } of all) stripe.pay(session, 'processing');
  await crowdOf(all, ({ session }) => race.tell(pair[0], session));
  for (const { session } of all) stripe.bankSays(session, 'yes');
}

describe('C2 the provider’s event and the buyer’s return', () => {
  it('come at the same moment a thousand times: one fulfilment, one letter, and both are answered', async () => {
    const sale = await race.onSale('thousand', 1000);
    const [atOnce, later] = [await race.paying(sale, 900), await race.paying(sale, 100)];
    for (const { session } of atOnce) stripe.pay(session);
    expect(new Set(await bothAtOnce(pair, atOnce, paidBy))).toEqual(new Set([200]));
    await paidAtLast(later);
    expect(new Set(await bothAtOnce(pair, later, paidLater))).toEqual(new Set([200]));
    expect(await whatIsWrong('thousand')).toEqual([]);
    await race.workUntil(`select 1 from graphile_worker.jobs where key like 'tickets:%'`);
    expect(
      await ask(
        `select count(*)::int as letters, count(distinct substr(key, 9, 36))::int as orders
           from mail where key like 'tickets:%'`,
      ),
    ).toEqual([{ letters: 1000, orders: 1000 }]);
  });

  it('get in each other’s way when nobody locks the order: the same crowd shows it', async () => {
    const all = await race.paying(await race.onSale('unlocked', 24), 24);
    await paidAtLast(all);
    const statuses = await race.withoutLock('order', (unlocked) => bothAtOnce(unlocked, all, paidLater));
    const wrong = await whatIsWrong('unlocked');
    expect(statuses.filter((status) => status >= 500).length + wrong.length).toBeGreaterThan(0);
  });
});
