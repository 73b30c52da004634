import { describe, expect, it } from 'vitest';
import { cast } from '../../../tests/cast.ts';
import { signIn } from '../../../tests/ground/house.ts';
import { signed } from '../../../tests/ground/stripe/events.ts';
import { openRefunds } from '../../../tests/ground/stripe/refunds.ts';
import { disputedToLookAt, disputesOf, openDisputes, refundSum } from '../../domain/boxoffice/index.ts';
import { newId } from '../../platform/secrets.ts';

const till = await openRefunds();
const { server, events, filmId, within, bought, giveBack } = till;
const { bank } = server;
const test = { ask: till.ask, house: till.house, letters: [], work: async () => {} };
const ada = await signIn(test, cast.ada.address);
const desk = async (path: string) => (await till.ask(`/admin/films/union${path}`, { cookie: ada })).text();
const disputes = (orderId: string) => within((tx) => disputesOf(tx, filmId, orderId));
const states = async (orderId: string) => (await disputes(orderId)).map(({ state }) => state);

/** What an order's groups come to, by account. */
async function moneyOf(orderId: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { lines } of await till.groups(orderId))
    for (const { account, amount } of lines) sums[account] = (sums[account] ?? 0) + amount;
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}

/** Whether the reconciler means to ask about an order's dispute, at some time or by now. */
async function isAskedAbout(orderId: string, at = till.clock().add({ hours: 999 })): Promise<boolean> {
  const [charge] = await till.charges(orderId);
  return (await within((tx) => disputedToLookAt(tx, filmId, at, 100))).includes(charge?.id ?? '');
}

async function tellAll(): Promise<void> {
  for (const event of events.splice(0)) expect((await till.deliver(event)).status).toBe(200);
}

// Two places at fifteen dollars, a fee of 2.9 % and thirty cents.
const paid = { processor: 3000 - 117, 'expense.fees': 117, 'income.tickets': -3000 };
const withheld = { ...paid, processor: 3000 - 117 - 4500, 'expense.fees': 1617, disputed: 3000 };

describe('a payment that a buyer’s bank takes back', () => {
  it('is withheld in the books with the provider’s fee, and its tickets stay good', async () => {
    const { id, intent } = await bought();
    expect(await moneyOf(id)).toEqual(paid);
    bank.dispute(intent);
    await tellAll();
    expect(await moneyOf(id)).toEqual(withheld);
    expect(await till.good(id)).toBe(2);
    const [dispute] = await disputes(id);
    expect(dispute).toMatchObject({ state: 'needs-response', reason: 'fraudulent', amount: 3000 });
    expect(dispute?.dueAt?.epochMilliseconds).toBeGreaterThan(till.clock().epochMilliseconds);
  });

  it('is told to the team: today, with the payments, in its order, and until when they may answer', async () => {
    const { id, order, intent } = await bought();
    bank.dispute(intent, { reason: 'product_not_received' });
    await tellAll();
    expect(await desk('')).toContain('disputed payments want an answer');
    const page = await desk('/payments');
    for (const words of ['They say that they got nothing for it', 'Wants an answer', 'in 7 days'])
      expect([words, page.includes(words)]).toEqual([words, true]);
    expect(page).toContain(`https://dashboard.stripe.com/test/payments/${intent.id}`);
    expect(page).toContain(`${order.code.slice(0, 4)}-${order.code.slice(4)}`);
    expect(await desk(`/orders/${id}`)).toContain('They say that they got nothing for it');
    expect(await desk('/audit')).toContain('A buyer’s bank disputes a payment');
  });

  it('comes back when the dispute is won, and the fee stays spent', async () => {
    const { id, intent } = await bought();
    const dispute = bank.dispute(intent);
    await tellAll();
    bank.decides(dispute, 'won');
    await tellAll();
    expect(await states(id)).toEqual(['won']);
    expect(await moneyOf(id)).toEqual({ ...paid, processor: 2883 - 1500, 'expense.fees': 1617 });
  });

  it('is a cost when the dispute is lost, of the film and of nobody else', async () => {
    const { id, intent } = await bought(2, 1000);
    const before = await moneyOf(id);
    const dispute = bank.dispute(intent);
    await tellAll();
    bank.decides(dispute, 'lost');
    await tellAll();
    const after = await moneyOf(id);
    expect(after).toMatchObject({ 'expense.disputes': 4000, fund: -1000, 'income.tickets': -3000 });
    expect(after.disputed).toBeUndefined();
    expect((before.processor ?? 0) - (after.processor ?? 0)).toBe(4000 + 1500);
    expect(await till.good(id)).toBe(2);
  });

  it('is won after all where the bank thinks again: the cost is taken back', async () => {
    const { id, intent } = await bought();
    const dispute = bank.dispute(intent);
    bank.decides(dispute, 'lost');
    await tellAll();
    expect(await moneyOf(id)).toHaveProperty('expense.disputes');
    bank.decides(dispute, 'won');
    await tellAll();
    expect(await moneyOf(id)).toEqual({ ...paid, processor: 2883 - 1500, 'expense.fees': 1617 });
  });

  it('of which the bank only asks is booked nowhere, and can be given back', async () => {
    const { id, tickets, intent } = await bought();
    const inquiry = bank.dispute(intent, { as: 'warning_needs_response' });
    await tellAll();
    expect([await states(id), await moneyOf(id)]).toEqual([['inquiry'], paid]);
    expect((await giveBack(id, tickets)).amount).toBe(3000);
    bank.decides(inquiry, 'warning_closed');
    await tellAll();
    expect(await states(id)).toEqual(['dropped']);
  });

  it('is given back by nobody a second time: its tickets are cancelled, and no money is asked for', async () => {
    const { id, tickets, show, intent } = await bought();
    bank.dispute(intent);
    await tellAll();
    const sum = { key: newId(), orderId: id, amount: 500, ofGift: false };
    await expect(
      within((tx) => refundSum(tx, filmId, till.clock(), { personId: null, name: 'Ada' }, sum)),
    ).rejects.toMatchObject({
      code: 'more_than_left',
      details: { left: 0 },
    });
    const free = await till.freeAt(show.id);
    expect(await giveBack(id, tickets)).toMatchObject({ refundId: null, amount: 0 });
    expect([await till.good(id), await till.freeAt(show.id)]).toEqual([0, (free ?? 0) + 2]);
    expect(await till.refunds(id)).toEqual([]);
  });

  it('in part leaves the rest to be given back', async () => {
    const { id, tickets, intent } = await bought();
    bank.dispute(intent, { amount: 1000 });
    await tellAll();
    expect((await giveBack(id, tickets)).amount).toBe(2000);
  });
});

