import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { cast, castFilm, strangersFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { grantCodes, grantRules } from '../../../domain/fund/index.ts';
import { trialBalance } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { newId } from '../../../platform/secrets.ts';

const database = await testDatabase();
const film = await castFilm(database);
const other = await strangersFilm(database);
const house = await openTestHouse(database);
const here = '/admin/films/union/fund';
const ben = await signIn(house, cast.ben.address);
const dev = await signIn(house, cast.dev.address);
const finn = await signIn(house, cast.finn.address);
const edie = await signIn(house, cast.edie.address);
const today = Temporal.Now.zonedDateTimeISO('America/New_York').toPlainDate();

const page = async (path = '', cookie = ben): Promise<string> =>
  (await house.ask(here + path, { cookie })).text();
const within = <T>(work: Parameters<typeof inFilm<T>>[2]): Promise<T> =>
  inFilm(database.kysely, film.id, work);

const rule = {
  ...{ screening: '', currency: 'USD', pays_max: '12.50', who: 'everyone', per_address_max: '1' },
  ...{ per_address_days: '30', places_max: '', offer_hours: '48' },
};
const saveRule = (form: Record<string, string>, cookie = ben) =>
  house.ask(`${here}/rules`, { cookie, form: { ...rule, ...form } });
const move = (form: Record<string, string>, cookie = ben) =>
  house.ask(`${here}/money`, {
    cookie,
    form: {
      ...{ key: newId(), way: 'in', amount: '1,000', currency: 'USD', booked_on: today.toString() },
      ...{ memo: 'From the makers', ...form },
    },
  });
const makeCodes = (form: Record<string, string>, cookie = ben) =>
  house.ask(`${here}/codes`, {
    cookie,
    form: { steward: 'Local One', count: '3', uses_max: '1', good_until: '', ...form },
  });

describe('the fund at the desk', () => {
  it('is opened by a rule, which says in a sentence what a grant pays and who may claim one', async () => {
    expect(await page()).toContain('Nothing is in the fund yet.');
    expect((await saveRule({})).headers.get('location')).toContain('said=ruled');
    expect(await page()).toContain('at most $12.50; the film forgoes the rest');
    expect(await page()).toContain('Everyone, one for an address within 30 days');
    await saveRule({ pays_max: '', who: 'code' });
    const rules = await within((tx) => grantRules(tx, film.id));
    expect(rules.map(({ paysMax, who }) => [paysMax, who])).toEqual([[null, 'code']]);
    expect(await page(`/rules/${rules[0]?.id}`)).toContain('The rule');
  });

  it.each([
    [{ pays_max: '-1' }, 'An amount such as 15.00'],
    [{ pays_max: '1e3' }, 'An amount such as 15.00'],
    [{ per_address_max: '0' }, 'A whole number from 1 to 100'],
    [{ offer_hours: '0.5' }, 'Whole hours from 1 to 168'],
    [{ places_max: 'many' }, 'A whole number, or nothing'],
    [{ who: 'friends' }, 'Who may claim one'],
    [{ screening: newId() }, 'A screening of the list'],
  ])('refuses a rule that says %o, and keeps what was typed', async (form, words) => {
    const refused = await saveRule(form);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(words);
  });

  it('D4 shows what is in the books: money put in, and taken out as far as nobody’s place was paid', async () => {
    const key = newId();
    for (const _ of [1, 2]) expect((await move({ key })).headers.get('location')).toContain('said=moved');
    expect(await page()).toContain('$1,000.00');
    const refused = await move({ way: 'out', amount: '1,000.01' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('$1,000.00 is left in the fund');
    expect((await move({ way: 'out', amount: '400' })).headers.get('location')).toContain('said=out');
    const [line] = await within((tx) => trialBalance(tx, film.id, null, 'fund'));
    expect((line?.credit ?? 0) - (line?.debit ?? 0)).toBe(60_000);
    expect(await page()).toContain('$600.00');
    const ahead = await move({ booked_on: today.add({ days: 1 }).toString() });
    expect(await ahead.text()).toContain('Nothing is booked ahead');
  });

  it('keeps the fund’s account for the fund: an entry by hand is told where to go', async () => {
    const entered = await house.ask('/admin/films/union/books/entry', {
      cookie: ben,
      form: {
        ...{ key: newId(), memo: 'By hand', booked_on: today.toString(), from: 'bank', to: 'fund' },
        ...{ amount: '10', currency: 'USD' },
      },
    });
    expect(entered.status).toBe(422);
    expect(await entered.text()).toContain('on the Fund page');
  });

  it('makes codes in bulk for a steward, gives them as CSV, and ends one', async () => {
    expect((await makeCodes({})).headers.get('location')).toContain('said=made');
    const codes = await within((tx) => grantCodes(tx, film.id, 10));
    expect(new Set(codes.map(({ word }) => word)).size).toBe(3);
    const csv = await page('/codes.csv');
    for (const { word } of codes) expect(csv).toContain(`${word},Local One,1,0,`);
    const [code] = codes;
    await house.ask(`${here}/codes/${code?.id}/withdrawal`, { cookie: ben, form: {} });
    expect(
      (await within((tx) => grantCodes(tx, film.id, 10))).filter((each) => each.withdrawnAt),
    ).toHaveLength(1);
    await house.ask(`${here}/codes/${code?.id}/return`, { cookie: ben, form: {} });
    for (const wrong of [{ count: '0' }, { count: '1001' }, { steward: ' ' }, { good_until: '2020-01-01' }])
      expect((await makeCodes(wrong)).status, JSON.stringify(wrong)).toBe(422);
  });

  it('is managed by those who may, read by others of the team, and not there for the rest', async () => {
    expect((await saveRule({}, dev)).status).toBe(303);
    expect((await move({}, dev)).status).toBe(404);
    expect((await move({}, finn)).status).toBe(303);
    expect((await makeCodes({}, finn)).status).toBe(404);
    expect((await house.ask(here, { cookie: edie })).status).toBe(404);
    const zoe = await signIn(house, other.owner.address);
    expect((await house.ask(here, { cookie: zoe })).status).toBe(404);
  });
});
