import { beforeEach, describe, expect, it } from 'vitest';
import { openRefunds } from '../../../tests/ground/stripe/refunds.ts';
import { ada, byTest } from '../../../tests/ground/stripe/till.ts';
import {
  confirmOrders,
  payInvoice,
  promiseByInvoice,
  refundScreening,
  retryRefund,
  saveBoxOffice,
  savePaymentKey,
  settleOwnRefund,
} from '../../domain/boxoffice/index.ts';
import { filmMoney } from '../../domain/film/index.ts';

const till = await openRefunds();
const {
  server,
  events,
  filmId,
  within,
  bought,
  giveBack,
  freeAt,
  states,
  refundGroups,
  good,
  secondPayment,
} = till;

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
    const rule = { holdMinutes: 15, refundHours: 24, invoiceDays: 30, offerHours: 12 };
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
