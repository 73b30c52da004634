import { describe, expect, it } from 'vitest';
import { ada, byTest, openTill, plain } from '../../../tests/ground/stripe/till.ts';
import { changeChoice, confirmOrders, editTicketType } from '../../domain/boxoffice/index.ts';
import { filmMoney } from '../../domain/film/index.ts';
import { newSecret } from '../../platform/secrets.ts';
import { lookAtOrder } from './look-again.ts';

const till = await openTill();
const { server, events, filmId, house, within } = till;

/** An order for which a payment page is open. */
async function paying(places = 10, quantity = 1, gift = 0) {
  const show = await till.screening(places);
  const order = await till.hold(show, quantity, gift);
  const started = await till.startPaying(order.id);
  if (started.kind !== 'page') throw new Error(started.kind);
  return { show, order, url: started.url, session: server.session(order.id) };
}

const groupKinds = async (orderId: string) => (await till.groups(orderId)).map(({ kind }) => kind).sort();

describe('paying by card', () => {
  it('confirms the order and knows every cent of it, as the worked figures say', async () => {
    const before = await till.books();
    const { order, session } = await paying(10, 2, 1000);
    expect(session.amount).toBe(4000);
    server.pay(session);
    for (const event of events.splice(0)) expect((await till.deliver(event)).status).toBe(200);
    const paid = await till.order(order.id);
    expect(paid.confirmedAt).not.toBeNull();
    expect(paid.buyer).toEqual(ada);
    expect(paid.tickets.map(({ guestName }) => guestName)).toEqual(['Ada', null]);
    expect(await groupKinds(order.id)).toEqual(['fee', 'order']);
    const after = await till.books();
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect(['processor', 'expense.fees', 'income.tickets', 'fund'].map(moved)).toEqual([
      4000 - 146,
      146,
      -3000,
      -1000,
    ]);
  });

  it('C1 opens one page and charges nothing, however often and from how many tabs the button is pressed', async () => {
    const show = await till.screening(10);
    const order = await till.hold(show);
    const calls = server.callsTo('/v1/checkout/sessions').length;
    server.failNext('/v1/checkout/sessions', { kind: 'delay', ms: 1_000 });
    const all = await Promise.all(Array.from({ length: 10 }, () => till.startPaying(order.id)));
    expect(new Set(all.map((each) => each.kind === 'page' && each.url)).size).toBe(1);
    expect(server.callsTo('/v1/checkout/sessions').length).toBe(calls + 1);
    const again = await till.startPaying(order.id);
    expect(again).toEqual(all[0]);
    expect(await till.charges(order.id)).toHaveLength(1);
  });

  it('keeps the places until after the page is over, once', async () => {
    const { order, session } = await paying();
    const held = await till.order(order.id);
    expect(held.lapsesAt.epochMilliseconds / 1_000).toBeGreaterThan(session.expiresAt);
    server.expire(session);
    await lookAtOrder(house, filmId, order.id);
    till.later({ minutes: 2 });
    await till.startPaying(order.id);
    expect((await till.order(order.id)).lapsesAt.equals(held.lapsesAt)).toBe(true);
  });

  it('C2 fulfils once when the provider’s event and the buyer’s return come at the same moment', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { order, session } = await paying();
      events.length = 0;
      server.pay(session);
      const [event] = events.splice(0);
      if (!event) throw new Error('no event');
      const [delivered, returned, again] = await Promise.all([
        till.deliver(event),
        lookAtOrder(house, filmId, order.id),
        till.deliver(event),
      ]);
      expect([delivered.status, again.status]).toEqual([200, 200]);
      expect(['fulfilled', undefined]).toContain(returned?.kind);
      expect(await groupKinds(order.id)).toEqual(['fee', 'order']);
      expect((await till.order(order.id)).tickets).toHaveLength(1);
      expect(await till.jobs(`tickets:${order.id}`)).toBe(1);
    }
  });

  it('C6 lets a declined buyer try again, and refuses one key with two meanings', async () => {
    const { order, session } = await paying();
    server.expire(session);
    await till.deliver(events.splice(0).at(-1) ?? { body: '', signature: '' });
    const again = await till.startPaying(order.id, { name: 'Ada Okafor', address: 'other@union.example' });
    expect(again.kind).toBe('page');
    server.pay(server.session(order.id));
    expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('fulfilled');
    const { stripeDriver } = await import('../../platform/payments/index.ts');
    const driver = stripeDriver({ secretKey: 'sk_test_union_4242', serverUrl: server.url });
    const page = {
      ...{ key: newSecret(), orderId: 'o', chargeId: 'c', amount: 500, currency: 'USD', title: 'UNION' },
      ...{ buyerAddress: null, language: 'en', returnUrl: server.url, leaveUrl: server.url },
      until: till.clock().add({ minutes: 40 }),
    };
    expect((await driver.startPage(page)).kind).toBe('page');
    expect(await driver.startPage({ ...page, amount: 600 })).toEqual({
      kind: 'refused',
      code: 'idempotency',
    });
  });

  it('C10 opens a new page when the provider gave the first one up, while the places are held', async () => {
    const { order, session, url } = await paying();
    server.expire(session);
    expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('gone');
    const again = await till.startPaying(order.id);
    expect(again.kind === 'page' && again.url !== url).toBe(true);
    server.pay(server.session(order.id));
    expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('fulfilled');
  });

  it('C10 keeps the places while a bank takes its time, and lets the buyer try again when it says no', async () => {
    const { order, session } = await paying();
    server.pay(session, 'processing');
    expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('pending');
    till.later({ hours: 50 });
    expect((await till.order(order.id)).lapsesAt.epochMilliseconds).toBeGreaterThan(
      till.clock().epochMilliseconds,
    );
    server.bankSays(session, 'no');
    await till.reconcile();
    const [charge] = await till.charges(order.id);
    expect(charge?.goneAt).not.toBeNull();
    expect((await till.startPaying(order.id)).kind).toBe('page');
  });

  it('C11 asks the provider to take money once, whoever settles: a page takes it itself', async () => {
    const { order, session } = await paying();
    server.pay(session);
    const before = server.calls.filter(({ method }) => method === 'POST').length;
    await Promise.all(Array.from({ length: 5 }, () => lookAtOrder(house, filmId, order.id)));
    expect(server.calls.filter(({ method }) => method === 'POST').length).toBe(before);
    expect(await groupKinds(order.id)).toEqual(['fee', 'order']);
  });

  it('C19 charges what was quoted, whatever the price becomes meanwhile', async () => {
    const { order, show, session } = await paying();
    await within((tx) =>
      editTicketType(tx, filmId, till.clock(), byTest, {
        id: show.typeId,
        draft: { ...plain, price: 9900 },
      }),
    );
    expect(session.amount).toBe(1500);
    server.pay(session);
    await lookAtOrder(house, filmId, order.id);
    const group = (await till.groups(order.id)).find(({ kind }) => kind === 'order');
    expect(group?.lines.map(({ account, amount }) => [account, amount])).toEqual([
      ['processor', 1500],
      ['income.tickets', -1500],
    ]);
  });

  it('C19 refuses to change what an order says while a page is open for it', async () => {
    const { order, show } = await paying();
    const request = {
      ...{ key: newSecret(), screeningId: show.id, gift: 0, code: '', channel: 'site' as const },
      ...{
        language: 'en',
        referral: null,
        choices: [{ ticketTypeId: show.typeId, quantity: 2, amount: null }],
      },
    };
    const changing = within((tx) => changeChoice(tx, filmId, till.clock(), { orderId: order.id, request }));
    await expect(changing).rejects.toThrow('paying');
  });

  it('C22 gets the same page when the first answer was lost after it was opened', async () => {
    const show = await till.screening(10);
    const order = await till.hold(show);
    server.failNext('/v1/checkout/sessions', { kind: 'hang up after' }, 3);
    const first = await till.startPaying(order.id);
    const second = first.kind === 'page' ? first : await till.startPaying(order.id);
    expect(second.kind).toBe('page');
    const pages = [...server.sessions.values()].filter(({ reference }) => reference === order.id);
    expect(pages).toHaveLength(1);
  });

  it('says by name when the provider is away or knows no such key, and keeps the places', async () => {
    const show = await till.screening(10);
    const order = await till.hold(show);
    server.failNext('/v1/checkout/sessions', { kind: 'status', status: 500 }, 3);
    expect(await till.startPaying(order.id)).toEqual({ kind: 'unreachable' });
    server.accounts.clear();
    expect(await till.startPaying(order.id)).toEqual({ kind: 'not taken' });
    server.accounts.set('sk_test_union_4242', 'acct_union');
    expect((await till.startPaying(order.id)).kind).toBe('page');
  });
});

