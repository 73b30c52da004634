import fc from 'fast-check';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../platform/refusal.ts';
import {
  closeDays,
  journal,
  journalCsv,
  type LedgerGroup,
  type Line,
  openDays,
  sidesOf,
  statementOf,
  trialBalance,
  trialBalanceCsv,
} from './index.ts';
import { openBooks, today, usd } from './test-ground.ts';

const { database, db, film, within, post } = await openBooks();
const day = (daysAgo: number) => today.subtract({ days: daysAgo });
const everything = { account: 'bank', currency: 'USD', from: '2000-01-01', to: '2100-01-01' };

/** Groups of two to five lines on some days, and whether the books are closed in between. */
const lives = fc.array(
  fc.record({
    daysAgo: fc.integer({ min: 0, max: 200 }),
    lines: fc
      .array(
        fc.record({
          account: fc.constantFrom('bank', 'cash', 'fund', 'income.tickets', 'expense.fees'),
          amount: fc.integer({ min: -99_999, max: 99_999 }).filter((amount) => amount !== 0),
          currency: fc.constantFrom('USD', 'JPY'),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map(balanced)
      .filter((lines) => lines.length >= 2),
  }),
  { minLength: 1, maxLength: 25 },
);

/** Adds to each currency the line that makes it sum to zero. */
function balanced(lines: Line[]): Line[] {
  const rest = [...Map.groupBy(lines, ({ currency }) => currency)].map(([currency, those]) => ({
    account: 'makers',
    amount: -those.reduce((sum, { amount }) => sum + amount, 0),
    currency,
  }));
  return [...lines, ...rest.filter(({ amount }) => amount !== 0)];
}

describe('balances', () => {
  it('D2 D4 are the sums of the entries, to any day, however many days are closed', async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: 0, max: 220 }), async (groups, daysAgo) => {
        const union = await film();
        for (const { daysAgo: ago, lines } of groups) await post(union, { lines, bookedOn: day(ago) });
        const at = day(daysAgo).toString();
        const read = () => within(union, (tx) => trialBalance(tx, union, at));
        const before = await read();
        await closeDays(db, union, today);
        const after = await read();
        expect(after).toEqual(before);
        for (const { debit, credit } of sidesOf(after)) expect(debit).toBe(credit);
        const booked = groups.filter(({ daysAgo: ago }) => ago >= daysAgo).flatMap(({ lines }) => lines);
        for (const { account, currency, debit, credit } of after) {
          const own = booked.filter((line) => line.account === account && line.currency === currency);
          expect(debit - credit).toBe(own.reduce((sum, { amount }) => sum + amount, 0));
        }
        const statement = await within(union, (tx) =>
          statementOf(tx, union, { ...everything, to: at }, 1_000),
        );
        const bank = after.find(({ account, currency }) => account === 'bank' && currency === 'USD');
        expect(statement.closing).toBe((bank?.debit ?? 0) - (bank?.credit ?? 0));
        expect(statement.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(statement.closing);
      }),
      { numRuns: 30 },
    );
  });

  it('tell of a period what came before it, what moved in it, and what stands at its end', async () => {
    const union = await film();
    await post(union, { lines: [usd('bank', 100), usd('makers', -100)], bookedOn: day(90) });
    await post(union, { lines: [usd('expense.travel', 30), usd('bank', -30)], bookedOn: day(40) });
    await post(union, { lines: [usd('bank', 5), usd('income.other', -5)], bookedOn: day(30) });
    await post(union, { lines: [usd('bank', 1), usd('income.other', -1)], bookedOn: day(1) });
    await closeDays(db, union, today);
    const period = { ...everything, from: day(40).toString(), to: day(30).toString() };
    const found = await within(union, (tx) => statementOf(tx, union, period, 1));
    expect(found).toMatchObject({ prior: 10_000, debit: 500, credit: 3_000, closing: 7_500, hasMore: true });
    expect(found.lines.map(({ amount }) => amount)).toEqual([500]);
  });
});

