import { describe, expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { fixedType, type OnSale, putOnSale } from '../../../../tests/ground/on-sale.ts';
import { sellAtDesk } from '../../../domain/boxoffice/index.ts';
import { filmMoney } from '../../../domain/film/index.ts';
import { trialBalance } from '../../../domain/ledger/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { newSecret } from '../../../platform/secrets.ts';
import { sayMoney } from '../../../ui/money.ts';

const database = await testDatabase();
const film = await castFilm(database);
const house = await openTestHouse(database);
const finn = await signIn(house, cast.finn.address);
const gus = await signIn(house, cast.gus.address);
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(database.kysely, film.id, work);
const ask = (query: string, cookie = finn) => house.ask(`/admin/films/union/sales${query}`, { cookie });
const page = async (query: string) => (await ask(query)).text();
const nights: OnSale[] = [];
for (const slug of ['one', 'two'])
  nights.push(
    await putOnSale(database, film.id, slug, {
      places: 30,
      types: [{ ...fixedType, name: `=Type ${slug}` }],
    }),
  );

for (const [at, { id, typeIds }] of nights.entries())
  await within(async (tx) => {
    const now = house.house.clock();
    const { today } = await filmMoney(tx, film.id, now);
    const sale = {
      ...({
        key: newSecret(),
        screeningId: id,
        comps: 1,
        code: '',
        channel: 'desk',
        method: 'cash',
      } as const),
      ...{ name: null, address: null, note: '', language: 'en' },
      choices: [{ ticketTypeId: typeIds[0] ?? '', quantity: 2 + at, amount: null }],
    };
    await sellAtDesk(tx, film.id, now, { personId: null, name: 'the test' }, sale, today);
  });

describe('D4 reports of sales', () => {
  it.each(['screening', 'type', 'day', 'code', 'referral', 'channel'])(
    'by %s end with what the balances say',
    async (by) => {
      const balances = await within((tx) => trialBalance(tx, film.id, null));
      const income = balances.find(({ account }) => account === 'income.tickets');
      const said = sayMoney((income?.credit ?? 0) - (income?.debit ?? 0), 'USD');
      expect(said).toBe('$75.00');
      const text = await page(`?by=${by}`);
      const [, foot = ''] = text.split('<tfoot>');
      expect([by, foot.includes(said), foot.includes('>7<')]).toEqual([by, true, true]);
    },
  );

  it('are drawn against the places of one room', async () => {
    const text = await page(`?screening=${nights[0]?.id}`);
    expect(text).toContain('Tickets over time: 3 of 30 places');
    expect(text).toContain('Where $30.00 of ticket income went');
  });

  it('leave as CSV that starts no formula', async () => {
    const csv = await page('/export.csv?by=type');
    expect(csv).toMatch(/'=Type two.*,3,USD,45\.00,0\.00,0\.00,0\.00/);
  });

  it('S1 refuse what is no view of theirs, and are not there for whoever stands at the door', async () => {
    for (const query of ['?by=buyer_address', '?screening=1', '?from=yesterday', '?to=2026-02-30'])
      expect((await ask(query)).status).toBe(400);
    expect((await ask('', gus)).status).toBe(404);
  });
});
