import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { addJob } from '../../../platform/jobs/queue.ts';
import type { SeenPayment } from '../../../platform/payments/driver.ts';
import { filmMoney } from '../../film/index.ts';
import { screeningById, shownState } from '../../screenings/index.ts';
import { boxOfficeOf } from '../box-office.ts';
import { confirmOrders } from '../confirm-orders.ts';
import { lockOrders, type Order, orderState, sayOrderCode } from '../order.ts';
import { byProvider, postFee, postSurplus } from './charge-postings.ts';
import { type Charge, chargeById } from './charges.ts';
import { askRefund } from './refunds.ts';
import { retakePlaces } from './retake-places.ts';
import { holdUntil, saidGuests } from './start-charge.ts';
import type { ChargeProblem } from './tables.ts';

/** Tells a buyer that their money came when the places were gone, and goes back: a job's name. */
export const placesGoneLetter = 'send-places-gone';

export type Settled =
  /** The order stands on this payment. `isRepeat`: it did before. */
  | { readonly kind: 'fulfilled'; readonly isRepeat: boolean }
  /** It came too late, or twice: it goes back. */
  | { readonly kind: 'given back' }
  /** It is not paid yet, a bank takes its time, or nobody can pay it any more. */
  | { readonly kind: 'open' | 'pending' | 'gone' }
  /** It does not agree with what was asked for; nothing follows until somebody of the team looks. */
  | { readonly kind: 'in doubt'; readonly problem: ChargeProblem };

/** A bank may take this long; the places are kept meanwhile, at the longest until the screening begins. */
const pendingDays = 7;

/**
 * Takes what a provider says of a payment, whoever asked it first: its event, the buyer who came back, the reconciler.
 * The order is confirmed once, the fee is posted once, and money that came too late or twice is asked back once; said
 * again, nothing happens.
 */
export async function settleCharge(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  chargeId: string,
  seen: SeenPayment,
): Promise<Settled> {
  const { order, charge } = await lockedCharge(tx, filmId, chargeId);
  const problem = whyInDoubt(charge, seen);
  if (problem !== null) return await doubt(tx, filmId, now, charge, order, problem);
  await keepNames(tx, filmId, charge, seen);
  if (seen.state === 'paid') return await settlePaid(tx, filmId, now, { order, charge }, seen);
  if (charge.succeededAt !== null) return settledBefore(charge);
  if (seen.state === 'gone') await letGo(tx, filmId, now, order, charge);
  else if (seen.state === 'pending') await waitForBank(tx, filmId, now, order, charge);
  else await lookAt(tx, filmId, charge.id, nextLook(charge, now));
  return { kind: seen.state };
}

/** Its order is locked first, as everywhere; the payment then stands still too. */
export async function lockedCharge(
  tx: Tx,
  filmId: string,
  chargeId: string,
): Promise<{ readonly order: Order; readonly charge: Charge }> {
  const found = await chargeById(tx, filmId, chargeId);
  const orders = found ? await lockOrders(tx, filmId, [found.orderId]) : null;
  // Read again: it may have been settled while its order was waited for.
  const charge = await chargeById(tx, filmId, chargeId);
  const order = charge && orders?.get(charge.orderId);
  if (!charge || !order) throw new Error('a payment that is not there');
  return { order, charge };
}

/** Money that is not what was asked for pays nothing. */
function whyInDoubt(charge: Charge, seen: SeenPayment): ChargeProblem | null {
  if (seen.orderId !== charge.orderId) return 'order';
  if (seen.currency !== charge.currency) return 'currency';
  if (seen.amount !== charge.amount) return 'amount';
  return charge.providerRef !== null && charge.providerRef !== seen.ref ? 'order' : null;
}

async function doubt(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  charge: Charge,
  { code }: Order,
  problem: ChargeProblem,
): Promise<Settled> {
  await tx
    .updateTable('charge')
    .set({ problem, lookAt: null })
    .where('filmId', '=', filmId)
    .where('id', '=', charge.id)
    .execute();
  if (charge.problem === null)
    await recordAudit(tx, filmId, now, byProvider, {
      ...{ action: 'payments.doubt', subject: sayOrderCode(code), details: { problem } },
    });
  return { kind: 'in doubt', problem };
}

async function keepNames(
  tx: Tx,
  filmId: string,
  { id, providerRef, paymentRef, cardBrand, cardEnd }: Charge,
  seen: SeenPayment,
): Promise<void> {
  const card = seen.card ?? { brand: cardBrand, end: cardEnd };
  const isNamed = providerRef !== null && (seen.paymentRef === null || seen.paymentRef === paymentRef);
  if (isNamed && card.end === cardEnd && card.brand === cardBrand) return;
  await tx
    .updateTable('charge')
    .set({
      ...{ providerRef: seen.ref, paymentRef: seen.paymentRef ?? paymentRef },
      ...{ cardBrand: card.brand, cardEnd: card.end },
    })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .execute();
}

type Pair = { readonly order: Order; readonly charge: Charge };

async function settlePaid(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, charge }: Pair,
  seen: SeenPayment,
): Promise<Settled> {
  if (charge.succeededAt !== null) {
    await keepFee(tx, filmId, now, { order, charge }, seen);
    return settledBefore(charge);
  }
  const fulfils = await fulfil(tx, filmId, now, order, charge);
  await tx
    .updateTable('charge')
    .set({ succeededAt: now, goneAt: null, captured: charge.amount, fulfils: fulfils === true })
    .where('filmId', '=', filmId)
    .where('id', '=', charge.id)
    .execute();
  if (fulfils !== true) await giveBack(tx, filmId, now, { order, charge }, fulfils);
  await keepFee(tx, filmId, now, { order, charge }, seen);
  if (fulfils === true) return { kind: 'fulfilled', isRepeat: false };
  return { kind: 'given back' };
}

