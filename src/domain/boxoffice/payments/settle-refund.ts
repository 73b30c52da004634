import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { addJob } from '../../../platform/jobs/queue.ts';
import type { SeenRefund } from '../../../platform/payments/driver.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import { filmMoney } from '../../film/index.ts';
import { giftLeft, returnGift, takeBackGift } from '../../fund/index.ts';
import { accrueShares, groupsAbout, reverse } from '../../ledger/index.ts';
import { lockOrders, type Order, sayOrderCode } from '../order.ts';
import { soldOf } from '../order-postings.ts';
import { cancelTickets } from './cancel-tickets.ts';
import { byProvider, postRefund, sayAmount } from './charge-postings.ts';
import { type Charge, chargeById, chargesOf } from './charges.ts';
import { leftOf } from './refund-rules.ts';
import { type Refund, refundById, refundedTickets, refundsOf } from './refunds.ts';
import { lockedCharge } from './settle-charge.ts';

/** Tells a buyer that their money is on its way back to them: a job's name. */
export const refundLetter = 'send-refund-made';

/**
 * Takes what a provider says of a payment's refunds, those that were made at its own desk included. The books know a
 * refund when the provider says that it succeeded, once; one that failed after all is taken back in them.
 */
export async function settleRefunds(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  chargeId: string,
  seen: readonly SeenRefund[],
): Promise<void> {
  const { order, charge } = await lockedCharge(tx, filmId, chargeId);
  if (charge.captured === 0) return;
  for (const each of seen) {
    const all = await refundsOf(tx, filmId, order.id);
    const known =
      all.find(({ providerRef }) => providerRef === each.ref) ??
      all.find((refund) => tryName(refund) === each.refundId && refund.providerRef === null);
    if (known) await settle(tx, filmId, now, { order, charge, refund: known }, each);
    // A try of ours before the present one failed; it says nothing new.
    else if (each.state !== 'failed' && !all.some(({ id }) => each.refundId?.startsWith(id)))
      await keepForeign(tx, filmId, now, { order, charge }, each, all);
  }
}

/** What a try at a refund is called at the provider: by it we know it again, whatever became of our own row. */
export function tryName({ id, attempt }: Pick<Refund, 'id' | 'attempt'>): string {
  return `${id}:${attempt}`;
}

/** A refund with its order, which is locked, and its payment. */
export type Found = { readonly order: Order; readonly charge: Charge; readonly refund: Refund };

/** A refund that its order's lock keeps still. @throws {Refusal} no_such_refund */
export async function lockedRefund(tx: Tx, filmId: string, refundId: string): Promise<Found> {
  const found = await refundById(tx, filmId, refundId);
  if (!found) throw new Refusal('no_such_refund');
  const order = (await lockOrders(tx, filmId, [found.orderId])).get(found.orderId);
  const refund = await refundById(tx, filmId, refundId);
  const charge = await chargeById(tx, filmId, found.chargeId);
  if (!order || !refund || !charge) throw new Error('a refund without its order or payment');
  return { order, charge, refund };
}

async function settle(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  found: Found,
  { ref, state, failure }: SeenRefund,
): Promise<void> {
  const { refund, order } = found;
  const providerRef = ref;
  if (state === refund.state) return await lookLater(tx, filmId, now, refund, providerRef);
  if (state === 'succeeded') return await succeed(tx, filmId, now, byProvider, found, providerRef);
  if (state === 'failed') {
    if (refund.state === 'succeeded') await takeBack(tx, filmId, now, order, refund);
    if (refund.state !== 'failed') await giftStays(tx, filmId, now, refund);
    const why = (failure ?? 'failed').slice(0, 200);
    await change(tx, filmId, refund.id, {
      ...{ state, failure: why, providerRef, settledAt: now, lookAt: null },
    });
    return await toldFailed(tx, filmId, now, order, why);
  }
  // What succeeded does not wait again: an older word came later.
  if (refund.state === 'succeeded' || refund.state === 'failed') return;
  await change(tx, filmId, refund.id, { state, providerRef, lookAt: now.add({ hours: 1 }) });
}

async function lookLater(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { id, state }: Refund,
  providerRef: string,
): Promise<void> {
  const isDone = state === 'succeeded' || state === 'failed';
  await change(tx, filmId, id, { providerRef, lookAt: isDone ? null : now.add({ hours: 1 }) });
}

/** Money went back: the row, the books and the letter say so. */
export async function succeed(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { order, charge, refund }: Found,
  providerRef: string | null = null,
): Promise<void> {
  await change(tx, filmId, refund.id, {
    ...{ state: 'succeeded', failure: null, settledAt: now, lookAt: null },
    ...(providerRef === null ? {} : { providerRef }),
  });
  const byType = new Map<string, number>();
  for (const { ticketTypeId, amount } of await refundedTickets(tx, filmId, refund.id))
    byType.set(ticketTypeId, (byType.get(ticketTypeId) ?? 0) + amount);
  await postRefund(tx, filmId, now, by, { order, charge, refund, byType });
  // Somebody whose places were gone has been told already, in the same letter.
  const isTold = refund.reason === 'places-gone';
  if (!isTold)
    await addJob(tx, refundLetter, { filmId, refundId: refund.id }, { key: `refund-made:${refund.id}` });
  // What the team gives back itself, it cancels itself.
  if (refund.reason === 'provider') await cancelWhatIsUnpaid(tx, filmId, now, order);
}

