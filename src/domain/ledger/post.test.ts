import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { post as domainPost, groupById, postByHand, reverse, sidesOf, trialBalance } from './index.ts';
import { finn, now, openBooks, today, usd } from './test-ground.ts';

const { database, db, film, within, post } = await openBooks();
const balances = async (filmId: string) => {
  const rows = await within(filmId, (tx) => trialBalance(tx, filmId, null));
  return Object.fromEntries(rows.map(({ account, debit, credit }) => [account, (debit - credit) / 100]));
};
const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

describe('an order’s life, to the cent', () => {
  it('stands as it was worked out: two tickets with a gift, fee, share, grant, refund, payout', async () => {
    const union = await film();
    const book = (kind: string, ...lines: ReturnType<typeof usd>[]) => post(union, { kind, lines });
    await within(union, (tx) =>
      tx
        .insertInto('ledgerAccount')
        .values({
          ...{ filmId: union, id: newId(), code: 'payable.host', name: 'Owed to the host' },
          ...{ kind: 'liability', openedAt: now },
        })
        .execute(),
    );
    await book('order', usd('processor', 40), usd('income.tickets', -30), usd('fund', -10));
    await book('fee', usd('expense.fees', 1.46), usd('processor', -1.46));
    await book('share', usd('expense.shares', 8.67), usd('payable.host', -8.67));
    await book('grant', usd('fund', 15), usd('income.tickets', -15));
    await book(
      'refund',
      usd('income.tickets', 15),
      usd('payable.host', 4.5),
      usd('processor', -15),
      usd('expense.shares', -4.5),
    );
    await book('payout', usd('payable.host', 4.17), usd('bank', -4.17));
    expect(await balances(union)).toEqual({
      bank: -4.17,
      processor: 23.54,
      'payable.host': 0,
      fund: 5,
      'income.tickets': -30,
      'expense.fees': 1.46,
      'expense.shares': 4.17,
    });
    const [sides] = sidesOf(await within(union, (tx) => trialBalance(tx, union, null)));
    expect(sides?.debit).toBe(sides?.credit);
  });
});

