import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/secrets.ts';
import {
  accrueShares,
  addParticipant,
  addShareRule,
  type Line,
  owedTo,
  payOut,
  post,
  shareOf,
  sidesOf,
  trialBalance,
} from './index.ts';
import { remainsOf, shareIn } from './shares.ts';
import { finn, now, openBooks, today } from './test-ground.ts';

/** What can become of an order: tickets, a gift and a grant, then fees, refunds and payouts as they come. */
const life = fc.record({
  tickets: fc.integer({ min: 0, max: 500_000 }),
  gift: fc.integer({ min: 0, max: 100_000 }),
  grant: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10_000 })),
  events: fc.array(
    fc.record({
      kind: fc.constantFrom('fee', 'refund', 'payout'),
      part: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 4 },
  ),
});
type Life = typeof life extends fc.Arbitrary<infer Kind> ? Kind : never;

const cents = (account: string, amount: number): Line => ({ account, amount, currency: 'USD' });

type Fact = { readonly kind: string; readonly lines: readonly Line[] };

/** The facts of a life, each as the books are told it; a payout is told as its part of what is owed by then. */
function* factsOf({ tickets, gift, grant, events }: Life): Generator<Fact | { readonly payout: number }> {
  const real = (kind: string, ...lines: readonly Line[]): Fact[] => {
    const moved = lines.filter(({ amount }) => amount !== 0);
    return moved.length < 2 ? [] : [{ kind, lines: moved }];
  };
  const paid = [cents('income.tickets', -tickets), cents('fund', -gift)];
  yield* real('order', cents('processor', tickets + gift), ...paid);
  yield* real('grant', cents('fund', grant), cents('income.tickets', -grant));
  let remains = tickets + grant;
  for (const { kind, part } of events) {
    if (kind === 'payout') yield { payout: part };
    else if (kind === 'fee')
      yield* real('fee', cents('expense.fees', part * 7), cents('processor', -part * 7));
    else {
      const back = Math.floor((remains * part) / 100);
      remains -= back;
      yield* real('refund', cents('income.tickets', back), cents('processor', -back));
    }
  }
}

/** What a life leaves, reckoned without the books. */
function leftOf({ tickets, gift, grant, events }: Life): { remains: number; fees: number } {
  let [remains, fees] = [tickets + grant, 0];
  for (const { kind, part } of events) {
    if (kind === 'fee') fees += part * 7;
    if (kind === 'refund') remains -= Math.floor((remains * part) / 100);
  }
  return { remains, fees: tickets + gift > 0 ? shareOf(fees, tickets, tickets + gift) : fees };
}

const third = { base: 'net-of-fees', points: 3333, fixed: null } as const;
const eighth = { base: 'gross', points: 1250, fixed: null } as const;

/** Both shares of what remains. */
function sharesOf(one: Life): number {
  const { remains, fees } = leftOf(one);
  return shareOf(Math.max(0, remains - fees), 3333, 10_000) + shareOf(remains, 1250, 10_000);
}

describe('D4 lives of orders, as they may come', () => {
  it('leave shares of what remains and of nothing else, in ten thousand of them', () => {
    fc.assert(
      fc.property(life, (one) => {
        const groups = [...factsOf(one)].flatMap((fact) => ('kind' in fact ? [fact] : []));
        const [remains] = remainsOf(groups);
        const given = remains ? shareIn(third, remains) + shareIn(eighth, remains) : 0;
        expect(given).toBe(sharesOf(one));
      }),
      { numRuns: 10_000 },
    );
  });

  it('end balanced in the books, each share posted to what its rule gives', {
    timeout: 120_000,
  }, async () => {
    const books = await openBooks();
    const filmId = await books.film();
    const host = await books.within(filmId, async (tx) => {
      const added = await addParticipant(tx, filmId, now, finn, 'Local One');
      const all = { currency: null, cap: null, screeningId: null, channel: null, startsAt: now };
      for (const terms of [third, eighth])
        await addShareRule(tx, filmId, now, finn, { ...all, ...terms, participantId: added.id });
      return added;
    });
    let expected = 0;
    const live = (one: Life): Promise<void> =>
      books.within(filmId, async (tx) => {
        const owed = async () => (await owedTo(tx, filmId, host.account))[0]?.owed ?? 0;
        const sold = { subjectId: newId(), memo: '', bookedOn: today, screeningId: null, channel: 'site' };
        for (const fact of factsOf(one)) {
          if ('kind' in fact) {
            const { subjectId } = sold;
            await post(tx, filmId, now, finn, { key: newId(), bookedOn: today, subjectId, ...fact });
            await accrueShares(tx, filmId, now, finn, [sold]);
          } else {
            const amount = Math.floor((Math.max(0, await owed()) * fact.payout) / 100);
            const payout = { key: newId(), participantId: host.id, currency: 'USD', bookedOn: today };
            if (amount > 0) await payOut(tx, filmId, now, finn, { ...payout, amount, memo: '' });
            expected -= amount;
          }
        }
        expected += sharesOf(one);
        expect(await owed()).toBe(expected);
      });
    await fc.assert(fc.asyncProperty(life, live), { numRuns: 100, endOnFailure: true });
    const [sides] = sidesOf(await books.within(filmId, (tx) => trialBalance(tx, filmId, null)));
    expect(sides?.debit).toBe(sides?.credit);
    const { rows } = await books.within(filmId, (tx) =>
      sql<{ odd: number }>`
        select count(*)::int as odd from (
          select group_id from ledger_entry group by group_id, currency having sum(amount) <> 0) as odd`.execute(
        tx,
      ),
    );
    expect(rows).toEqual([{ odd: 0 }]);
  });
});
