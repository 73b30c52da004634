import { describe, expect, it } from 'vitest';
import { cast, joinAs, strangersFilm } from '../../../../tests/cast.ts';
import { signIn } from '../../../../tests/ground/house.ts';
import { openTill } from '../../../../tests/ground/stripe/till.ts';
import { confirmOrders, paymentAccount, savePaymentKey } from '../../../domain/boxoffice/index.ts';
import { beginDemo, createFilm, filmMoney, finishDemo } from '../../../domain/film/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { newId } from '../../../platform/secrets.ts';

const till = await openTill({ isAccountSet: false });
await strangersFilm(till.database);
const demoId = newId();
const inDemo = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(till.database.kysely, demoId, work);
await inDemo(async (tx) => {
  await createFilm(tx, demoId, till.clock(), { slug: 'demo-film-1', isDemo: true });
  await beginDemo(tx, demoId, till.clock(), { seed: null });
  await finishDemo(tx, demoId, till.clock());
});
await joinAs(till.database, demoId, cast.ada);
const { server, within, filmId } = till;
const payments = '/admin/films/union/payments';
const test = { ask: till.ask, house: till.house, letters: [], work: async () => {} };
const ada = await signIn(test, cast.ada.address);
const ben = await signIn(test, cast.ben.address);
const finn = await signIn(test, cast.finn.address);
const page = async (cookie: string) => (await till.ask(payments, { cookie })).text();
const send = (path: string, form: Record<string, string>, cookie = ada) =>
  till.ask(payments + path, { cookie, form });
const secretKey = 'sk_test_union_4242';

describe('the keys of a film’s payments', () => {
  it('says what is missing; an owner opens the sandbox and closes it, and nobody else does', async () => {
    const sandbox = 'a page that moves no money, to try everything out';
    await send('/sandbox', { is: 'closed' });
    expect(await page(ada)).toContain('so nobody can pay here');
    expect((await send('/sandbox', { is: 'ajar' })).status).toBe(422);
    expect((await send('/sandbox', { is: 'open' }, finn)).status).toBe(404);
    expect(await page(ada)).not.toContain(sandbox);
    await send('/sandbox', { is: 'open' });
    expect(await page(ada)).toContain(sandbox);
    await send('/sandbox', { is: 'closed' });
    expect(await page(ada)).toContain('so nobody can pay here');
  });

  it.each([
    ['pk_live_12345678', 'This is the publishable key'],
    ['whatever', 'A secret key'],
    ['sk_test_nobody_knows_it', 'Stripe does not know this key'],
  ])('takes no %s, says why, and repeats nothing of it', async (wrong, words) => {
    const answer = await send('/key', { secret_key: wrong });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain(words);
    expect(text).not.toContain(wrong);
    expect(await page(ada)).toContain('No account yet');
  });

  it('takes no key while Stripe cannot say whose it is', async () => {
    server.failNext('/v1/account', { kind: 'status', status: 500 }, 3);
    const answer = await send('/key', { secret_key: secretKey });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('could not be reached');
  });

  it('S16 keeps what was entered and shows it to nobody again, but for the last four', async () => {
    expect((await send('/key', { secret_key: secretKey })).status).toBe(303);
    expect((await send('/webhook', { webhook_secret: 'whsec_of_the_union_film' })).status).toBe(303);
    for (const cookie of [ada, ben, finn]) {
      const text = await page(cookie);
      expect(text).toContain('ends in 4242');
      expect(text).toContain('ends in film');
      expect(text).toContain('acct_union');
      expect(text).not.toContain(secretKey);
      expect(text).not.toContain('whsec_of');
    }
    const audit = await (await till.ask('/admin/films/union/audit', { cookie: ada })).text();
    expect(audit).toContain('Entered a key for payments');
    expect(audit).not.toContain(secretKey);
  });

  it('S16 may be changed by owners alone', async () => {
    for (const cookie of [ben, finn]) {
      for (const path of ['/key', '/webhook', '/retire', '/check'])
        expect((await send(path, { secret_key: secretKey }, cookie)).status).toBe(404);
      expect(await page(cookie)).not.toContain('name="secret_key"');
    }
  });

  it('is checked with Stripe, and says what is wrong', async () => {
    const checked = async () => (await send('/check', {})).headers.get('location');
    expect(await checked()).toContain('check-good');
    server.accounts.clear();
    expect(await checked()).toContain('check-locked');
    server.accounts.set(secretKey, 'acct_union');
    server.failNext('/v1/account', { kind: 'status', status: 500 }, 3);
    expect(await checked()).toContain('check-away');
  });
});

describe('the payments of a demo film', () => {
  const here = '/admin/films/demo-film-1/payments';

  it('are never real: no key is asked for or kept, and Stripe is not told of it', async () => {
    const shown = await (await till.ask(here, { cookie: ada })).text();
    expect(shown).toContain('This is a demo film: it takes no account and no real payments');
    expect(shown).not.toContain('name="secret_key"');
    const asked = server.calls.length;
    for (const key of ['sk_live_really_4242', secretKey]) {
      const answer = await till.ask(`${here}/key`, { cookie: ada, form: { secret_key: key } });
      expect(answer.status).toBe(409);
      expect(await answer.text()).toContain('it can be removed with all its sales. The key was not kept');
    }
    expect(server.calls).toHaveLength(asked);
    expect(await inDemo((tx) => paymentAccount(tx, demoId))).toBeNull();
  });

  it('are refused by the command itself too', async () => {
    const key = { providerAccount: 'acct_real', isLive: true, secretKey: 'sk_live_really_4242' };
    await expect(
      inDemo((tx) => savePaymentKey(tx, demoId, till.clock(), { personId: null, name: 'Ada' }, key)),
    ).rejects.toMatchObject({ code: 'demo_takes_no_payments' });
  });
});

describe('giving back at the desk', () => {
  it('gives tickets back from the order’s page, once, and notes by hand what went back by hand', async () => {
    const show = await till.screening(10);
    const order = await till.hold(show, 2);
    const { today } = await within((tx) => filmMoney(tx, filmId, till.clock()));
    const buyer = { name: 'Ada Okafor', address: null };
    const confirmations = [{ orderId: order.id, method: 'cash' as const, buyer, guestNames: [] }];
    const by = { personId: null, name: 'the test' };
    await within((tx) => confirmOrders(tx, filmId, till.clock(), by, { bookedOn: today, confirmations }));
    const { tickets } = await till.order(order.id);
    const at = `/admin/films/union/orders/${order.id}`;
    const form = { 'ticket[]': tickets[0]?.id ?? '' };
    for (let click = 0; click < 2; click += 1)
      expect((await till.ask(`${at}/refund`, { cookie: ben, form })).status).toBe(303);
    const text = await (await till.ask(at, { cookie: ben })).text();
    expect(text).toContain('Asked for');
    const [refund] = await till.refunds(order.id);
    expect(await page(finn)).toContain('It went back');
    expect((await send(`/refunds/${refund?.id}/made`, {}, finn)).status).toBe(303);
    expect((await till.refunds(order.id)).map(({ state, amount }) => [state, amount])).toEqual([
      ['succeeded', 1500],
    ]);
    const sum = await till.ask(`${at}/refund-sum`, {
      cookie: ben,
      form: { key: refund?.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) ?? '', amount: '20' },
    });
    expect(sum.status).toBe(422);
    expect(await sum.text()).toContain('At most $15.00 is left');
  });
});