describe('a dispute', () => {
  it('C4 C8 is booked once, in any order, doubled, late, and in a version of years ago', async () => {
    const { id, intent } = await bought();
    const dispute = bank.dispute(intent);
    bank.decides(dispute, 'won');
    const all = events.splice(0).reverse();
    const older = signed(server, 'charge.dispute.updated', dispute, 'older');
    for (const event of [...all, older, ...all]) expect((await till.deliver(event)).status).toBe(200);
    till.later({ hours: 80 });
    expect((await till.deliver(signed(server, 'charge.dispute.created', dispute))).status).toBe(200);
    expect((await till.groups(id)).filter(({ kind }) => kind === 'dispute')).toHaveLength(2);
    expect(await moneyOf(id)).toMatchObject({ processor: 2883 - 1500 });
  });

  it('C17 is found with every event lost, and so is its end', async () => {
    const { id, intent } = await bought();
    const dispute = bank.dispute(intent);
    events.length = 0;
    till.later({ minutes: 11 });
    await till.reconcile();
    expect(await states(id)).toEqual(['needs-response']);
    dispute.status = 'under_review';
    till.later({ hours: 7 });
    await till.reconcile();
    expect(await states(id)).toEqual(['under-review']);
    bank.decides(dispute, 'lost');
    events.length = 0;
    till.later({ hours: 7 });
    await till.reconcile();
    expect(await states(id)).toEqual(['lost']);
    expect(await moneyOf(id)).toHaveProperty('expense.disputes', 3000);
    // The verdict is asked about once more; nobody asks then about what is decided and booked.
    expect(await isAskedAbout(id)).toBe(true);
    till.later({ hours: 7 });
    await till.reconcile();
    expect(await isAskedAbout(id)).toBe(false);
  });

  it('whose money moves after the verdict is asked about until it has', async () => {
    const { id, intent } = await bought();
    const dispute = bank.dispute(intent);
    await tellAll();
    Object.assign(dispute, { status: 'won', dueBy: null });
    events.push(signed(server, 'charge.dispute.closed', dispute));
    await tellAll();
    expect(await moneyOf(id)).toHaveProperty('disputed', 3000);
    bank.decides(dispute, 'won');
    events.length = 0;
    till.later({ hours: 7 });
    await till.reconcile();
    expect(await moneyOf(id)).not.toHaveProperty('disputed');
  });

  it('C3 is asked for again while the provider cannot be asked about it', async () => {
    const { id, intent } = await bought();
    bank.dispute(intent);
    const [event] = events.splice(0);
    server.failNext('/v1/disputes', { kind: 'status', status: 503 }, 3);
    expect((await till.deliver(event ?? { body: '', signature: '' })).status).toBe(503);
    expect(await states(id)).toEqual([]);
    expect((await till.deliver(event ?? { body: '', signature: '' })).status).toBe(200);
    expect(await states(id)).toEqual(['needs-response']);
  });

  it('is counted where the team looks first, as long as it wants an answer', async () => {
    const before = (await within((tx) => openDisputes(tx, filmId))).toAnswer;
    const { intent } = await bought();
    const dispute = bank.dispute(intent);
    await tellAll();
    expect((await within((tx) => openDisputes(tx, filmId))).toAnswer).toBe(before + 1);
    dispute.status = 'under_review';
    events.push(signed(server, 'charge.dispute.updated', dispute));
    await tellAll();
    expect((await within((tx) => openDisputes(tx, filmId))).toAnswer).toBe(before);
  });
});
