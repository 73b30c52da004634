import {
  accountsToAsk,
  chargeById,
  chargeNamed,
  chargesToLookAt,
  disputedToLookAt,
  lookAtRefundAgain,
  type Refund,
  refundsSeen,
  refundsToLookAt,
  settleDisputes,
  settleRefunds,
} from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { driverOf, stripeOf, type Till } from './drivers.ts';
import { lookAgain } from './look-again.ts';
import { sendRefund } from './send-refund.ts';

/** As many as one turn asks about; what is left is the next turn's, a minute later. */
const perTurnMax = 200;
/** Refunds may be written a little earlier than they can be listed. */
const overlapMinutes = 60;
const elsewhereEveryMinutes = 10;

/**
 * Asks the provider about everything that is not settled: open pages, waiting banks, unknown fees, refunds under way,
 * those that were made at the provider's own desk, and disputes. With every event lost, everything is fulfilled all the
 * same.
 */
export async function reconcile(till: Till, filmId: string): Promise<void> {
  const { db, clock } = till;
  const now = clock();
  const charges = await inFilm(db, filmId, (tx) => chargesToLookAt(tx, filmId, now, perTurnMax));
  for (const { id } of charges) await apart(till, filmId, () => lookAgain(till, filmId, id));
  const refunds = await inFilm(db, filmId, (tx) => refundsToLookAt(tx, filmId, now, perTurnMax));
  for (const refund of refunds) await apart(till, filmId, () => lookAtRefund(till, filmId, refund));
  const disputed = await inFilm(db, filmId, (tx) => disputedToLookAt(tx, filmId, now, perTurnMax));
  for (const id of disputed) await apart(till, filmId, () => lookAtDisputesOf(till, filmId, id));
  for (const account of await inFilm(db, filmId, (tx) => accountsToAsk(tx, filmId)))
    await apart(till, filmId, () => lookElsewhere(till, filmId, account));
}

/** One payment's trouble keeps no other waiting; it comes again. */
async function apart(till: Till, filmId: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    till.log.error({ film: filmId, error }, 'a payment could not be reconciled');
  }
}

async function lookAtRefund(till: Till, filmId: string, refund: Refund): Promise<void> {
  const { db, clock } = till;
  const later = clock().add({ minutes: 15 });
  await inFilm(db, filmId, (tx) => lookAtRefundAgain(tx, filmId, refund.id, later));
  if (refund.state === 'asked') return await sendRefund(till, filmId, refund.id);
  await lookAtRefundsOf(till, filmId, refund.chargeId);
}

/** Asks which refunds a payment has, and settles them. @returns whether the provider answered */
export async function lookAtRefundsOf(till: Till, filmId: string, chargeId: string): Promise<boolean> {
  const { db, clock } = till;
  const paid = await paidCharge(till, filmId, chargeId);
  if (paid === null) return true;
  const seen = await paid.driver.refundsOf(paid.paymentRef);
  if (seen.kind !== 'refunds') return false;
  await inFilm(db, filmId, (tx) => settleRefunds(tx, filmId, clock(), chargeId, seen.refunds));
  return true;
}

/** Asks which disputes a payment has, and settles them. */
async function lookAtDisputesOf(till: Till, filmId: string, chargeId: string): Promise<void> {
  const { db, clock } = till;
  const paid = await paidCharge(till, filmId, chargeId);
  const askedAt = clock();
  const seen = paid && (await paid.driver.disputesOf(paid.paymentRef));
  if (seen?.kind !== 'disputes') return;
  const said = { askedAt, disputes: seen.disputes };
  await inFilm(db, filmId, (tx) => settleDisputes(tx, filmId, clock(), chargeId, said));
}

/** A payment whose money is there, with whom to ask about it: what was given or taken back was paid first. */
async function paidCharge(till: Till, filmId: string, chargeId: string) {
  const find = () => inFilm(till.db, filmId, (tx) => chargeById(tx, filmId, chargeId));
  const before = await find();
  if (before && before.succeededAt === null) await lookAgain(till, filmId, chargeId);
  const charge = await find();
  const driver = charge && (await driverOf(till, filmId, charge));
  return driver && charge.paymentRef !== null ? { driver, paymentRef: charge.paymentRef } : null;
}

/** Refunds that somebody made at the provider's own desk, and disputes, since we asked last. */
async function lookElsewhere(
  till: Till,
  filmId: string,
  { id: accountId, refundsSeenAt }: Awaited<ReturnType<typeof accountsToAsk>>[number],
): Promise<void> {
  const { db, clock } = till;
  const now = clock();
  if (now.since(refundsSeenAt).total('minutes') < elsewhereEveryMinutes) return;
  const driver = await stripeOf(till, filmId, accountId);
  const since = refundsSeenAt.subtract({ minutes: overlapMinutes });
  const [refunds, disputes] = [await driver.refundsSince(since), await driver.disputesSince(since)];
  if (refunds.kind !== 'refunds' || disputes.kind !== 'disputes') return;
  const each = async (
    seen: readonly { readonly paymentRef: string | null }[],
    work: (till: Till, filmId: string, chargeId: string) => Promise<unknown>,
  ) => {
    for (const paymentRef of new Set(seen.flatMap((one) => one.paymentRef ?? []))) {
      const named = { pageRef: null, paymentRef, chargeId: null };
      const charge = await inFilm(db, filmId, (tx) => chargeNamed(tx, filmId, accountId, named));
      if (charge) await work(till, filmId, charge.id);
    }
  };
  await each(refunds.refunds, lookAtRefundsOf);
  await each(disputes.disputes, lookAtDisputesOf);
  await inFilm(db, filmId, (tx) => refundsSeen(tx, filmId, accountId, now));
}
