import {
  chargeById,
  failRefund,
  lookAtRefundAgain,
  refundById,
  settleRefunds,
  tryName,
} from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { driverOf, type Till } from './drivers.ts';

/**
 * Asks the provider for a refund, and settles what it says. Whether it was asked before is asked first: whoever died
 * between the provider's answer and ours left a refund behind that is ours already, however long ago.
 * @throws where the provider cannot be reached: the job is tried again
 */
export async function sendRefund(till: Till, filmId: string, refundId: string): Promise<void> {
  const { db, clock } = till;
  const found = await inFilm(db, filmId, async (tx) => {
    const refund = await refundById(tx, filmId, refundId);
    const charge = refund && (await chargeById(tx, filmId, refund.chargeId));
    return refund && charge ? { refund, charge } : null;
  });
  if (found?.refund.state !== 'asked') return;
  const { refund, charge } = found;
  const driver = await driverOf(till, filmId, charge);
  // Money that came by hand goes back by hand: the team does it, and says so.
  if (!driver || charge.paymentRef === null)
    return await inFilm(db, filmId, (tx) => lookAtRefundAgain(tx, filmId, refundId, null));
  const { paymentRef } = charge;
  const before = await driver.refundsOf(paymentRef);
  if (before.kind !== 'refunds' && before.kind !== 'refused') throw new Error(`refunds: ${before.kind}`);
  const seen = before.kind === 'refunds' ? before.refunds : [];
  await inFilm(db, filmId, (tx) => settleRefunds(tx, filmId, clock(), charge.id, seen));
  const now = await inFilm(db, filmId, (tx) => refundById(tx, filmId, refundId));
  if (now?.state !== 'asked' || now.providerRef !== null) return;
  const { amount, currency } = refund;
  const name = tryName(refund);
  const asked = { key: `refund:${name}`, refundId: name, paymentRef, amount, currency };
  const result = await driver.refund(asked);
  if (result.kind === 'refund')
    return await inFilm(db, filmId, (tx) => settleRefunds(tx, filmId, clock(), charge.id, [result.refund]));
  if (result.kind === 'unreachable' || result.kind === 'busy') throw new Error(`a refund: ${result.kind}`);
  const failure = result.kind === 'refused' ? result.code : result.kind;
  await inFilm(db, filmId, (tx) => failRefund(tx, filmId, clock(), refundId, failure));
}
