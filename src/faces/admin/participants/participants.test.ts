import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { cast, castFilm, strangersFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { accrueShares, type Line, participants, post, shareRules } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { newId } from '../../../platform/secrets.ts';

const database = await testDatabase();
const film = await castFilm(database);
const other = await strangersFilm(database);
const house = await openTestHouse(database);
const here = '/admin/films/union/participants';
const finn = await signIn(house, cast.finn.address);
const cleo = await signIn(house, cast.cleo.address);
const today = Temporal.Now.zonedDateTimeISO('America/New_York').toPlainDate();
const within = <T>(work: Parameters<typeof inFilm<T>>[2]): Promise<T> =>
  inFilm(database.kysely, film.id, work);

const send = (path: string, form: Record<string, string>, cookie = finn) =>
  house.ask(here + path, { cookie, form });
const page = async (path = ''): Promise<string> => (await house.ask(here + path, { cookie: finn })).text();

const share = {
  ...{ how: 'percent', percent: '30', amount: '', base: 'net-of-fees', currency: 'USD' },
  ...{ screening: '', channel: '', cap: '' },
};

await send('', { name: 'Northwest Film Forum' });
const [forum] = await within((tx) => participants(tx, film.id));
const own = `/${forum?.id}`;

/** A fact about a sale, with the shares that follow from it. */
async function happens(subjectId: string, kind: string, lines: readonly [string, number][]): Promise<void> {
  const now = Temporal.Now.instant();
  const by = { personId: null, name: 'the test' };
  await within(async (tx) => {
    const said = lines.map(([account, amount]): Line => ({ account, amount, currency: 'USD' }));
    await post(tx, film.id, now, by, { key: newId(), kind, bookedOn: today, subjectId, lines: said });
    const sold = { subjectId, memo: '7K3M-9QXT', bookedOn: today, screeningId: null, channel: 'site' };
    await accrueShares(tx, film.id, now, by, [sold]);
  });
}

describe('participants at the desk', () => {
  it('are added by name, once, and given a share that reads as a sentence', async () => {
    const twice = await send('', { name: 'Northwest Film Forum' });
    expect(twice.status).toBe(422);
    expect(await twice.text()).toContain('There is a participant of this name already');
    expect((await send(`${own}/shares`, share)).headers.get('location')).toContain('said=shared');
    expect(await page()).toContain(
      '30% of what is paid for tickets, less the processing fees: all screenings',
    );
  });

  it.each([
    [{ percent: '0' }, 'From 0.01 to 100'],
    [{ percent: '101' }, 'From 0.01 to 100'],
    [{ percent: '1e1' }, 'From 0.01 to 100'],
    [{ percent: '70.01' }, 'more than all of them'],
    [{ how: 'fixed', amount: '-1' }, 'An amount above zero'],
    [{ cap: 'none' }, 'An amount above zero, or nothing'],
    [{ channel: 'post' }, 'A channel of the list'],
  ])('refuses a share that says %o, and keeps what was typed', async (form, words) => {
    const refused = await send(`${own}/shares`, { ...share, ...form });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(words);
    expect(await within((tx) => shareRules(tx, film.id))).toHaveLength(1);
  });

  it('D5 show what they are owed, are paid no more, and carry what a refund takes back', async () => {
    const order = newId();
    await happens(order, 'order', [
      ['processor', 3000],
      ['income.tickets', -3000],
    ]);
    expect(await page(own)).toContain('$9.00');
    const pay = (amount: string, key = newId()) =>
      send(`${own}/payout`, {
        key,
        currency: 'USD',
        amount,
        booked_on: today.toString(),
        memo: 'Transfer 17',
      });
    const tooMuch = await pay('9.01');
    expect(tooMuch.status).toBe(422);
    expect(await tooMuch.text()).toContain('They are owed $9.00');
    const key = newId();
    for (const _ of [1, 2]) expect((await pay('9', key)).headers.get('location')).toContain('said=paid');
    expect(await page(own)).toContain('Transfer 17');
    await happens(order, 'refund', [
      ['income.tickets', 1500],
      ['processor', -1500],
    ]);
    expect(await page()).toContain('−$4.50');
    expect(await page()).toContain('paid too much, carried');
  });

  it('have a share that ends: what is sold from then on is not shared', async () => {
    const [rule] = await within((tx) => shareRules(tx, film.id));
    expect((await send(`${own}/shares/${rule?.id}/end`, {})).headers.get('location')).toContain('said=ended');
    await happens(newId(), 'order', [
      ['processor', 3000],
      ['income.tickets', -3000],
    ]);
    expect(await page()).toContain('−$4.50');
    expect((await send(`${own}/shares/${newId()}/end`, {})).status).toBe(404);
  });

  it('are not there for those who keep no books, nor for another film', async () => {
    expect((await house.ask(here, { cookie: cleo })).status).toBe(404);
    expect((await send('', { name: 'Mine' }, cleo)).status).toBe(404);
    const zoe = await signIn(house, other.owner.address);
    expect((await house.ask(here + own, { cookie: zoe })).status).toBe(404);
    const foreign = `/admin/films/elsewhere/participants${own}`;
    expect((await house.ask(foreign, { cookie: zoe })).status).toBe(404);
  });
});
