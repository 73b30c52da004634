import { describe, expect, it } from 'vitest';
import { openRefunds } from '../../../tests/ground/stripe/refunds.ts';
import { disputedToLookAt, disputesOf, settleDisputes } from '../../domain/boxoffice/index.ts';
import type { DisputeMove, DisputeState, SeenDispute } from '../../platform/payments/driver.ts';

const till = await openRefunds();
const { server, events, filmId, within, bought } = till;
const { bank } = server;

/** What an order's groups come to in the accounts of a dispute. */
async function moneyOf(orderId: string): Promise<{ disputed: number; lost: number }> {
  const lines = (await till.groups(orderId)).flatMap((group) => group.lines);
  const sum = (wanted: string) =>
    lines.reduce((sum, { account, amount }) => (account === wanted ? sum + amount : sum), 0);
  return { disputed: sum('disputed'), lost: sum('expense.disputes') };
}

async function tellAll(): Promise<void> {
  for (const event of events.splice(0)) expect((await till.deliver(event)).status).toBe(200);
}

const took = (ref: string, amount: number): DisputeMove => ({
  ref,
  amount: -amount,
  fee: 0,
  currency: 'USD',
});

/** A paid order of thirty dollars whose buyer's bank says whatever a test wants, asked whenever it wants. */
async function disputed() {
  const { id } = await bought();
  const [charge] = await till.charges(id);
  const chargeId = charge?.id ?? '';
  const ref = `du_${id}`;
  const told = { ref, amount: 3000, currency: 'USD', reason: 'fraudulent', openedAt: till.clock() };
  const all = [took(`${ref}_1`, 3000)];
  const says = async (state: DisputeState, { askedAt = till.clock(), moves = all } = {}) => {
    const dispute: SeenDispute = { ...told, state, moves, dueAt: null, paymentRef: null };
    const said = { askedAt, disputes: [dispute] };
    await within((tx) => settleDisputes(tx, filmId, till.clock(), chargeId, said));
  };
  const state = async () => (await within((tx) => disputesOf(tx, filmId, id)))[0]?.state;
  const isAskedBy = async (at: ReturnType<typeof till.clock>) =>
    (await within((tx) => disputedToLookAt(tx, filmId, at, 100))).includes(chargeId);
  return { id, ref, says, state, isAskedBy };
}

const lost = { disputed: 0, lost: 3000 };
const withheld = { disputed: 3000, lost: 0 };
const nothing = { disputed: 0, lost: 0 };

describe('a dispute that is decided', () => {
  it('D1 D4 stays lost when an older answer comes after the verdict, and is asked about at once', async () => {
    const { id, says, state, isAskedBy } = await disputed();
    await says('needs-response');
    const before = till.clock();
    till.later({ seconds: 1 });
    await says('lost');
    await says('lost', { askedAt: till.clock().add({ seconds: 1 }) });
    const never = till.clock().add({ hours: 999 });
    expect(await isAskedBy(never)).toBe(false);
    for (const older of ['under-review', 'won', 'needs-response'] as const) {
      await says(older, { askedAt: before });
      expect([older, await state(), await moneyOf(id)]).toEqual([older, 'lost', lost]);
    }
    till.later({ seconds: 1 });
    expect(await isAskedBy(till.clock())).toBe(true);
    await says('lost');
    expect([await moneyOf(id), await isAskedBy(never)]).toEqual([lost, false]);
  });

  it('D1 D4 is a cost again when a newer answer opens it and it is lost once more', async () => {
    const { id, says, state, isAskedBy } = await disputed();
    const seen: unknown[] = [];
    for (const next of ['needs-response', 'lost', 'under-review', 'lost', 'lost', 'won', 'lost'] as const) {
      till.later({ seconds: 1 });
      await says(next);
      seen.push([await state(), await moneyOf(id)]);
    }
    expect(seen).toEqual([
      ['needs-response', withheld],
      ['lost', lost],
      ['under-review', withheld],
      ['lost', lost],
      ['lost', lost],
      ['won', withheld],
      ['lost', lost],
    ]);
    const groups = await till.groups(id);
    expect(groups.filter(({ kind }) => kind === 'dispute')).toHaveLength(1);
    expect(groups.filter(({ kind }) => kind === 'dispute-lost')).toHaveLength(3);
    till.later({ seconds: 1 });
    await says('lost');
    expect(await isAskedBy(till.clock().add({ hours: 999 }))).toBe(false);
  });

  it('D4 is asked about again after a verdict, so that an older one that came last does not stand', async () => {
    const { id, says, state, isAskedBy } = await disputed();
    await says('lost');
    const before = till.clock();
    till.later({ seconds: 1 });
    await says('under-review');
    await says('lost', { askedAt: before });
    expect(await isAskedBy(till.clock().add({ hours: 7 }))).toBe(true);
    till.later({ hours: 7 });
    await says('under-review');
    expect([await state(), await moneyOf(id)]).toEqual(['under-review', withheld]);
  });

  it('D1 D4 is won, and lost after all by a movement of its own: each time the books follow', async () => {
    const { id, intent } = await bought();
    const dispute = bank.dispute(intent);
    bank.decides(dispute, 'lost');
    await tellAll();
    expect(await moneyOf(id)).toEqual(lost);
    bank.decides(dispute, 'won');
    await tellAll();
    expect(await moneyOf(id)).toEqual(nothing);
    bank.takes(dispute);
    bank.decides(dispute, 'lost');
    await tellAll();
    expect(await moneyOf(id)).toEqual(lost);
  });

  it('D4 is lost with a part of its movements: the rest is a cost when it comes, and is asked for until then', async () => {
    const { id, ref, says, isAskedBy } = await disputed();
    const [first, second] = [took(`${ref}_a`, 1000), took(`${ref}_b`, 2000)];
    const never = till.clock().add({ hours: 999 });
    await says('lost', { moves: [] });
    await says('lost', { moves: [first] });
    await says('lost', { moves: [first] });
    expect([await moneyOf(id), await isAskedBy(never)]).toEqual([{ disputed: 0, lost: 1000 }, true]);
    await says('lost', { moves: [first, second] });
    await says('lost', { moves: [first, second] });
    expect([await moneyOf(id), await isAskedBy(never)]).toEqual([lost, false]);
    till.later({ seconds: 1 });
    const back = took(`${ref}_c`, -3000);
    await says('won', { moves: [first, second, back] });
    expect(await moneyOf(id)).toEqual(nothing);
  });

  it('D1 is booked once by ten that settle it at the same moment', async () => {
    const { id, says } = await disputed();
    await says('needs-response');
    await Promise.all(Array.from({ length: 10 }, () => says('lost')));
    expect(await moneyOf(id)).toEqual(lost);
    expect((await till.groups(id)).filter(({ kind }) => kind === 'dispute-lost')).toHaveLength(1);
  });
});
