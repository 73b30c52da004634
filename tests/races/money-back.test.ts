import { describe, expect, it } from 'vitest';
import { buyerAt, sendTo } from '../ground/buyers.ts';
import { fixedType, type OnSale } from '../ground/on-sale.ts';
import { crowdOf, openRace, type Pair, type Paying } from '../ground/race.ts';
import type { Session } from '../ground/stripe/books.ts';

const race = await openRace();
const { stripe, pair, ask } = race;
const idsOf = (all: readonly Paying[]) => all.map(({ orderId }) => orderId);
const failed = (statuses: readonly number[]) => statuses.filter((status) => status >= 500).length;
const ways = <T>(at: Pair, index: number, work: (one: Pair[0], other: Pair[0]) => T): T =>
  index % 2 === 0 ? work(at[0], at[1]) : work(at[1], at[0]);

/** Of each order: whether it stands, its good tickets, its refunds by reason, and what was told of it. */
const outcomes = (all: readonly Paying[]) =>
  ask<{ confirmed: boolean; tickets: number; refunds: string | null; told: number; given: number }>(
    `select confirmed_at is not null as confirmed,
            (select count(*)::int from ticket where order_id = "order".id and cancelled_at is null) as tickets,
            (select string_agg(reason, ' ') from refund where order_id = "order".id) as refunds,
            (select count(*)::int from charge where order_id = "order".id and fulfils is not null) as given,
            (select count(*)::int from graphile_worker.jobs
              where key in (select 'places-gone:' || id from charge where order_id = "order".id)) as told
       from "order" where id = any($1::uuid[]) order by id`,
    [idsOf(all)],
  );

const owed = async () =>
  Number(
    (
      await ask<{ sum: string }>(
        `select coalesce(sum(amount), 0) as sum from ledger_entry join ledger_account on ledger_account.id = account_id
          where code = 'refunds-owed'`,
      )
    )[0]?.sum,
  );

/** All of them want the places of one screening: more would wait longer than anybody may. */
const lateAtOnce = 8;

describe('A4 money that comes when the places are everybody’s again', () => {
  /** Forty places whose holds ran out; at the same moment their payers’ money comes, and others want places. */
  async function late(slug: string, at: Pair) {
    stripe.card = null;
    const sale = await race.onSale(slug, 40);
    const all = await race.paying(sale, 40);
    for (const { session } of all) stripe.pay(session, 'processing');
    await crowdOf(all, ({ session }) => race.tell(pair[0], session));
    for (const { session } of all) stripe.bankSays(session, 'yes');
    const ids = [idsOf(all)];
    await ask(`update hold set expires_at = now() - interval '1 s' where order_id = any($1::uuid[])`, ids);
    await ask(`update "order" set lapses_at = now() - interval '1 s' where id = any($1::uuid[])`, ids);
    const kind = 'checkout.session.async_payment_succeeded';
    const others: number[] = [];
    const statuses = await crowdOf(
      all,
      async (paying, index) =>
        ways(at, index, async (one, other) => {
          const wish = index % 4 === 0 ? buyerAt(one, slug, { [`q-${sale.typeIds[0]}`]: '1' }) : null;
          const both = await Promise.all([
            race.tell(one, paying.session, kind),
            race.comeBack(other, paying),
          ]);
          if (wish) others.push((await wish).status);
          return both;
        }),
      lateAtOnce,
    );
    return { all, sale, statuses: statuses.flat(), others };
  }

  it('are taken anew or given back once, told once, and nobody has both or neither', async () => {
    const { all, sale, statuses, others } = await late('late', pair);
    expect([race.troubles(), new Set(statuses)]).toEqual([[], new Set([200])]);
    const rows = await outcomes(all);
    for (const { confirmed, tickets, refunds, told, given } of rows)
      expect([confirmed, tickets, refunds, told, given]).toEqual(
        confirmed ? [true, 1, null, 0, 1] : [false, 0, 'places-gone', 1, 1],
      );
    const bought = others.filter((status) => status === 303).length;
    const kept = rows.filter(({ confirmed }) => confirmed).length;
    expect([bought > 0, kept + bought]).toEqual([true, 40]);
    const [house] = await ask(`select taken, places from capacity where screening_id = $1`, [sale.id]);
    expect(house).toEqual({ taken: 40, places: 40 });
    await race.workUntil(`select 1 from refund where state <> 'succeeded'`, 2);
    for (const { session } of all) expect(session.intent?.refunds.length ?? 0).toBeLessThanOrEqual(1);
    expect(await owed()).toBe(0);
  });

  it('is given back twice or refused when nobody locks the order (negative control)', async () => {
    const { all, statuses } = await race.withoutLock('order', (unlocked) => late('late-unlocked', unlocked));
    const odd = (await outcomes(all)).filter(
      ({ confirmed, refunds, told }) => confirmed === (refunds !== null) || told > 1,
    );
    expect(failed(statuses) + odd.length).toBeGreaterThan(0);
  });
});

