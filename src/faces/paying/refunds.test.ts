import { beforeEach, describe, expect, it } from 'vitest';
import { ada, byTest, openTill, plain } from '../../../tests/ground/stripe/till.ts';
import {
  addCode,
  availabilityOf,
  confirmOrders,
  payInvoice,
  promiseByInvoice,
  type RefundAsk,
  refundScreening,
  refundSum,
  refundTickets,
  retryRefund,
  saveBoxOffice,
  savePaymentKey,
  settleOwnRefund,
} from '../../domain/boxoffice/index.ts';
import { filmMoney } from '../../domain/film/index.ts';
import { newId } from '../../platform/secrets.ts';
import { lookAtOrder } from './look-again.ts';

const till = await openTill();
const { server, events, filmId, house, within } = till;

async function bought(
  quantity = 2,
  gift = 0,
  show = null as Awaited<ReturnType<typeof till.screening>> | null,
  code = '',
) {
  const at = show ?? (await till.screening(10));
  const held = await till.hold(at, quantity, gift, code);
  await till.startPaying(held.id);
  const session = server.pay(server.session(held.id));
  await lookAtOrder(house, filmId, held.id);
  events.length = 0;
  const { intent } = session;
  if (!intent) throw new Error('not paid');
  const order = await till.order(held.id);
  return { show: at, order, id: order.id, tickets: order.tickets.map(({ id }) => id), intent };
}

const giveBack = (orderId: string, ticketIds: readonly string[], more: Partial<RefundAsk> = {}) =>
  within((tx) =>
    refundTickets(tx, filmId, till.clock(), byTest, {
      ...{ orderId, ticketIds, withGift: false, as: 'team' as const },
      ...more,
    }),
  );
const freeAt = async (id: string) =>
  (await within((tx) => availabilityOf(tx, filmId, id, till.clock())))?.free;
const states = async (orderId: string) => (await till.refunds(orderId)).map(({ state }) => state);
const refundGroups = async (orderId: string) =>
  (await till.groups(orderId)).filter(({ kind }) => kind === 'refund' || kind === 'reversal');
const good = async (orderId: string) =>
  (await till.order(orderId)).tickets.filter(({ cancelledAt }) => cancelledAt === null).length;

describe('giving tickets back', () => {
  it('gives the places to others at once, and the money when the provider has said so, to the cent', async () => {
    const before = await till.books();
    const { id, tickets, show } = await bought(2, 1000);
    const asked = await giveBack(id, tickets.slice(0, 1));
    expect(asked).toMatchObject({ amount: 1500, currency: 'USD' });
    expect(await freeAt(show.id)).toBe(9);
    expect(await states(id)).toEqual(['asked']);
    expect(await refundGroups(id)).toEqual([]);
    await till.work();
    expect(await states(id)).toEqual(['succeeded']);
    const [group] = await refundGroups(id);
    expect(group?.lines.map(({ account, amount, partId }) => [account, amount, partId])).toEqual([
      ['income.tickets', 1500, show.typeId],
      ['processor', -1500, null],
    ]);
    const after = await till.books();
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect(['processor', 'expense.fees', 'income.tickets', 'fund'].map(moved)).toEqual([
      4000 - 146 - 1500,
      146,
      -1500,
      -1000,
    ]);
    const [refund] = await till.refunds(id);
    expect(await till.mails(refund?.id ?? '')).toHaveLength(1);
  });

  it('leaves the gift with the fund unless the team says otherwise', async () => {
    const { id, tickets } = await bought(1, 1000);
    await giveBack(id, tickets, { withGift: true });
    await till.work();
    const [group] = await refundGroups(id);
    expect(group?.lines.map(({ account, amount }) => [account, amount])).toEqual([
      ['income.tickets', 1500],
      ['fund', 1000],
      ['processor', -2500],
    ]);
  });

  it('gives back what a code took, so that somebody else may use it', async () => {
    const show = await till.screening(10);
    const draft = {
      ...{ word: 'LABOR', kind: 'percent' as const, off: 50, currency: null, screeningId: show.id },
      ...{ ticketTypeId: null, usesMax: 2, moneyMax: null, goodFrom: null, goodUntil: null, note: '' },
    };
    await within((tx) => addCode(tx, filmId, till.clock(), byTest, draft));
    const { id, tickets } = await bought(2, 0, show, 'labor');
    const uses = async () =>
      (await within((tx) => tx.selectFrom('code').select('uses').executeTakeFirstOrThrow())).uses;
    expect(await uses()).toBe(2);
    expect(await giveBack(id, tickets.slice(0, 1))).toMatchObject({ amount: 750 });
    expect(await uses()).toBe(1);
    await giveBack(id, tickets.slice(1));
    expect(await uses()).toBe(0);
    expect((await till.order(id)).cancelledAt).not.toBeNull();
  });

  it('lets a buyer do it under the film’s own rule, and nobody for another’s ticket', async () => {
    const near = await till.screening(10, [plain], { days: 1 });
    const late = await bought(1, 0, near);
    till.later({ hours: 10 });
    await expect(giveBack(late.id, late.tickets, { as: 'buyer' })).rejects.toThrow('too_late');
    const far = await bought(1);
    await expect(giveBack(far.id, late.tickets, { as: 'buyer' })).rejects.toThrow('no_such_ticket');
    expect(await giveBack(far.id, far.tickets, { as: 'buyer' })).toMatchObject({ amount: 1500 });
    const rule = { holdMinutes: 15, refundHours: null, invoiceDays: null };
    await within((tx) => saveBoxOffice(tx, filmId, till.clock(), byTest, rule));
    const other = await bought(1);
    await expect(giveBack(other.id, other.tickets, { as: 'buyer' })).rejects.toThrow('no_refunds');
    await within((tx) => saveBoxOffice(tx, filmId, till.clock(), byTest, { ...rule, refundHours: 24 }));
    expect(await giveBack(late.id, late.tickets)).toMatchObject({ amount: 1500 });
    await till.work();
  });
});

