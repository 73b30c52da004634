import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { cast, castFilm, strangersFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { closeDays, openDays, post, trialBalance } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { newId } from '../../../platform/secrets.ts';

const database = await testDatabase();
const film = await castFilm(database);
const other = await strangersFilm(database);
const house = await openTestHouse(database);
const books = '/admin/films/union/books';
const finn = await signIn(house, cast.finn.address);
const edie = await signIn(house, cast.edie.address);
const today = Temporal.Now.zonedDateTimeISO('America/New_York').toPlainDate();

const bill = {
  memo: 'Posters, bill 2291',
  booked_on: today.toString(),
  from: 'bank',
  to: 'expense.publicity',
  amount: '1,840.50',
  currency: 'USD',
};
const enter = (form: Record<string, string>, cookie = finn) =>
  house.ask(`${books}/entry`, { cookie, form: { key: newId(), ...bill, ...form } });
const page = async (path: string, cookie = finn) => (await house.ask(books + path, { cookie })).text();
const inBooks = () => inFilm(database.kysely, film.id, (tx) => trialBalance(tx, film.id, null));
const bankCents = async () =>
  (await inBooks()).filter(({ account }) => account === 'bank').map(({ debit, credit }) => debit - credit);

describe('entering money', () => {
  it('shows it in the group, the journal, the account and the balances, to the cent', async () => {
    const before = (await bankCents())[0] ?? 0;
    const entered = await enter({});
    expect(entered.status).toBe(303);
    const group = await house.ask(entered.headers.get('location') ?? '', { cookie: finn });
    expect(await group.text()).toContain('$1,840.50');
    expect(await page('/journal')).toContain('Posters, bill 2291');
    expect(await page('/accounts/bank')).toContain('Posters, bill 2291');
    expect(await page('')).toContain('Publicity');
    expect((await bankCents())[0]).toBe(before - 184_050);
  });

  it('is one entry, however often the button was clicked', async () => {
    const before = (await bankCents())[0] ?? 0;
    const key = newId();
    const all = await Promise.all(Array.from({ length: 5 }, () => enter({ key, amount: '10' })));
    expect(new Set(all.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect((await bankCents())[0]).toBe(before - 1_000);
  });

  it.each<[Record<string, string>, string]>([
    [{ amount: '0' }, 'An amount of USD'],
    [{ amount: '-5' }, 'An amount of USD'],
    [{ amount: '1e3' }, 'An amount of USD'],
    [{ amount: 'NaN' }, 'An amount of USD'],
    [{ amount: '0.505' }, 'An amount of USD'],
    [{ amount: '9999999999999' }, 'An amount of USD'],
    [{ amount: '1.5', currency: 'JPY' }, 'An amount of JPY'],
    [{ currency: 'XXQ' }, 'A currency of the list'],
    [{ booked_on: today.add({ days: 2 }).toString() }, 'Nothing is booked ahead'],
    [{ booked_on: '2026-02-30' }, 'A day such as'],
    [{ booked_on: '0001-01-01' }, 'A day of this century'],
    [{ to: 'bank' }, 'Money that stays in one account'],
    [{ to: 'payable.nobody' }, 'This account is not open'],
    [{ memo: '' }, 'What the money was for'],
    [{ memo: 'x'.repeat(501) }, 'At most 500 characters'],
  ])('comes back with its words beside the field, and what was typed, for %j', async (wrong, words) => {
    const before = await inBooks();
    const answer = await enter({ ...wrong });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(words);
    expect(text).toContain(`value="${wrong.memo ?? bill.memo}"`);
    expect(await inBooks()).toEqual(before);
  });

  it('says so when the form was sent before with another day or other words, and keeps what stands', async () => {
    const key = newId();
    expect((await enter({ key })).status).toBe(303);
    const before = await inBooks();
    for (const changed of [{ booked_on: today.subtract({ days: 1 }).toString() }, { memo: 'Flyers' }]) {
      const again = await enter({ key, ...changed });
      expect(again.status).toBe(422);
      expect(await again.text()).toContain('This form was sent before with something else in it');
    }
    expect(await inBooks()).toEqual(before);
  });

  it('S14 takes no field that the form does not have', async () => {
    expect((await enter({ film_id: other.id })).status).toBe(400);
  });

  it('says that the books of a day are closed, and keeps what was typed', async () => {
    const old = today.subtract({ days: openDays + 5 });
    expect((await enter({ booked_on: old.toString(), memo: 'An old bill' })).status).toBe(303);
    await closeDays(database.kysely, film.id, today);
    const answer = await enter({ booked_on: old.toString(), memo: 'Another old bill' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/Another old bill[\s\S]*The books of this day are closed/);
  });
});

describe('taking back', () => {
  it('leaves both in the journal, comes to nothing, and is done once', async () => {
    const before = await bankCents();
    const at = (await enter({ amount: '3.33', memo: 'Wrong bill' })).headers.get('location') ?? '';
    const undo = `${at.replace(/\?.*/, '')}/reversal`;
    const [one, two] = await Promise.all([
      house.ask(undo, { cookie: finn, form: {} }),
      house.ask(undo, { cookie: finn, form: {} }),
    ]);
    expect(one.headers.get('location')).toBe(two.headers.get('location'));
    expect(await bankCents()).toEqual(before);
    expect(await page('/journal')).toContain('taken back');
    const reversal = one.headers.get('location')?.replace(/\?.*/, '') ?? '';
    expect(await (await house.ask(reversal, { cookie: finn })).text()).not.toContain('Take it back');
  });

  it('is not offered for what the program posted itself, and refused where somebody asks all the same', async () => {
    const { groupId } = await inFilm(database.kysely, film.id, (tx) =>
      post(
        tx,
        film.id,
        Temporal.Now.instant(),
        { personId: null, name: 'the test' },
        {
          ...{ key: 'order:1', kind: 'order', bookedOn: today },
          lines: [
            { account: 'processor', amount: 1_500, currency: 'USD' },
            { account: 'income.tickets', amount: -1_500, currency: 'USD' },
          ],
        },
      ),
    );
    expect(await page(`/groups/${groupId}`)).not.toContain('Take it back');
    expect((await house.ask(`${books}/groups/${groupId}/reversal`, { cookie: finn, form: {} })).status).toBe(
      404,
    );
  });
});

describe('the accounts', () => {
  it('are opened by name, once, and take entries from then on', async () => {
    const open = (name: string, kind = 'income') =>
      house.ask(`${books}/accounts`, { cookie: finn, form: { name, kind } });
    expect((await open('Grant of the city')).status).toBe(303);
    expect(await (await open('Grant of the city')).text()).toContain(
      'There is an account of this name already',
    );
    expect((await open('!!!')).status).toBe(422);
    expect((await open('x', 'nonsense')).status).toBe(422);
    expect((await enter({ from: 'own.grant-of-the-city', to: 'bank' })).status).toBe(303);
    expect(await page('/accounts/own.grant-of-the-city')).toContain('$1,840.50');
    expect((await house.ask(`${books}/accounts/own.nothing`, { cookie: finn })).status).toBe(404);
  });
});

describe('an account of a name', () => {
  it.each([
    ['助成金', '貸付金'],
    ['Грант 2026', 'Заём 2026'],
    ['Επιχορήγηση Α', 'Δάνειο Β'],
    [`${'Festival '.repeat(9)}north`, `${'Festival '.repeat(9)}south`],
  ])('is opened in any script, and another beside it: %s, %s', async (one, other) => {
    for (const name of [one, other]) {
      const form = { name, kind: 'income' };
      expect((await house.ask(`${books}/accounts`, { cookie: finn, form })).status, name).toBe(303);
      const again = await house.ask(`${books}/accounts`, { cookie: finn, form });
      expect(await again.text()).toContain('There is an account of this name already');
    }
  });
});

describe('the books', () => {
  it('S8 go out as CSV in which a memo is no formula', async () => {
    await enter({ memo: '=HYPERLINK("x")' });
    const csv = await page('/journal.csv?account=bank');
    expect(csv).toContain('"\'=HYPERLINK(""x"")"');
    expect(csv.split('\r\n').length).toBeGreaterThan(4);
    expect(await page('/balances.csv')).toMatch(/^account,account name,kind,currency/);
  });

  it('lead from an account to its entries as CSV, of the days that are looked at', async () => {
    const statement = await page('/accounts/bank?from=2026-02-01&to=2026-02-28');
    const [, csv = ''] = /href="[^"]*\/books(\/journal\.csv[^"]*)"/.exec(statement) ?? [];
    expect(csv.replaceAll('&amp;', '&')).toBe('/journal.csv?account=bank&from=2026-02-01&to=2026-02-28');
  });

  it('S16 are not there for who keeps none', async () => {
    for (const path of [
      '',
      '/journal',
      '/accounts',
      '/accounts/bank',
      '/entry',
      '/journal.csv',
      '/balances.csv',
    ])
      expect((await house.ask(books + path, { cookie: edie })).status, path).toBe(404);
    expect((await enter({}, edie)).status).toBe(404);
  });

  it('S1 take no nonsense for a day, an account, a place or a currency', async () => {
    for (const query of [
      '?through=yesterday',
      '/journal?from=2026-13-01',
      "/journal?account=bank'--",
      '/journal?after=2026-01-01.x',
      `/journal?after=2026-99-99.${newId()}`,
      `/journal?after=2026-01-01.${'-'.repeat(36)}`,
      '/journal?kind=%00',
      '/accounts/bank?currency=usd',
      "/journal.csv?to=1';--",
    ])
      expect((await house.ask(books + query, { cookie: finn })).status, query).toBe(400);
    expect((await house.ask(`${books}/groups/not-an-id`, { cookie: finn })).status).toBe(404);
    expect((await house.ask(`${books}/groups/${newId()}`, { cookie: finn })).status).toBe(404);
  });
});
