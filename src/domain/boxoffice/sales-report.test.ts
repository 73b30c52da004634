import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { newId, newSecret } from '../../platform/secrets.ts';
import { post, trialBalance } from '../ledger/index.ts';
import {
  addCode,
  type DeskMethod,
  type SalesFilter,
  type SalesSums,
  type SalesView,
  salesReport,
  salesTotals,
  salesViews,
  sellAtDesk,
} from './index.ts';
import { cleo, freeType, now, openBoxOffice, plainType, pwywType } from './test-ground.ts';

const office = await openBoxOffice();
const { within, filmId } = office;
const zone = 'America/New_York';
const whole: SalesFilter = { screeningId: null, from: null, to: null };
const report = (view: SalesView, filter: Partial<SalesFilter> = {}) =>
  within((tx) => salesReport(tx, filmId, view, { ...whole, ...filter }, zone));
const day = (number: number) => Temporal.PlainDate.from({ year: 2026, month: 12, day: number });

/** Numbers that are the same in every run. */
function* dice(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}
const throws = dice(7);
const pick = <T>(all: readonly T[]): T => all[Math.floor((throws.next().value as number) * all.length)] as T;

/** A season: sales by every method with codes and comps, refunds, fees, gifts; and what no order knows of. */
async function season(): Promise<{ ids: string[]; codeId: string }> {
  const none = { screeningId: null, ticketTypeId: null, usesMax: null, moneyMax: null, note: '' };
  const half = {
    word: 'HALF',
    kind: 'percent' as const,
    off: 50,
    currency: null,
    goodFrom: null,
    goodUntil: null,
  };
  const codeId = await within((tx) => addCode(tx, filmId, now, cleo, { ...half, ...none }));
  const nights = [];
  for (const _ of [1, 2, 3]) nights.push(await office.screening(200, [plainType, pwywType, freeType]));
  for (let sale = 0; sale < 60; sale += 1) {
    const night = pick(nights);
    const [general = '', pwyw = ''] = night.typeIds;
    const at = now.add({ hours: 24 * Math.floor(sale / 10) });
    const order = await within((tx) =>
      sellAtDesk(
        tx,
        filmId,
        at,
        cleo,
        {
          ...{
            key: newSecret(),
            screeningId: night.id,
            comps: pick([0, 0, 1]),
            channel: pick(['desk', 'door']),
          },
          choices: [
            { ticketTypeId: general, quantity: pick([1, 2, 5]), amount: null },
            { ticketTypeId: pwyw, quantity: pick([1, 3]), amount: pick([500, 777, 10_000]) },
          ],
          ...{ code: pick(['', '', 'half']), method: pick<DeskMethod>(['cash', 'card-reader', 'cheque']) },
          ...{ name: null, address: null, note: '', language: 'en' },
        },
        at.toZonedDateTimeISO(zone).toPlainDate(),
      ),
    );
    const fact = { subjectId: order.id, memo: '', bookedOn: day(1 + (sale % 12)) };
    const usd = (account: string, amount: number, partId: string | null = null) => ({
      account,
      amount,
      currency: 'USD',
      partId,
    });
    // As payments post them: what the processor keeps, what goes back.
    await within((tx) =>
      post(tx, filmId, at, cleo, {
        ...{ ...fact, key: `fee:${order.id}`, kind: 'fee' },
        lines: [usd('expense.fees', 31), usd('processor', -31)],
      }),
    );
    if (sale % 4 === 0)
      await within((tx) =>
        post(tx, filmId, at, cleo, {
          ...{ ...fact, key: `refund:${order.id}`, kind: 'refund' },
          lines: [usd('income.tickets', 750, general), usd('fund', 100), usd('cash', -850)],
        }),
      );
  }
  // No order's: entered by hand, and in another currency.
  for (const currency of ['USD', 'CAD'])
    await within((tx) =>
      post(tx, filmId, now, cleo, {
        ...{ key: newId(), kind: 'manual', memo: 'Tickets sold elsewhere', bookedOn: day(3) },
        lines: [
          { account: 'bank', amount: 12_345, currency },
          { account: 'income.tickets', amount: -12_345, currency },
        ],
      }),
    );
  return { ids: nights.map(({ id }) => id), codeId };
}

const { ids, codeId } = await season();
const books = async (through: string | null) => {
  const balances = await within((tx) => trialBalance(tx, filmId, through));
  const of = (account: string, currency: string): number =>
    balances
      .filter((line) => line.account === account && line.currency === currency)
      .reduce((sum, { debit, credit }) => sum + debit - credit, 0);
  return (currency: string): SalesSums => ({
    ...{ income: 0 - of('income.tickets', currency), gifts: 0 - of('fund', currency) },
    ...{ fees: of('expense.fees', currency), shares: of('expense.shares', currency) },
  });
};

describe('D4 a report of sales', () => {
  it.each(salesViews)('by %s sums to the trial balance in every column and currency', async (view) => {
    const { rows, others } = await report(view);
    expect(rows.length).toBeGreaterThan(view === 'referral' ? 0 : 1);
    const inBooks = await books(null);
    const totals = salesTotals([...rows, ...others]);
    expect(totals.map(({ currency }) => currency).sort()).toEqual(['CAD', 'USD']);
    for (const { currency, tickets: _, ...sums } of totals) expect(sums).toEqual(inBooks(currency));
  });

  it.each(salesViews)('by %s sums to the books of some days alone', async (view) => {
    const { rows, others } = await report(view, { from: '2026-12-03', to: '2026-12-07' });
    const [upTo, before] = [await books('2026-12-07'), await books('2026-12-02')];
    for (const { currency, tickets: _, ...sums } of salesTotals([...rows, ...others])) {
      const [end, start] = [upTo(currency), before(currency)];
      expect(sums).toEqual({
        ...{ income: end.income - start.income, gifts: end.gifts - start.gifts },
        ...{ fees: end.fees - start.fees, shares: end.shares - start.shares },
      });
    }
  });

  it('says the same whichever way it is taken apart, tickets too', async () => {
    const all = [];
    for (const view of salesViews) all.push(salesTotals((await report(view)).rows));
    for (const other of all) expect(other).toEqual(all[0]);
    expect(all[0]?.[0]?.tickets).toBeGreaterThan(150);
  });

  it('of each screening sums to that of all', async () => {
    const parts = [];
    for (const id of ids) parts.push(...(await report('code', { screeningId: id })).rows);
    expect(salesTotals(parts)).toEqual(salesTotals((await report('code')).rows));
    expect(new Set(parts.map(({ key }) => key))).toEqual(new Set([codeId, null]));
  });
});