describe('one refund', () => {
  it('C14 comes of a double click, of two admins at once, and of every echo', async () => {
    const { id, tickets, intent } = await bought(2);
    const clicks = await Promise.allSettled(Array.from({ length: 6 }, () => giveBack(id, tickets)));
    const asked = clicks.filter((each) => each.status === 'fulfilled');
    expect(asked).toHaveLength(1);
    await Promise.all([till.work(), till.work()]);
    for (const event of [...events, ...events]) expect((await till.deliver(event)).status).toBe(200);
    till.later({ minutes: 20 });
    await till.reconcile();
    expect(intent.refunds.map(({ amount }) => amount)).toEqual([3000]);
    expect(await refundGroups(id)).toHaveLength(1);
    expect(await states(id)).toEqual(['succeeded']);
  });

  it('C14 comes of a sum that was asked for twice under its key', async () => {
    const { id, intent } = await bought(2);
    const key = newId();
    const sum = () =>
      within((tx) =>
        refundSum(tx, filmId, till.clock(), byTest, { key, orderId: id, amount: 700, ofGift: false }),
      );
    await Promise.all([sum(), sum(), sum()]);
    await till.work();
    expect(intent.refunds.map(({ amount }) => amount)).toEqual([700]);
    expect(await good(id)).toBe(2);
  });

  it('C14 comes of a process that died after the provider had answered, even a week later', async () => {
    const { id, tickets, intent } = await bought(1);
    await giveBack(id, tickets);
    server.failNext('/v1/refunds', { kind: 'delay', ms: 0 });
    // The answer to the second call, by which it is made, and every try at it again, are lost.
    server.failNext('/v1/refunds', { kind: 'hang up after' }, 4);
    await till.work().catch(() => {});
    expect(intent.refunds).toHaveLength(1);
    expect(await states(id)).toEqual(['asked']);
    till.later({ hours: 24 * 7 });
    server.forgetKeys();
    await till.reconcile();
    await till.reconcile();
    expect(intent.refunds).toHaveLength(1);
    expect(await states(id)).toEqual(['succeeded']);
    expect(await refundGroups(id)).toHaveLength(1);
  });

  it('C14 C16 cannot be of more than was paid: the database itself refuses', async () => {
    const { id } = await bought(2);
    const [charge] = await till.charges(id);
    const tooMuch = within((tx) =>
      tx
        .insertInto('refund')
        .values({
          ...{ filmId, id: newId(), orderId: id, chargeId: charge?.id ?? '', amount: 3001, currency: 'USD' },
          ...{ reason: 'sum', state: 'asked', failure: null, providerRef: null, askedAt: till.clock() },
          ...{ personId: null, personName: 'x', settledAt: null, lookAt: null },
        })
        .execute(),
    );
    await expect(tooMuch).rejects.toThrow(/charge_not_over_refunded/);
    await within((tx) =>
      refundSum(tx, filmId, till.clock(), byTest, { key: newId(), orderId: id, amount: 500, ofGift: false }),
    );
    const more = within((tx) =>
      refundSum(tx, filmId, till.clock(), byTest, { key: newId(), orderId: id, amount: 2501, ofGift: false }),
    );
    await expect(more).rejects.toThrow('more_than_left');
    const { tickets } = await till.order(id);
    // What went back before is not given back again with the tickets.
    expect(
      await giveBack(
        id,
        tickets.map((ticket) => ticket.id),
      ),
    ).toMatchObject({ amount: 2500 });
  });
});