const settledBefore = ({ fulfils }: Charge): Settled =>
  fulfils ? { kind: 'fulfilled', isRepeat: true } : { kind: 'given back' };

/** Whether the order is confirmed by this payment; otherwise why the money goes back. */
async function fulfil(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  { method, amount, currency }: Charge,
): Promise<true | 'paid-twice' | 'places-gone' | 'screening'> {
  if (order.confirmedAt !== null) return 'paid-twice';
  // What was paid for is not what the order says any more: somebody chose again once its time was over.
  if (order.total !== amount || order.currency !== currency) return 'places-gone';
  const screening = await screeningById(tx, filmId, order.screeningId);
  if (!screening || shownState(screening, now) === 'cancelled') return 'screening';
  const isHeld = orderState(order, now) === 'open';
  if (!isHeld && !(await retakePlaces(tx, filmId, now, order))) return 'places-gone';
  const { today } = await filmMoney(tx, filmId, now);
  const guestNames = await saidGuests(tx, filmId, order.id);
  // The order carries who bought since paying began; the words here stand in for nobody.
  const buyer = order.buyer ?? { name: '—', address: null };
  const confirmations = [{ orderId: order.id, method, buyer, guestNames }];
  const [answer] = await confirmOrders(tx, filmId, now, byProvider, { bookedOn: today, confirmations });
  if (answer?.kind === 'confirmed') return true;
  // The places ran out between the lock of the order and the hold's own: they are another's by now.
  if (isHeld && answer?.refusal.code === 'lapsed' && (await retakePlaces(tx, filmId, now, order))) {
    const [again] = await confirmOrders(tx, filmId, now, byProvider, { bookedOn: today, confirmations });
    if (again?.kind === 'confirmed') return true;
  }
  return 'places-gone';
}

async function giveBack(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, charge }: Pair,
  reason: 'paid-twice' | 'places-gone' | 'screening',
): Promise<void> {
  await postSurplus(tx, filmId, now, order, charge);
  const { id: chargeId, amount, currency, orderId } = charge;
  await askRefund(tx, filmId, now, byProvider, {
    ...{ orderId, chargeId, amount, ofGift: 0, currency, reason, tickets: [] },
  });
  await recordAudit(tx, filmId, now, byProvider, {
    ...{ action: 'payments.give_back', subject: sayOrderCode(order.code), details: { reason } },
  });
  if (reason !== 'paid-twice')
    await addJob(tx, placesGoneLetter, { filmId, chargeId }, { key: `places-gone:${chargeId}` });
}

/** Posts what the provider kept, once it knows; until then somebody asks again. */
async function keepFee(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, charge }: Pair,
  { fee }: SeenPayment,
): Promise<void> {
  if (charge.fee !== null) return;
  if (fee === null) return await lookAt(tx, filmId, charge.id, feeLook(charge, now));
  await postFee(tx, filmId, now, order, { chargeId: charge.id, ...fee });
  await tx
    .updateTable('charge')
    .set({ fee: fee.amount, feeCurrency: fee.currency, lookAt: null })
    .where('filmId', '=', filmId)
    .where('id', '=', charge.id)
    .execute();
}

/** A provider that still names no fee after this many days names none at all. */
const feeDays = 14;

function feeLook({ startedAt }: Charge, now: Temporal.Instant): Temporal.Instant | null {
  const age = now.since(startedAt).total('hours');
  if (age > feeDays * 24) return null;
  return now.add({ minutes: age < 1 ? 2 : 60 });
}

async function letGo(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  charge: Charge,
): Promise<void> {
  if (charge.goneAt !== null) return;
  await tx
    .updateTable('charge')
    .set({ goneAt: now, lookAt: null })
    .where('filmId', '=', filmId)
    .where('id', '=', charge.id)
    .execute();
  if (charge.pendingAt === null || orderState(order, now) !== 'open') return;
  // The bank said no after days: the buyer may try again for as long as anybody may, and no longer.
  const { holdMinutes } = await boxOfficeOf(tx, filmId);
  await holdUntil(tx, filmId, now, order.id, now.add({ minutes: holdMinutes }));
}

async function waitForBank(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  charge: Charge,
): Promise<void> {
  await lookAt(tx, filmId, charge.id, now.add({ minutes: 30 }));
  if (charge.pendingAt !== null) return;
  await tx
    .updateTable('charge')
    .set({ pendingAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', charge.id)
    .execute();
  const screening = await screeningById(tx, filmId, order.screeningId);
  const latest = now.add({ hours: pendingDays * 24 });
  const begins = screening?.startsAt ?? latest;
  const until = begins.epochMilliseconds < latest.epochMilliseconds ? begins : latest;
  const isLonger = until.epochMilliseconds > order.lapsesAt.epochMilliseconds;
  if (isLonger && orderState(order, now) === 'open') await holdUntil(tx, filmId, now, order.id, until);
}

/** Open pages are asked about every few minutes, and once more when they are over. */
function nextLook({ pageUntil }: Charge, now: Temporal.Instant): Temporal.Instant {
  const soon = now.add({ minutes: 3 });
  const isOver = pageUntil !== null && pageUntil.epochMilliseconds <= now.epochMilliseconds;
  return isOver ? now.add({ minutes: 1 }) : soon;
}

async function lookAt(tx: Tx, filmId: string, chargeId: string, at: Temporal.Instant | null): Promise<void> {
  await tx
    .updateTable('charge')
    .set({ lookAt: at })
    .where('filmId', '=', filmId)
    .where('id', '=', chargeId)
    .execute();
}
