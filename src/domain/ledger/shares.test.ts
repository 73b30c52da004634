import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/secrets.ts';
import {
  accrueShares,
  addParticipant,
  addShareRule,
  endShareRule,
  groupsAbout,
  type Line,
  owedTo,
  payOut,
  type ShareRuleDraft,
  shareRules,
  sidesOf,
  trialBalance,
} from './index.ts';
import { finn, now, openBooks, today, usd } from './test-ground.ts';

const books = await openBooks();

const thirty: Omit<ShareRuleDraft, 'participantId'> = {
  ...{ base: 'net-of-fees', points: 3000, fixed: null, currency: null, cap: null },
  ...{ screeningId: null, channel: null, startsAt: now },
};

/** A film with one participant who has these shares, and what can happen to its sales. */
async function sharedFilm(...rules: readonly Partial<ShareRuleDraft>[]) {
  const filmId = await books.film();
  const host = await books.within(filmId, (tx) => addParticipant(tx, filmId, now, finn, 'Local One'));
  for (const rule of rules)
    await books.within(filmId, (tx) =>
      addShareRule(tx, filmId, now, finn, { ...thirty, participantId: host.id, ...rule }),
    );
  const sold = { memo: '', bookedOn: today, screeningId: null, channel: 'site' };
  const accrue = (subjectId: string, more = {}) =>
    books.within(filmId, (tx) => accrueShares(tx, filmId, now, finn, [{ ...sold, subjectId, ...more }]));
  return {
    ...{ filmId, host, accrue },
    /** Posts a fact about a sale and lets the shares follow. */
    async happens(subjectId: string, kind: string, ...lines: readonly Line[]): Promise<void> {
      await books.post(filmId, { kind, subjectId, lines });
      await accrue(subjectId);
    },
    owed: async (): Promise<number> =>
      (await books.within(filmId, (tx) => owedTo(tx, filmId, host.account)))[0]?.owed ?? 0,
    pay: (amount: number, key = newId()) =>
      books.within(filmId, (tx) =>
        payOut(tx, filmId, now, finn, {
          ...{ key, participantId: host.id, currency: 'USD', amount, bookedOn: today, memo: '' },
        }),
      ),
    balances: () => books.within(filmId, (tx) => trialBalance(tx, filmId, null)),
  };
}

describe('the worked example, to the cent', () => {
  it('shares 30 % net of fees of two tickets, follows a refund, and pays out', async () => {
    const film = await sharedFilm({});
    const order = newId();
    const order40 = [usd('processor', 40), usd('income.tickets', -30), usd('fund', -10)];
    await film.happens(order, 'order', ...order40);
    expect(await film.owed()).toBe(900);
    await film.happens(order, 'fee', usd('expense.fees', 1.46), usd('processor', -1.46));
    // The tickets carry $1.10 of the fee.
    expect(await film.owed()).toBe(867);
    await film.happens(order, 'refund', usd('income.tickets', 15), usd('processor', -15));
    expect(await film.owed()).toBe(417);
    const groups = await books.within(film.filmId, (tx) => groupsAbout(tx, film.filmId, order));
    const last = groups.at(-1)?.lines.map(({ account, amount }) => [account, amount]);
    expect(last).toEqual([
      ['expense.shares', -450],
      ['payable.local-one', 450],
    ]);
    await film.pay(417);
    expect(await film.owed()).toBe(0);
    const bank = (await film.balances()).find(({ account }) => account === 'bank');
    expect(bank).toMatchObject({ debit: 0, credit: 417 });
    const [sides] = sidesOf(await film.balances());
    expect(sides?.debit).toBe(sides?.credit);
  });

  it('counts a place that the fund paid as income of tickets, of which no fee is carried', async () => {
    const film = await sharedFilm({});
    await film.happens(newId(), 'grant', usd('fund', 15), usd('income.tickets', -15));
    expect(await film.owed()).toBe(450);
  });
});