describe('a closed day', () => {
  it('takes nothing more, and still knows a group that stands', async () => {
    const union = await film();
    const lines = [usd('bank', 100), usd('makers', -100)];
    const old = day(openDays + 1);
    await post(union, { key: 'old', lines, bookedOn: old });
    expect(await closeDays(db, union, today)).toBe(old.toString());
    await expect(post(union, { lines, bookedOn: old })).rejects.toThrow(new Refusal('day_closed'));
    expect((await post(union, { key: 'old', lines, bookedOn: old })).isRepeat).toBe(true);
    expect((await post(union, { lines, bookedOn: day(openDays) })).isRepeat).toBe(false);
    expect(await closeDays(db, union, today)).toBe(old.toString());
  });

  /** Forty post to a day while four close it: what was kept, in cents, and what the books then say. */
  async function race(): Promise<{ kept: number; said: number; lines: number }> {
    const union = await film();
    const old = day(openDays + 1);
    const lines = [usd('bank', 1), usd('makers', -1)];
    const posting = Array.from({ length: 40 }, () =>
      post(union, { lines, bookedOn: old }).then(
        () => 1,
        (error: unknown) => {
          expect(error).toEqual(new Refusal('day_closed'));
          return 0;
        },
      ),
    );
    const closing = Array.from({ length: 4 }, () => closeDays(db, union, today));
    const kept = (await Promise.all(posting)).reduce<number>((sum, one) => sum + one, 0);
    await Promise.all(closing);
    await closeDays(db, union, today);
    const statement = await within(union, (tx) => statementOf(tx, union, everything, 1_000));
    return { kept: kept * 100, said: statement.closing, lines: statement.lines.length };
  }

  it('is summed once, with everything that was posted to it, while others post and close at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { kept, said, lines } = await race();
      expect(said).toBe(kept);
      expect(lines * 100).toBe(kept);
    }
  });

  it('loses money without the lock that those who post hold: the negative control of the race', async () => {
    const owner = new pg.Client(database.connection);
    await owner.connect();
    const { rows } = await owner.query<{ body: string }>(
      `select pg_get_functiondef('refuse_closed_day'::regproc) as body`,
    );
    const whole = rows[0]?.body ?? '';
    const withoutLock = whole.replace(/perform pg_advisory_xact_lock_shared[^;]*;/, '');
    expect(withoutLock).not.toBe(whole);
    try {
      await owner.query(withoutLock);
      let lost = 0;
      for (let round = 0; round < 40 && lost === 0; round += 1) {
        const { kept, said } = await race();
        lost = kept - said;
      }
      expect(lost).toBeGreaterThan(0);
    } finally {
      await owner.query(whole);
      await owner.end();
    }
  });

  it('is never one of a film that has booked nothing', async () => {
    const union = await film();
    expect(await closeDays(db, union, today)).toBeNull();
    await post(union, {
      lines: [usd('bank', 1), usd('makers', -1)],
      bookedOn: Temporal.PlainDate.from('2024-01-21'),
    });
    expect(await closeDays(db, union, today)).toBe(day(openDays + 1).toString());
  });
});

describe('the journal', () => {
  it('is read page by page, by account, kind and days, and goes out as CSV without a formula', async () => {
    const union = await film();
    for (let at = 0; at < 7; at += 1)
      await post(union, {
        kind: at % 2 === 0 ? 'order' : 'fee',
        memo: '=cmd()',
        lines: [usd(at % 2 === 0 ? 'bank' : 'cash', 1.5), usd('makers', -1.5)],
        bookedOn: day(at),
      });
    const read = (filter: Parameters<typeof journal>[2], place: LedgerGroup | null = null) =>
      within(union, (tx) => journal(tx, union, filter, place, 3));
    const first = await read({});
    expect(first.map(({ bookedOn }) => bookedOn)).toEqual([0, 1, 2].map((ago) => day(ago).toString()));
    const second = await read({}, first.at(-1) ?? null);
    expect(second.map(({ bookedOn }) => bookedOn)).toEqual([3, 4, 5].map((ago) => day(ago).toString()));
    expect((await read({ account: 'cash' })).map(({ kind }) => kind)).toEqual(['fee', 'fee', 'fee']);
    expect(await read({ from: day(6).toString(), to: day(5).toString() })).toHaveLength(2);
    let csv = '';
    for await (const piece of journalCsv(db, union, { kind: 'fee' })) csv += piece;
    expect(csv.split('\r\n')).toHaveLength(1 + 3 * 2 + 1);
    expect(csv).toContain(`,'=cmd(),1,cash,Cash box,1.50,,USD,`);
    expect(await trialBalanceCsv(db, union, null)).toContain(
      'makers,Put in by the makers,equity,USD,0.00,10.50,,10.50',
    );
  });
});