describe('C12 an order that was paid at two pages', () => {
  /** The provider gave the first page up, the second was opened, and then both were paid. */
  async function twice(slug: string, at: Pair) {
    const sale = await race.onSale(slug, 12);
    const all = await race.paying(sale, 12);
    const second = await crowdOf(all, async (paying, index): Promise<Session> => {
      stripe.expire(paying.session);
      await race.tell(pair[0], paying.session, 'checkout.session.expired');
      const [path = '', key = ''] = paying.path.split('?key=');
      const who = { key, name: 'Grace Moore', address: 'grace@example.org', by: 'page' };
      const answer = await sendTo(pair[index % 2 ? 0 : 1].url, `${path}/payment`, who);
      expect(answer.status).toBe(303);
      return stripe.session(paying.orderId);
    });
    for (const { session } of all) Object.assign(session, { status: 'open' });
    for (const session of [...second, ...all.map(({ session }) => session)]) stripe.pay(session);
    const statuses = await crowdOf(all, (paying, index) =>
      ways(at, index, (one, other) =>
        Promise.all([
          race.tell(one, paying.session),
          race.tell(other, second[index] ?? paying.session),
          race.comeBack(one, paying),
        ]),
      ),
    );
    return { all, second, statuses: statuses.flat() };
  }

  it('stands on one of them; the other goes back, once, and the team sees it', async () => {
    const { all, second, statuses } = await twice('twice', pair);
    expect(new Set(statuses)).toEqual(new Set([200]));
    for (const row of await outcomes(all))
      expect(row).toMatchObject({ confirmed: true, tickets: 1, refunds: 'paid-twice', given: 2 });
    await race.workUntil(`select 1 from refund where state <> 'succeeded'`, 2);
    for (const [index, { session }] of all.entries()) {
      const made = [session, second[index]].flatMap((page) => page?.intent?.refunds ?? []);
      expect(made).toHaveLength(1);
    }
    expect(await owed()).toBe(0);
    const page = await fetch(`${pair[0].url}/admin/films/union/payments`, {
      headers: { cookie: race.cookie },
    });
    expect(await page.text()).toContain('Too much: goes back');
  });

  it('is refused, or stands on neither alone, when nobody locks it (negative control)', async () => {
    const { all, statuses } = await race.withoutLock('order', (unlocked) =>
      twice('twice-unlocked', unlocked),
    );
    const odd = (await outcomes(all)).filter(({ refunds, given }) => refunds !== 'paid-twice' || given !== 2);
    expect(failed(statuses) + odd.length).toBeGreaterThan(0);
  });
});

describe('C14 a refund', () => {
  async function paidOrders(sale: OnSale, count: number) {
    const all = await race.paying(sale, count);
    for (const { session } of all) stripe.pay(session);
    await crowdOf(all, (paying) => race.comeBack(pair[0], paying));
    return all;
  }

  /** Two of the team click twice each, at both processes, and the provider echoes meanwhile. */
  const clicks = (at: Pair, all: readonly Paying[]) =>
    crowdOf(all, async ({ orderId, session }, index) => {
      const tickets = await ask<{ id: string }>(`select id from ticket where order_id = $1`, [orderId]);
      const form = { 'ticket[]': tickets[0]?.id ?? '' };
      return await ways(at, index, (one, other) =>
        Promise.all([
          ...[one, other, one, other].map((desk) => race.atDesk(desk, `/orders/${orderId}/refund`, form)),
          race.tell(one, session, 'charge.refunded'),
        ]),
      );
    }).then((all) => all.flat());

  it('is one, by two of the team, by double clicks, and by two workers who send it', async () => {
    const sale = await race.onSale('back', 20, [{ ...fixedType, price: 2000 }]);
    const all = await paidOrders(sale, 20);
    const statuses = await clicks(pair, all);
    expect(new Set(statuses)).toEqual(new Set([200, 303]));
    await race.workUntil(`select 1 from refund where state <> 'succeeded'`, 2);
    for (const { session } of all)
      expect(session.intent?.refunds.map(({ amount }) => amount)).toEqual([2000]);
    for (const row of await outcomes(all)) expect(row).toMatchObject({ tickets: 0, refunds: 'tickets' });
    const [house] = await ask(`select taken from capacity where screening_id = $1`, [sale.id]);
    expect(house).toEqual({ taken: 0 });
  });

  it('fails, or is two, when nobody locks the order (negative control)', async () => {
    const all = await paidOrders(await race.onSale('back-unlocked', 20), 20);
    const statuses = await race.withoutLock('order', (unlocked) => clicks(unlocked, all), 200);
    const odd = (await outcomes(all)).filter(({ refunds }) => refunds !== 'tickets');
    expect(failed(statuses) + odd.length).toBeGreaterThan(0);
  });
});