describe('shares', () => {
  it('D1 are what they are however often they are reckoned', async () => {
    const film = await sharedFilm({});
    const order = newId();
    await books.post(film.filmId, {
      subjectId: order,
      lines: [usd('processor', 15), usd('income.tickets', -15)],
    });
    await Promise.all([film.accrue(order), film.accrue(order), film.accrue(order)]);
    await film.accrue(order);
    expect(await film.owed()).toBe(450);
  });

  it('D3 writes both sides for a participant who has two shares of one sale', async () => {
    const film = await sharedFilm({ points: 1000 }, { points: 500, base: 'gross' });
    await film.happens(newId(), 'order', usd('processor', 10), usd('income.tickets', -10));
    expect(await film.owed()).toBe(150);
    const cost = (await film.balances()).find(({ account }) => account === 'expense.shares');
    expect(cost).toMatchObject({ debit: 150, credit: 0 });
  });

  it('are of gross, net of fees, or net of fees and tax', async () => {
    const bases = ['gross', 'net-of-fees', 'net-of-fees-and-tax'] as const;
    const owed: number[] = [];
    for (const base of bases) {
      const film = await sharedFilm({ base, points: 5000 });
      const order = newId();
      await film.happens(
        order,
        'order',
        usd('processor', 12),
        usd('income.tickets', -10),
        usd('sales-tax', -2),
      );
      await film.happens(order, 'fee', usd('expense.fees', 1), usd('processor', -1));
      owed.push(await film.owed());
    }
    expect(owed).toEqual([600, 550, 450]);
  });

  it('are of the film, of one screening, of one channel, from their day to their end', async () => {
    const [screeningId, other] = [newId(), newId()];
    const film = await sharedFilm({ screeningId, channel: 'door' });
    const sells = async (more: object, price = 10): Promise<void> => {
      const order = newId();
      await books.post(film.filmId, {
        subjectId: order,
        lines: [usd('cash', price), usd('income.tickets', -price)],
      });
      await film.accrue(order, more);
    };
    await sells({ screeningId, channel: 'site' });
    await sells({ screeningId: other, channel: 'door' });
    expect(await film.owed()).toBe(0);
    await sells({ screeningId, channel: 'door' });
    expect(await film.owed()).toBe(300);
    const { filmId } = film;
    const [rule] = await books.within(filmId, (tx) => shareRules(tx, filmId));
    await books.within(filmId, (tx) => endShareRule(tx, filmId, now, finn, rule?.id ?? ''));
    await sells({ screeningId, channel: 'door' });
    expect(await film.owed()).toBe(300);
  });

  it('stop at their cap over all sales, and give a fixed sum of what there is', async () => {
    const film = await sharedFilm(
      { cap: 500, currency: 'USD' },
      { fixed: 200, points: null, currency: 'USD' },
    );
    for (const price of [10, 10, 1]) {
      const lines = [usd('cash', price), usd('income.tickets', -price)];
      await film.happens(newId(), 'order', ...lines);
    }
    // 3.00 and 2.00 under the cap; 2.00, 2.00 and the whole dollar as fixed sums.
    expect(await film.owed()).toBe(500 + 200 + 200 + 100);
  });

  it('never come to more than all of a sale', async () => {
    const film = await sharedFilm({ points: 6000 });
    const add = books.within(film.filmId, (tx) =>
      addShareRule(tx, film.filmId, now, finn, { ...thirty, participantId: film.host.id, points: 4001 }),
    );
    await expect(add).rejects.toMatchObject({ code: 'shares_beyond_all' });
  });
});

describe('paying out', () => {
  it('D5 carries what a refund takes back after the payout, shows it, and earns it again', async () => {
    const film = await sharedFilm({});
    const [first, second] = [newId(), newId()];
    await film.happens(first, 'order', usd('processor', 15), usd('income.tickets', -15));
    await film.pay(450);
    await film.happens(first, 'refund', usd('income.tickets', 15), usd('processor', -15));
    expect(await film.owed()).toBe(-450);
    await expect(film.pay(1)).rejects.toMatchObject({ code: 'more_than_owed', details: { owed: -450 } });
    await film.happens(second, 'order', usd('processor', 20), usd('income.tickets', -20));
    expect(await film.owed()).toBe(150);
  });

  it('pays once, however often the button was pressed and from however many desks', async () => {
    const film = await sharedFilm({});
    await film.happens(newId(), 'order', usd('processor', 15), usd('income.tickets', -15));
    const key = newId();
    await Promise.all([film.pay(300, key), film.pay(300, key), film.pay(300, key)]);
    expect(await film.owed()).toBe(150);
    const answers = await Promise.allSettled([film.pay(150), film.pay(150), film.pay(150)]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await film.owed()).toBe(0);
  });
});
