import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { addJob } from '../../../platform/jobs/queue.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { takeBackGift } from '../../fund/index.ts';
import { sayOrderCode } from '../order.ts';
import { sayAmount } from './charge-postings.ts';
import { sendRefundJob } from './refunds.ts';
import { change, giftStays, lockedRefund, succeed, toldFailed } from './settle-refund.ts';

/** Notes that the provider will not make a refund, and why. The team sees it, and may ask again. */
export async function failRefund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  refundId: string,
  failure: string,
): Promise<void> {
  const { order, refund } = await lockedRefund(tx, filmId, refundId);
  if (refund.state !== 'asked') return;
  await change(tx, filmId, refund.id, { state: 'failed', failure, settledAt: now, lookAt: null });
  await giftStays(tx, filmId, now, refund);
  await toldFailed(tx, filmId, now, order, failure);
}

/**
 * Notes that money went back by hand: out of the cash box, by the bank, or as less on an invoice that is still owed.
 * @throws {Refusal} no_such_refund · not_by_hand
 */
export async function settleOwnRefund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  refundId: string,
): Promise<void> {
  const found = await lockedRefund(tx, filmId, refundId);
  if (found.charge.provider !== 'offline') throw new Refusal('not_by_hand');
  if (found.refund.state === 'succeeded') return;
  await succeed(tx, filmId, now, by, found);
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.refund_by_hand', subject: sayOrderCode(found.order.code) },
    details: { amount: sayAmount(found.refund.amount, found.refund.currency) },
  });
}

/**
 * Asks the provider again for a refund that failed, once what kept it is mended.
 * @throws {Refusal} no_such_refund · not_failed · gift_spent · more_than_left, when the money went back another way meanwhile
 */
export async function retryRefund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  refundId: string,
): Promise<void> {
  const { order, charge, refund } = await lockedRefund(tx, filmId, refundId);
  if (refund.state !== 'failed') throw new Refusal('not_failed');
  if (refund.amount > charge.captured - charge.refunded - charge.disputed)
    throw new Refusal('more_than_left');
  if (refund.ofGift > 0) await takeBackGift(tx, filmId, now, { orderId: order.id, amount: refund.ofGift });
  const attempt = refund.attempt + 1;
  await change(tx, filmId, refund.id, {
    ...{ state: 'asked', failure: null, providerRef: null, attempt, settledAt: null },
    lookAt: now.add({ minutes: 5 }),
  });
  await addJob(tx, sendRefundJob, { filmId, refundId }, { key: `refund:${refundId}` });
  await recordAudit(tx, filmId, now, by, {
    action: 'boxoffice.retry_refund',
    subject: sayOrderCode(order.code),
  });
}
