import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RefundState, SeenPayment } from '../../../platform/payments/driver.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import { trialBalance } from '../../ledger/index.ts';
import {
  availabilityOf,
  keepPage,
  orderById,
  ordersById,
  refundSum,
  refundTickets,
  settleCharge,
  settleRefunds,
  startCharge,
} from '../index.ts';
import { ada, asks, cleo, now, openBoxOffice, plainType, pwywType } from '../test-ground.ts';
import { chargesOf } from './charges.ts';
import { refundsOf } from './refunds.ts';
import { tryName } from './settle-refund.ts';

const office = await openBoxOffice();
const { within, filmId } = office;
const places = 7;

/** What may happen to a box office; `at` picks one of the orders there are. */
type Step =
  | { readonly kind: 'hold'; readonly quantity: number; readonly gift: number; readonly isPwyw: boolean }
  | { readonly kind: 'start' | 'paid' | 'gone' | 'pending' | 'gift back'; readonly at: number }
  | { readonly kind: 'all back'; readonly at: number }
  | { readonly kind: 'give back'; readonly at: number; readonly ticket: number; readonly isBuyer: boolean }
  | { readonly kind: 'sum'; readonly at: number; readonly amount: number }
  | { readonly kind: 'refund says'; readonly at: number; readonly says: RefundState }
  | { readonly kind: 'desk'; readonly at: number; readonly amount: number }
  | { readonly kind: 'later'; readonly minutes: number };

const at = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('hold' as const),
      quantity: fc.integer({ min: 1, max: 4 }),
      gift: fc.constantFrom(0, 0, 500),
      isPwyw: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('start' as const, 'paid' as const), at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('paid' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('gone' as const, 'pending' as const), at }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('give back' as const),
      at,
      ticket: fc.nat(4),
      isBuyer: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('all back' as const, 'gift back' as const), at }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('sum' as const),
      at,
      amount: fc.integer({ min: 1, max: 2000 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('refund says' as const),
      at,
      says: fc.constantFrom<RefundState[]>('succeeded', 'succeeded', 'pending', 'failed'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('desk' as const),
      at,
      amount: fc.integer({ min: 1, max: 3000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('later' as const), minutes: fc.constantFrom(5, 16, 40) }),
  },
);

let lives = 0;
let clock = now;

it('A7 C16 keeps places and money true through whatever happens to orders: bought, paid late or twice, given back, sold anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 45 }), async (steps) => {
      const { id, typeIds } = await office.screening(places, [plainType, pwywType], {
        starts_at: '2027-12-20T19:00',
      });
      const orders: string[] = [];
      for (const each of steps) {
        await live(each, id, typeIds, orders);
        await assertPlaces(id, orders);
      }
      for (const orderId of orders) await assertMoney(orderId);
    }),
    { numRuns: 80 },
  );
  await assertBooks();
  expect(lives).toBeGreaterThan(100);
});

async function live(each: Step, screeningId: string, typeIds: string[], orders: string[]): Promise<void> {
  if (each.kind === 'later') clock = clock.add({ minutes: each.minutes });
  else if (each.kind === 'hold') {
    const choice = {
      ticketTypeId: typeIds[each.isPwyw ? 1 : 0] ?? '',
      quantity: each.quantity,
      amount: each.isPwyw ? 700 : null,
    };
    const [answer] = await office.holds([asks(screeningId, [choice], { gift: each.gift })], clock);
    if (answer?.kind === 'held') orders.push(answer.orderId);
    if (answer?.kind === 'held') lives += 1;
  } else {
    const orderId = orders[each.at % Math.max(1, orders.length)];
    if (orderId !== undefined) await allowed(() => happen(each, orderId));
  }
}