describe('a group', () => {
  it('D1 C7 is one, however often and from wherever its key is posted at the same moment', async () => {
    const union = await film();
    const lines = [usd('bank', 12), usd('income.other', -12)];
    const all = await Promise.all(Array.from({ length: 20 }, () => post(union, { key: 'one fact', lines })));
    expect(all.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect(new Set(all.map(({ groupId }) => groupId)).size).toBe(1);
    expect(await balances(union)).toEqual({ bank: 12, 'income.other': -12 });
  });

  it('is refused when its key stands for something else', async () => {
    const union = await film();
    await post(union, { key: 'k', lines: [usd('bank', 12), usd('income.other', -12)] });
    expect(await refused(post(union, { key: 'k', lines: [usd('bank', 13), usd('income.other', -13)] }))).toBe(
      'key_reused',
    );
    expect(await balances(union)).toEqual({ bank: 12, 'income.other': -12 });
  });

  it.each([
    ['unbalanced', [usd('bank', 12), usd('income.other', -11)]],
    ['unbalanced', [usd('bank', 12), { account: 'income.other', amount: -1_200, currency: 'EUR' }]],
    ['too_few_lines', [usd('bank', 12)]],
    ['no_amount', [usd('bank', 0), usd('cash', 0)]],
    ['no_amount', [usd('bank', 0.005 / 100 + 1e300), usd('cash', -1e300)]],
    [
      'no_amount',
      [
        { ...usd('bank', 1), amount: 0.5 },
        { ...usd('cash', 1), amount: -0.5 },
      ],
    ],
    ['no_amount', [{ ...usd('bank', 1), amount: Number.NaN }, usd('cash', -1)]],
    [
      'no_currency',
      [
        { ...usd('bank', 1), currency: 'XXQ' },
        { ...usd('cash', -1), currency: 'XXQ' },
      ],
    ],
    ['unknown_account', [usd('bank', 1), usd('payable.nobody', -1)]],
  ])('is refused as %s, and nothing is kept', async (code, lines) => {
    const union = await film();
    expect(await refused(post(union, { lines }))).toBe(code);
    expect(await balances(union)).toEqual({});
  });

  it('D3 keeps both sides of a transfer to oneself, and the balance as it was', async () => {
    const union = await film();
    await post(union, { lines: [usd('bank', 5), usd('makers', -5)] });
    const { groupId } = await post(union, { lines: [usd('bank', 9), usd('bank', -9)] });
    const group = await within(union, (tx) => groupById(tx, union, groupId));
    expect(group?.lines.map(({ amount }) => amount)).toEqual([900, -900]);
    expect(await balances(union)).toEqual({ bank: 5, makers: -5 });
  });

  it('keeps currencies apart', async () => {
    const union = await film();
    const yen = (account: string, amount: number) => ({ account, amount, currency: 'JPY' });
    await post(union, { lines: [usd('bank', 5), usd('makers', -5), yen('bank', 900), yen('makers', -900)] });
    const rows = await within(union, (tx) => trialBalance(tx, union, null));
    expect(rows.map(({ account, currency, debit }) => [account, currency, debit])).toEqual([
      ['bank', 'JPY', 900],
      ['makers', 'JPY', 0],
      ['bank', 'USD', 500],
      ['makers', 'USD', 0],
    ]);
  });
});

describe('a reversal', () => {
  it('takes a group back once, whoever asks at the same moment, and is not taken back itself', async () => {
    const union = await film();
    const { groupId } = await post(union, { lines: [usd('bank', 7), usd('makers', -7)] });
    const undo = (id: string) =>
      within(union, (tx) => reverse(tx, union, now, finn, { groupId: id, bookedOn: today, memo: 'Wrong' }));
    const all = await Promise.all([undo(groupId), undo(groupId), undo(groupId)]);
    expect(new Set(all.map((posted) => posted.groupId)).size).toBe(1);
    expect(await balances(union)).toEqual({ bank: 0, makers: 0 });
    const [first] = all;
    expect(await refused(undo(first?.groupId ?? ''))).toBe('is_reversal');
    expect(await refused(undo(newId()))).toBe('group_gone');
    const group = await within(union, (tx) => groupById(tx, union, groupId));
    expect(group?.reversedById).toBe(first?.groupId);
  });
});

describe('two transactions that post several groups', () => {
  it('never wait for each other’s accounts, in whatever order they first post to them', async () => {
    const both = (union: string, codes: readonly string[]) =>
      within(union, async (tx) => {
        for (const code of codes) {
          const lines = [usd(code, 1), usd('makers', -1)];
          await domainPost(tx, union, now, finn, { key: newId(), kind: 'order', bookedOn: today, lines });
        }
      });
    for (let round = 0; round < 5; round += 1) {
      const union = await film();
      await Promise.all([both(union, ['bank', 'expense.fees']), both(union, ['expense.fees', 'bank'])]);
      expect(await balances(union)).toEqual({ bank: 2, 'expense.fees': 2, makers: -4 });
    }
  });
});

describe('what is entered by hand', () => {
  it('moves money from one account to another, once a form, and leaves a line in the audit log', async () => {
    const union = await film();
    const entry = { key: newId(), memo: 'Posters', bookedOn: today, amount: 8_000, currency: 'USD' };
    const enter = (more: object) =>
      within(union, (tx) =>
        postByHand(tx, union, now, finn, { ...entry, from: 'bank', to: 'expense.publicity', ...more }),
      );
    await Promise.all([enter({}), enter({}), enter({})]);
    expect(await balances(union)).toEqual({ bank: -80, 'expense.publicity': 80 });
    // Money that stays where it is is no fact.
    expect(await refused(enter({ key: newId(), to: 'bank' }))).toBe('same_account');
    const { rows } = await within(union, (tx) => sql`select from audit where film_id = ${union}`.execute(tx));
    expect(rows).toHaveLength(1);
  });
});

describe('the database itself', () => {
  const raw = (filmId: string, ...statements: ReturnType<typeof sql>[]) =>
    refused(
      within(filmId, async (tx) => {
        for (const statement of statements) await statement.execute(tx);
      }),
    );

  it('lets nobody of the program edit or take away what was posted', async () => {
    const union = await film();
    await post(union, { lines: [usd('bank', 7), usd('makers', -7)] });
    for (const statement of [
      sql`update ledger_entry set amount = amount * 2 where film_id = ${union}`,
      sql`delete from ledger_entry where film_id = ${union}`,
      sql`update ledger_group set memo = 'other' where film_id = ${union}`,
      sql`delete from ledger_group where film_id = ${union}`,
      sql`update ledger_account set name = 'other' where film_id = ${union}`,
      sql`truncate ledger_entry`,
      sql`alter table ledger_entry disable trigger all`,
    ])
      expect(await raw(union, statement)).toMatch(/permission denied|must be owner/);
  });

  it('takes no group that does not sum to zero, or has no entries, whatever the program says', async () => {
    const union = await film();
    const { groupId } = await post(union, { lines: [usd('bank', 7), usd('makers', -7)] });
    const id = newId();
    const group = sql`insert into ledger_group (film_id, id, key, kind, booked_on, posted_at, person_name)
                      values (${union}, ${id}, ${id}, 'order', '2026-12-01', ${now}, 'x')`;
    const entry = (inGroup: string, line: number, amount: number) => sql`
      insert into ledger_entry (film_id, group_id, line, account_id, amount, currency, booked_on)
      select ${union}, ${inGroup}, ${line}::int, id, ${amount}::bigint, 'USD', '2026-12-01' from ledger_account
       where film_id = ${union} and code = 'bank'`;
    expect(await raw(union, group)).toMatch('fewer than two entries');
    expect(await raw(union, group, entry(id, 1, 5), entry(id, 2, -4))).toMatch('does not sum to zero');
    // Nor can a session look away from its own rows before the commit.
    const away = sql`select set_config('houselights.film_id', ${newId()}, true)`;
    expect(await raw(union, group, entry(id, 1, 5), entry(id, 2, -4), away)).toMatch('does not sum to zero');
    // A group is whole when its transaction ends: even a balanced pair joins it never again.
    expect(await raw(union, entry(groupId, 3, 5), entry(groupId, 4, -5))).toMatch('foreign key');
    expect(await raw(union, group, entry(id, 1, 5), entry(id, 2, -5))).toBe('done');
    expect(database.embedded).toBe(true);
  });

  it('S5 shows nobody another film’s books', async () => {
    const [union, other] = [await film(), await film()];
    const { groupId } = await post(union, { lines: [usd('bank', 7), usd('makers', -7)] });
    expect(await within(other, (tx) => trialBalance(tx, union, null))).toEqual([]);
    expect(await within(other, (tx) => groupById(tx, union, groupId))).toBeNull();
    expect(await db.selectFrom('ledgerEntry').selectAll().execute()).toEqual([]);
  });
});
