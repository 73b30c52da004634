import { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { SeenDispute } from '../../../platform/payments/driver.ts';
import { newId } from '../../../platform/secrets.ts';
import { filmMoney } from '../../film/index.ts';
import { accrueShares } from '../../ledger/index.ts';
import { type Order, sayOrderCode } from '../order.ts';
import { soldOf } from '../order-postings.ts';
import { bookDispute } from './book-dispute.ts';
import { byProvider, sayAmount } from './charge-postings.ts';
import { type Dispute, disputesOf, withheldBy } from './disputes.ts';
import { lockedCharge } from './settle-charge.ts';
import './tables.ts';

/**
 * How soon the reconciler asks again about one that is open, about one whose money is not where it will be, and once
 * more about a verdict.
 */
const lookHours = 6;

/** What a provider answered, and when it was asked: two answers may overtake each other on the way. */
export type DisputesSaid = { readonly askedAt: Temporal.Instant; readonly disputes: readonly SeenDispute[] };

/**
 * Takes what a provider says of a payment's disputes. What the bank took stands in the books as withheld, with what the
 * provider keeps for it, by the provider's own movements, each once; it comes back when the dispute is won, and is a
 * cost when it is lost. A verdict is undone by nothing that was asked before it was settled here. Tickets stay as they
 * are: whether somebody still comes is the team's to decide.
 */
export async function settleDisputes(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  chargeId: string,
  { askedAt, disputes: seen }: DisputesSaid,
): Promise<void> {
  if (seen.length === 0) return;
  const { order, charge } = await lockedCharge(tx, filmId, chargeId);
  // What was taken back was paid: that is settled first.
  if (charge.captured === 0) return;
  for (const each of seen) await keepDispute(tx, filmId, now, { order, chargeId, askedAt }, each);
  const all = (await disputesOf(tx, filmId, order.id)).filter((each) => each.chargeId === chargeId);
  const disputed = all.reduce((sum, dispute) => sum + withheldBy(dispute), 0);
  await tx
    .updateTable('charge')
    .set({ disputed })
    .where('filmId', '=', filmId)
    .where('id', '=', chargeId)
    .execute();
  const { today } = await filmMoney(tx, filmId, now);
  await accrueShares(tx, filmId, now, byProvider, [soldOf(order, today)]);
}

type Disputed = { readonly order: Order; readonly chargeId: string; readonly askedAt: Temporal.Instant };

async function keepDispute(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, chargeId, askedAt }: Disputed,
  seen: SeenDispute,
): Promise<void> {
  const { ref: providerRef, state, amount, currency, reason, openedAt, dueAt } = seen;
  const before = (await disputesOf(tx, filmId, order.id)).find((each) => each.providerRef === providerRef);
  // Older than the verdict, or asked at the same time: which of the two, a question that is asked now tells.
  if (before && isBeforeVerdict(before, askedAt)) return await lookAt(tx, filmId, before.id, now);
  const settledAt = verdictAt(before, state, now);
  const id = before?.id ?? newId();
  const soon = now.add({ hours: lookHours });
  await tx
    .insertInto('dispute')
    .values({
      ...{ filmId, id, orderId: order.id, chargeId, providerRef, amount, currency, reason, state },
      ...{ openedAt, dueAt, settledAt, lookAt: soon },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['filmId', 'chargeId', 'providerRef'])
        .doUpdateSet({ amount, reason, state, dueAt, settledAt, lookAt: soon }),
    )
    .execute();
  const isBooked = await bookDispute(tx, filmId, now, order, seen);
  // A verdict that is said twice will not be another.
  if (settledAt !== null && before?.state === state && isBooked) await lookAt(tx, filmId, id, null);
  await tell(tx, filmId, now, order, { before, seen });
}

function isBeforeVerdict({ settledAt }: Dispute, askedAt: Temporal.Instant): boolean {
  return settledAt !== null && Temporal.Instant.compare(askedAt, settledAt) < 0;
}

const verdicts: ReadonlySet<SeenDispute['state']> = new Set(['won', 'lost', 'dropped']);

/** Since when it is decided as it now is; null: it is open. */
function verdictAt(
  before: Dispute | undefined,
  state: SeenDispute['state'],
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (!verdicts.has(state)) return null;
  return before?.state === state ? before.settledAt : now;
}

async function lookAt(tx: Tx, filmId: string, id: string, at: Temporal.Instant | null): Promise<void> {
  await tx
    .updateTable('dispute')
    .set({ lookAt: at })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .execute();
}

/** Writes down that a dispute came, and how it ended. */
async function tell(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { code }: Order,
  { before, seen }: { readonly before: Dispute | undefined; readonly seen: SeenDispute },
): Promise<void> {
  const { state, reason, amount, currency } = seen;
  const subject = sayOrderCode(code);
  if (!before) {
    const details = { amount: sayAmount(amount, currency), reason: reason.replaceAll('_', ' ') };
    await recordAudit(tx, filmId, now, byProvider, { action: 'payments.dispute', subject, details });
  }
  if (verdicts.has(state) && before?.state !== state)
    await recordAudit(tx, filmId, now, byProvider, {
      ...{ action: `payments.dispute_${state}`, subject },
    });
}