/** An order of which every cent went back has no good tickets; while any payment for it stands, they stay. */
async function cancelWhatIsUnpaid(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
): Promise<void> {
  if (order.confirmedAt === null) return;
  const charges = await chargesOf(tx, filmId, order.id);
  const captured = charges.reduce((sum, charge) => sum + charge.captured, 0);
  const gone = (await refundsOf(tx, filmId, order.id))
    .filter(({ state }) => state === 'succeeded')
    .reduce((sum, { amount }) => sum + amount, 0);
  if (captured === 0 || gone < captured) return;
  const fresh = (await lockOrders(tx, filmId, [order.id])).get(order.id);
  const tickets = (fresh?.tickets ?? []).filter(({ cancelledAt }) => cancelledAt === null);
  if (fresh) await cancelTickets(tx, filmId, now, byProvider, { order: fresh, tickets });
}

async function keepForeign(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, charge }: Omit<Found, 'refund'>,
  seen: SeenRefund,
  all: readonly Refund[],
): Promise<void> {
  const { amount, currency } = seen;
  const adopted = await makeRoom(tx, filmId, now, { order, charge }, amount, all);
  if (adopted) return await settle(tx, filmId, now, { order, charge, refund: adopted }, seen);
  const { ref, state } = seen;
  const id = newId();
  const left = leftOf(order, charge, await refundsOf(tx, filmId, order.id));
  // The gift is the fund's until nothing else is left to take it from.
  // What of it has paid for somebody's place is gone: the film bears that.
  const unspent = Math.min(left.ofGift, await giftLeft(tx, filmId, order.id));
  const ofGift = charge.fulfils ? Math.max(0, Math.min(amount - left.ofTickets, unspent)) : 0;
  if (ofGift > 0) await takeBackGift(tx, filmId, now, { orderId: order.id, amount: ofGift });
  await tx
    .insertInto('refund')
    .values({
      ...{ filmId, id, orderId: order.id, chargeId: charge.id, amount, ofGift, currency },
      ...{ reason: 'provider', state: 'pending', failure: null, providerRef: ref, askedAt: now },
      ...{ personId: null, personName: byProvider.name, settledAt: null, lookAt: now.add({ hours: 1 }) },
    })
    .execute();
  await recordAudit(tx, filmId, now, byProvider, {
    ...{
      action: 'payments.refund_elsewhere',
      subject: sayOrderCode(order.code),
      details: { amount: sayAmount(amount, currency) },
    },
  });
  const refund = await refundById(tx, filmId, id);
  const fresh = await chargeById(tx, filmId, charge.id);
  if (!refund || !fresh) throw new Error('a refund that was just kept is not there');
  if (state === 'succeeded') await succeed(tx, filmId, now, byProvider, { order, charge: fresh, refund });
}

/**
 * Somebody gave back at the provider's desk what we were about to: that is our refund then, where it is as much.
 * Otherwise ours can no longer be made, and gives way to what was.
 */
async function makeRoom(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, charge }: Omit<Found, 'refund'>,
  amount: number,
  all: readonly Refund[],
): Promise<Refund | null> {
  let room = charge.captured - charge.refunded;
  const asked = all.filter(({ chargeId, state }) => chargeId === charge.id && state === 'asked');
  if (amount <= room) return null;
  const same = asked.find((refund) => refund.amount === amount);
  if (same) return same;
  for (const refund of asked) {
    if (amount <= room) return null;
    await change(tx, filmId, refund.id, {
      ...{ state: 'failed', failure: 'refunded_elsewhere', settledAt: now, lookAt: null },
    });
    await giftStays(tx, filmId, now, refund);
    await toldFailed(tx, filmId, now, order, 'refunded_elsewhere');
    room += refund.amount;
  }
  return null;
}

/** The provider said yes and then no: the money is the film's again, and so say the books. */
async function takeBack(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  { id, attempt }: Refund,
): Promise<void> {
  const key = `refund:${id}${attempt === 1 ? '' : `:${attempt}`}`;
  const group = (await groupsAbout(tx, filmId, order.id)).find((each) => each.key === key);
  const { today } = await filmMoney(tx, filmId, now);
  if (!group) return;
  await reverse(tx, filmId, now, byProvider, { groupId: group.id, bookedOn: today });
  await accrueShares(tx, filmId, now, byProvider, [soldOf(order, today)]);
}

/** A refund came to nothing: the gift that it was of is in the fund again. */
export async function giftStays(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, ofGift: amount }: Pick<Refund, 'orderId' | 'ofGift'>,
): Promise<void> {
  if (amount > 0) await returnGift(tx, filmId, now, { orderId, amount });
}

/** Tells the team that a refund failed, and why. */
export async function toldFailed(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { code }: Order,
  failure: string,
): Promise<void> {
  const entry = { action: 'payments.refund_failed', subject: sayOrderCode(code), details: { failure } };
  await recordAudit(tx, filmId, now, byProvider, entry);
}

type Change = Partial<
  Pick<Refund, 'state' | 'failure' | 'providerRef' | 'attempt' | 'settledAt'> & {
    lookAt: Temporal.Instant | null;
  }
>;

/** Writes what became of a refund. */
export async function change(tx: Tx, filmId: string, id: string, to: Change): Promise<void> {
  await tx.updateTable('refund').set(to).where('filmId', '=', filmId).where('id', '=', id).execute();
}
