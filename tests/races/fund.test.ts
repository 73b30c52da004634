import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { newRule, putIntoFund, saveGrantRule } from '../../src/domain/fund/index.ts';
import { newId, newSecret } from '../../src/platform/secrets.ts';
import { sendTo } from '../ground/buyers.ts';
import { fixedType } from '../ground/on-sale.ts';
import { crowdOf, openRace, type Pair } from '../ground/race.ts';

const race = await openRace();
const { stripe, pair, ask } = race;
const ten = { ...fixedType, price: 1000 };
const now = () => Temporal.Now.instant();
const bookedOn = now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });

const rule = (perAddressMax: number) =>
  race.within((tx, filmId) =>
    saveGrantRule(tx, filmId, now(), race.by, {
      ...{ ...newRule, currency: 'USD', screeningId: null, perAddressMax },
    }),
  );
const putIn = (amount: number) =>
  race.within((tx, filmId) =>
    putIntoFund(tx, filmId, now(), race.by, {
      ...{ key: newId(), currency: 'USD', amount, bookedOn, memo: 'From the makers' },
    }),
  );
/** Leaves nothing in the fund for those who come next. */
const empty = () =>
  ask(`update gift set taken_back = amount - spent where spent + taken_back < amount returning id`);

let claimed = 0;
/** Somebody claims a place, from a network of their own. @returns the status */
async function claim({ url }: Pair[0], slug: string, type: string, address = ''): Promise<number> {
  claimed += 1;
  const from = `198.18.${claimed % 250}.${1 + Math.trunc(claimed / 250)}`;
  const fields = { key: newSecret(), type, name: 'Ann', address };
  const answer = await sendTo(url, `/screenings/${slug}/grant`, fields, from);
  await answer.arrayBuffer();
  return answer.status;
}

const count = (statuses: readonly number[], wanted: (status: number) => boolean) =>
  statuses.filter(wanted).length;

describe('B3 a fund of fifty dollars', () => {
  async function hundred(slug: string, at: Pair): Promise<number[]> {
    await rule(100);
    await empty();
    for (const amount of [700, 1300, 1500, 1500]) await putIn(amount);
    const { typeIds } = await race.onSale(slug, 200, [ten]);
    return await crowdOf(
      Array.from({ length: 100 }),
      (_, index) => claim(at[index % 2] as Pair[0], slug, typeIds[0] ?? ''),
      16,
    );
  }

  it('gives five places to a hundred who claim ten dollars each at two processes, and tells the others', async () => {
    const statuses = await hundred('granted', pair);
    expect([
      count(statuses, (status) => status === 303),
      count(statuses, (status) => status === 409),
    ]).toEqual([5, 95]);
    expect(
      await ask(`select amount::int, (select sum(amount)::int from grant_leg where grant_id = "grant".id) as paid
                   from "grant" where given_at is not null`),
    ).toEqual(Array.from({ length: 5 }, () => ({ amount: 1000, paid: 1000 })));
    expect(await ask(`select 1 from gift where spent + taken_back <> amount`)).toEqual([]);
  });

  it('answers some of them with an error when nobody locks it (negative control)', async () => {
    const statuses = await race.withoutLock('fund', (unlocked) => hundred('granted-unlocked', unlocked));
    // What stands behind the lock keeps a gift from being spent twice.
    expect(count(statuses, (status) => status >= 500)).toBeGreaterThan(0);
  });
});

describe('B4 one gift, one address', () => {
  /** From two devices somebody claims, and at the same moment the giver gets everything back: who is served? */
  async function rounds(slug: string, at: Pair, many: number) {
    await rule(1);
    await empty();
    const sale = await race.onSale(slug, 200, [ten]);
    const all = await race.paying(sale, many, 1000);
    const served: { held: number; back: boolean; failed: number }[] = [];
    for (const [index, paying] of all.entries()) {
      stripe.pay(paying.session);
      await race.tell(pair[0], paying.session);
      const [ticket] = await ask<{ id: string }>(`select id from ticket where order_id = $1`, [
        paying.orderId,
      ]);
      const address = `${slug}-${index}@example.org`;
      const [desk, other] = index % 2 === 0 ? at : [at[1], at[0]];
      const form = { 'ticket[]': ticket?.id ?? '', with_gift: 'yes' };
      const statuses = await Promise.all([
        ...[other, desk, other].map((one) => claim(one, slug, sale.typeIds[0] ?? '', address)),
        race.atDesk(desk, `/orders/${paying.orderId}/refund`, form),
      ]);
      const [gift] = await ask<{ back: number }>(
        `select taken_back::int as back from gift where order_id = $1`,
        [paying.orderId],
      );
      served.push({
        held: count(statuses.slice(0, 3), (status) => status === 303),
        back: gift?.back === 1000,
        failed: count(statuses, (status) => status >= 500),
      });
    }
    return served;
  }

  it('serves an address once, or gives the gift back: never both, at two processes', async () => {
    const served = await rounds('two-devices', pair, 16);
    for (const round of served) expect([round.held + (round.back ? 1 : 0), round.failed]).toEqual([1, 0]);
    expect(await ask(`select 1 from gift where spent + taken_back > amount`)).toEqual([]);
  });

  it('serves it with errors, or twice, when nobody locks the fund (negative control)', async () => {
    const served = await race.withoutLock('fund', (unlocked) => rounds('devices-unlocked', unlocked, 16));
    const odd = served.filter(({ held, back, failed }) => failed > 0 || held + (back ? 1 : 0) !== 1);
    expect(odd.length).toBeGreaterThan(0);
  });
});