/** A refusal is an answer; everything else is a failure of the test. */
async function allowed(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

async function happen(each: Exclude<Step, { kind: 'later' | 'hold' }>, orderId: string): Promise<void> {
  const { order, charges } = await within(async (tx) => ({
    order: await orderById(tx, filmId, orderId),
    charges: await chargesOf(tx, filmId, orderId),
  }));
  const charge = charges.at(-1);
  if (each.kind === 'start') return await begin(orderId);
  if (each.kind === 'give back' || each.kind === 'all back') {
    const all = (order?.tickets ?? []).map(({ id }) => id);
    const ticketIds = each.kind === 'give back' ? all.slice(each.ticket, each.ticket + 2) : all;
    const more = {
      withGift: each.kind === 'all back',
      as: each.kind === 'give back' && each.isBuyer ? 'buyer' : 'team',
    } as const;
    await within((tx) => refundTickets(tx, filmId, clock, cleo, { orderId, ticketIds, ...more }));
    return;
  }
  if (each.kind === 'sum' || each.kind === 'gift back') {
    const sum = {
      key: newId(),
      orderId,
      amount: each.kind === 'sum' ? each.amount : 500,
      ofGift: each.kind !== 'sum',
    };
    await within((tx) => refundSum(tx, filmId, clock, cleo, sum));
    return;
  }
  if (!charge) return;
  if (each.kind === 'refund says') return await refundSays(charge.id, orderId, each.says, charge.currency);
  if (each.kind === 'desk') return await atDesk(charge, orderId, each.amount);
  if (each.kind === 'paid' && charge.succeededAt === null && charge.providerRef === null) return;
  await settle(charge, each.kind);
}

async function begin(orderId: string): Promise<void> {
  const said = { buyer: ada, guestNames: [] };
  await within(async (tx) => {
    const charge = await startCharge(tx, filmId, clock, {
      orderId,
      provider: 'sandbox',
      accountId: null,
      said,
    });
    await keepPage(tx, filmId, charge.id, { ref: `page-${charge.id}`, url: 'http://localhost/' });
  });
}

type Charged = Awaited<ReturnType<typeof chargesOf>>[number];

async function settle(charge: Charged, state: 'paid' | 'gone' | 'pending'): Promise<void> {
  const { id, amount, currency, orderId } = charge;
  const isPaid = state === 'paid';
  const seen: SeenPayment = {
    ...{ ref: `page-${id}`, state, amount, currency, orderId, card: null, url: null },
    ...{ paymentRef: isPaid ? `payment-${id}` : null, fee: isPaid ? { amount: 44, currency } : null },
  };
  // A provider that said yes does not say no afterwards.
  if (charge.succeededAt === null || isPaid) await within((tx) => settleCharge(tx, filmId, clock, id, seen));
}

async function refundSays(
  chargeId: string,
  orderId: string,
  says: RefundState,
  currency: string,
): Promise<void> {
  const refund = (await within((tx) => refundsOf(tx, filmId, orderId))).find(
    (each) => each.chargeId === chargeId && each.state !== 'succeeded' && each.state !== 'failed',
  );
  if (!refund) return;
  const { amount } = refund;
  const seen = {
    ref: refund.providerRef ?? `refund-${refund.id}`,
    state: says,
    amount,
    currency,
    failure: null,
  };
  const ours = { ...seen, refundId: tryName(refund), paymentRef: `payment-${chargeId}` };
  // Twice, as it comes.
  for (let time = 0; time < 2; time += 1)
    await within((tx) => settleRefunds(tx, filmId, clock, chargeId, [ours]));
}

/** What a provider lets its own desk give back: no more than is left there. */
async function atDesk(charge: Charged, orderId: string, wanted: number): Promise<void> {
  const sent = (await within((tx) => refundsOf(tx, filmId, orderId)))
    .filter(({ chargeId, state }) => chargeId === charge.id && ['pending', 'succeeded'].includes(state))
    .reduce((sum, { amount }) => sum + amount, 0);
  const amount = Math.min(wanted, charge.captured - sent);
  if (amount <= 0) return;
  const seen = { ref: `desk-${newId()}`, state: 'succeeded' as const, amount, currency: charge.currency };
  const foreign = { ...seen, failure: null, refundId: null, paymentRef: `payment-${charge.id}` };
  await within((tx) => settleRefunds(tx, filmId, clock, charge.id, [foreign]));
}

async function assertPlaces(screeningId: string, orders: readonly string[]): Promise<void> {
  const { stands, all } = await within(async (tx) => ({
    stands: await availabilityOf(tx, filmId, screeningId, clock),
    all: await ordersById(tx, filmId, orders),
  }));
  if (!stands) throw new Error('no box office');
  expect(stands.sold + stands.held + stands.free).toBe(places);
  expect(Math.min(stands.sold, stands.held, stands.free)).toBeGreaterThanOrEqual(0);
  let good = 0;
  for (const { tickets } of all.values())
    good += tickets.filter(({ cancelledAt }) => cancelledAt === null).length;
  expect(stands.sold).toBe(good);
}

async function assertMoney(orderId: string): Promise<void> {
  const charges = await within((tx) => chargesOf(tx, filmId, orderId));
  const refunds = await within((tx) => refundsOf(tx, filmId, orderId));
  expect(charges.filter(({ fulfils }) => fulfils === true).length).toBeLessThanOrEqual(1);
  for (const charge of charges) {
    const counted = refunds.filter(({ chargeId, state }) => chargeId === charge.id && state !== 'failed');
    expect(charge.refunded).toBe(counted.reduce((sum, { amount }) => sum + amount, 0));
    expect(charge.refunded).toBeLessThanOrEqual(charge.captured);
  }
}

/** The books say the same as the payments: what the processor has, and what is owed back. */
async function assertBooks(): Promise<void> {
  const balances = await within((tx) => trialBalance(tx, filmId, null));
  const of = (wanted: string) =>
    balances
      .filter(({ account }) => account === wanted)
      .reduce((sum, { debit, credit }) => sum + debit - credit, 0);
  const { captured, fees, back, owed } = await within(async (tx) => {
    const charges = await tx.selectFrom('charge').selectAll().where('filmId', '=', filmId).execute();
    const gone = await tx.selectFrom('refund').selectAll().where('state', '=', 'succeeded').execute();
    const surplus = charges.filter(({ fulfils }) => fulfils === false);
    const ids = new Set(surplus.map(({ id }) => id));
    const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
    return {
      captured: sum(charges.map((charge) => charge.captured)),
      fees: sum(charges.map((charge) => charge.fee ?? 0)),
      back: sum(gone.map(({ amount }) => amount)),
      owed:
        sum(surplus.map((charge) => charge.captured)) -
        sum(gone.filter(({ chargeId }) => ids.has(chargeId)).map(({ amount }) => amount)),
    };
  });
  expect(captured).toBeGreaterThan(0);
  expect(of('processor')).toBe(captured - fees - back);
  expect(of('expense.fees')).toBe(fees);
  expect(of('refunds-owed') + owed).toBe(0);
  expect(balances.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
}