describe('what the provider says of a refund', () => {
  beforeEach(() => till.work());

  it('C15 is in no book while it is pending or waits for the buyer, and once it has succeeded', async () => {
    for (const first of ['pending', 'requires_action'] as const) {
      const { id, tickets, intent } = await bought(1);
      server.nextRefunds.push(first);
      await giveBack(id, tickets);
      await till.work();
      expect(await states(id)).toEqual([first === 'pending' ? 'pending' : 'needs-action']);
      expect(await refundGroups(id)).toEqual([]);
      const [refund] = intent.refunds;
      if (refund) server.refundBecomes(refund, 'succeeded');
      till.later({ hours: 2 });
      await till.reconcile();
      expect(await states(id)).toEqual(['succeeded']);
      expect(await refundGroups(id)).toHaveLength(1);
    }
  });

  it('C15 that failed is seen, is in no book, and can be asked for again', async () => {
    const { id, tickets, intent } = await bought(1);
    server.nextRefunds.push('failed');
    await giveBack(id, tickets);
    await till.work();
    expect(await states(id)).toEqual(['failed']);
    expect(await refundGroups(id)).toEqual([]);
    const [refund] = await till.refunds(id);
    await within((tx) => retryRefund(tx, filmId, till.clock(), byTest, refund?.id ?? ''));
    await till.work();
    expect(await states(id)).toEqual(['succeeded']);
    expect(intent.refunds.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
    expect(await refundGroups(id)).toHaveLength(1);
  });

  it('C15 that failed after it had succeeded is taken back in the books', async () => {
    const { id, tickets, intent } = await bought(1);
    await giveBack(id, tickets);
    await till.work();
    const [refund] = intent.refunds;
    events.length = 0;
    if (refund) server.refundBecomes(refund, 'failed', 'lost_or_stolen_card');
    for (const event of events.splice(0)) expect((await till.deliver(event)).status).toBe(200);
    expect(await till.refunds(id)).toMatchObject([{ state: 'failed', failure: 'lost_or_stolen_card' }]);
    expect((await refundGroups(id)).map(({ kind }) => kind).sort()).toEqual(['refund', 'reversal']);
  });

  it('C13 leaves a ticket good for which another payment stands', async () => {
    const { id } = await bought(1);
    await secondPayment(id);
    const [one, other] = await till.charges(id);
    expect([one?.fulfils, other?.fulfils]).toEqual([true, false]);
    const intents = [...server.intents.values()].slice(-2);
    const [first] = intents;
    if (first) server.refundAtDesk(first, 1500);
    for (const event of events.splice(0)) await till.deliver(event);
    expect(await good(id)).toBe(1);
  });

  it('C13 C16 is booked when it was made at the provider’s desk; the tickets go when every cent did', async () => {
    const { id, intent, show } = await bought(2, 1000);
    server.refundAtDesk(intent, 1500);
    for (const event of events.splice(0)) expect((await till.deliver(event)).status).toBe(200);
    expect(await till.refunds(id)).toMatchObject([{ reason: 'provider', amount: 1500, ofGift: 0 }]);
    expect(await good(id)).toBe(2);
    server.refundAtDesk(intent, 2500);
    events.length = 0;
    // By nobody's event: the reconciler asks what was given back elsewhere.
    till.later({ minutes: 30 });
    await till.reconcile();
    const [, rest] = await till.refunds(id);
    expect(rest).toMatchObject({ amount: 2500, ofGift: 1000, state: 'succeeded' });
    expect(await good(id)).toBe(0);
    expect(await freeAt(show.id)).toBe(10);
  });

  it('C14 takes the desk’s refund for ours where both were asked for at once', async () => {
    const { id, tickets, intent } = await bought(1);
    await giveBack(id, tickets);
    server.refundAtDesk(intent, 1500);
    await till.work();
    expect(intent.refunds).toHaveLength(1);
    expect(await states(id)).toEqual(['succeeded']);
    expect(await refundGroups(id)).toHaveLength(1);
  });
});

describe('money that came another way', () => {
  it('C20 goes back through the account that it came through, whatever the film uses by then', async () => {
    const { id, tickets, intent } = await bought(1);
    server.accounts.set('sk_test_other_9999', 'acct_other');
    const key = { providerAccount: 'acct_other', isLive: false, secretKey: 'sk_test_other_9999' };
    await within((tx) => savePaymentKey(tx, filmId, till.clock(), byTest, key));
    await giveBack(id, tickets);
    await till.work();
    expect(intent.refunds).toHaveLength(1);
    expect(await states(id)).toEqual(['succeeded']);
    const back = { providerAccount: 'acct_union', isLive: false, secretKey: 'sk_test_union_4242' };
    await within((tx) => savePaymentKey(tx, filmId, till.clock(), byTest, back));
  });

  it('goes back by hand where it came by hand, and the books wait until somebody says that it did', async () => {
    const show = await till.screening(10);
    const order = await till.hold(show, 2);
    const { today } = await within((tx) => filmMoney(tx, filmId, till.clock()));
    const confirmations = [{ orderId: order.id, method: 'cash' as const, buyer: ada, guestNames: [] }];
    await within((tx) => confirmOrders(tx, filmId, till.clock(), byTest, { bookedOn: today, confirmations }));
    const { tickets } = await till.order(order.id);
    await giveBack(
      order.id,
      tickets.slice(0, 1).map(({ id }) => id),
    );
    await till.work();
    const [refund] = await till.refunds(order.id);
    expect(refund?.state).toBe('asked');
    for (let click = 0; click < 2; click += 1)
      await within((tx) => settleOwnRefund(tx, filmId, till.clock(), byTest, refund?.id ?? ''));
    const [group] = await refundGroups(order.id);
    expect(group?.lines.map(({ account, amount }) => [account, amount])).toEqual([
      ['income.tickets', 1500],
      ['cash', -1500],
    ]);
  });

  it('is owed by invoice, is less when tickets are given back, and is paid once', async () => {
    const rule = { holdMinutes: 15, refundHours: 24, invoiceDays: 30 };
    await within((tx) => saveBoxOffice(tx, filmId, till.clock(), byTest, rule));
    const show = await till.screening(10);
    const order = await till.hold(show, 2);
    const said = { buyer: ada, guestNames: [] };
    await within((tx) => promiseByInvoice(tx, filmId, till.clock(), byTest, { orderId: order.id, said }));
    await till.work();
    const [charge] = await till.charges(order.id);
    expect(charge).toMatchObject({ method: 'invoice', invoiceNumber: 1, captured: 3000, succeededAt: null });
    expect(await till.mails(charge?.id ?? '')).toEqual([`invoice:${charge?.id}`]);
    const { tickets } = await till.order(order.id);
    await giveBack(
      order.id,
      tickets.slice(0, 1).map(({ id }) => id),
    );
    const { today: bookedOn } = await within((tx) => filmMoney(tx, filmId, till.clock()));
    const pay = () =>
      within((tx) =>
        payInvoice(tx, filmId, till.clock(), byTest, { chargeId: charge?.id ?? '', into: 'bank', bookedOn }),
      );
    await pay();
    await pay();
    const lines = (await till.groups(order.id)).flatMap(({ lines }) => lines);
    const sum = (account: string) =>
      lines.filter((line) => line.account === account).reduce((all, { amount }) => all + amount, 0);
    expect([sum('receivable'), sum('bank'), sum('income.tickets')]).toEqual([0, 1500, -1500]);
  });

  it('goes back for every order of a screening that is not shown, a job an order, and again for what is left', async () => {
    const show = await till.screening(10);
    const all = [await bought(2, 500, show), await bought(1, 0, show), await bought(3, 0, show)];
    const [first] = all;
    await giveBack(first?.id ?? '', first?.tickets.slice(0, 1) ?? []);
    const refund = () => within((tx) => refundScreening(tx, filmId, till.clock(), byTest, show.id));
    expect(await refund()).toBe(3);
    await refund();
    await till.work();
    await till.work();
    expect(await refund()).toBe(0);
    for (const { id, intent } of all) {
      expect(await good(id)).toBe(0);
      expect(intent.refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(
        intent.amount - (id === first?.id ? 500 : 0),
      );
    }
    expect(await freeAt(show.id)).toBe(10);
  });
});

/** Pays an order once more, as if a page of before had been paid in another window. */
async function secondPayment(orderId: string): Promise<void> {
  const [charge] = await till.charges(orderId);
  const id = newId();
  await within((tx) =>
    tx
      .insertInto('charge')
      .values({
        ...{ filmId, id, orderId, provider: 'stripe', accountId: charge?.accountId ?? null },
        ...{ method: 'stripe', amount: 1500, currency: 'USD', startedAt: till.clock() },
      })
      .execute(),
  );
  const session = server.openSession({ reference: orderId, chargeId: id, amount: 1500, currency: 'usd' });
  const { keepPage } = await import('../../domain/boxoffice/index.ts');
  await within((tx) => keepPage(tx, filmId, id, { ref: session.id, url: server.url }));
  server.nextRefunds.push('pending');
  server.pay(session);
  await lookAtOrder(house, filmId, orderId);
  await till.work();
}