describe('money that comes too late or twice', () => {
  it('A4 takes the places anew when they are free, and fulfils', async () => {
    const { order, session } = await paying(3);
    till.later({ minutes: 36 });
    session.expiresAt += 7_200;
    server.pay(session);
    expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('fulfilled');
    const paid = await till.order(order.id);
    expect(paid.confirmedAt).not.toBeNull();
    expect(paid.tickets).toHaveLength(1);
    await till.work();
    expect(await till.mails(`places-gone`)).toEqual([]);
  });

  it('A8 says that the last place is gone when late money takes it', async () => {
    const { order, show, session } = await paying(1);
    till.later({ minutes: 36 });
    const page = async () => await (await till.ask(`/screenings/${show.slug}`)).text();
    // The page must have heard of the hold before it is kept.
    await expect.poll(page).toContain('One place left');
    session.expiresAt += 7_200;
    server.pay(session);
    expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('fulfilled');
    await expect.poll(page).toContain('Sold out');
  });

  it('A4 gives the money back once, with one mail, when the places are gone', async () => {
    const { order, session, show } = await paying(2, 2);
    const before = await till.books();
    till.later({ minutes: 36 });
    const other = await till.hold(show, 1);
    expect(other.lines).toHaveLength(1);
    session.expiresAt += 7_200;
    events.length = 0;
    server.pay(session);
    const all = events.splice(0);
    const told = await Promise.all([...all, ...all].map((event) => till.deliver(event)));
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
    await lookAtOrder(house, filmId, order.id);
    await till.work();
    await till.work();
    expect((await till.order(order.id)).confirmedAt).toBeNull();
    const refunds = await till.refunds(order.id);
    expect(refunds.map(({ state, reason, amount }) => [state, reason, amount])).toEqual([
      ['succeeded', 'places-gone', 3000],
    ]);
    expect(session.intent?.refunds).toHaveLength(1);
    const [charge] = await till.charges(order.id);
    expect(await till.mails(charge?.id ?? '')).toEqual([`places-gone:${charge?.id}`]);
    expect(await groupKinds(order.id)).toEqual(['fee', 'refund', 'surplus']);
    const after = await till.books();
    expect((after['refunds-owed'] ?? 0) - (before['refunds-owed'] ?? 0)).toBe(0);
    expect((after['income.tickets'] ?? 0) - (before['income.tickets'] ?? 0)).toBe(0);
  });

  it('C12 fulfils once and gives the other back, to be seen, when an order was paid two ways', async () => {
    const { order, session } = await paying();
    const { today } = await within((tx) => filmMoney(tx, filmId, till.clock()));
    await within((tx) =>
      confirmOrders(tx, filmId, till.clock(), byTest, {
        bookedOn: today,
        confirmations: [{ orderId: order.id, method: 'cash', buyer: ada, guestNames: [] }],
      }),
    );
    server.pay(session);
    expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('given back');
    await till.work();
    const refunds = await till.refunds(order.id);
    expect(refunds.map(({ state, reason }) => [state, reason])).toEqual([['succeeded', 'paid-twice']]);
    expect((await till.order(order.id)).tickets.every(({ cancelledAt }) => cancelledAt === null)).toBe(true);
    expect((await till.charges(order.id)).map(({ fulfils }) => fulfils)).toContain(false);
    expect(await till.books()).not.toHaveProperty('refunds-owed');
  });
});
