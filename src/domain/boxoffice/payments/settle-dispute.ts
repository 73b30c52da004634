import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { SeenDispute } from '../../../platform/payments/driver.ts';
import { newId } from '../../../platform/secrets.ts';
import { filmMoney } from '../../film/index.ts';
import { accrueShares, groupsAbout, type LedgerGroup, post, reverse } from '../../ledger/index.ts';
import { type Order, sayOrderCode } from '../order.ts';
import { soldOf } from '../order-postings.ts';
import { byProvider, sayAmount } from './charge-postings.ts';
import { type Dispute, disputesOf, isOpenDispute, withheldBy } from './disputes.ts';
import { lockedCharge } from './settle-charge.ts';
import './tables.ts';

/** How soon the reconciler asks again about one that is open, and about one whose money is not where it will be. */
const lookHours = 6;

/**
 * Takes what a provider says of a payment's disputes. What the bank took stands in the books as withheld, with what the
 * provider keeps for it, by the provider's own movements, each once; it comes back when the dispute is won, and is a
 * cost when it is lost. Tickets stay as they are: whether somebody still comes is the team's to decide.
 */
export async function settleDisputes(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  chargeId: string,
  seen: readonly SeenDispute[],
): Promise<void> {
  if (seen.length === 0) return;
  const { order, charge } = await lockedCharge(tx, filmId, chargeId);
  // What was taken back was paid: that is settled first.
  if (charge.captured === 0) return;
  for (const each of seen) await keepDispute(tx, filmId, now, { order, chargeId }, each);
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

type Disputed = { readonly order: Order; readonly chargeId: string };

async function keepDispute(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { order, chargeId }: Disputed,
  seen: SeenDispute,
): Promise<void> {
  const { ref: providerRef, state, amount, currency, reason, openedAt, dueAt } = seen;
  const before = (await disputesOf(tx, filmId, order.id)).find((each) => each.providerRef === providerRef);
  const isOpen = state === 'inquiry' || state === 'needs-response' || state === 'under-review';
  const settledAt = isOpen ? null : (before?.settledAt ?? now);
  await tx
    .insertInto('dispute')
    .values({
      ...{ filmId, id: newId(), orderId: order.id, chargeId, providerRef, amount, currency, reason, state },
      ...{ openedAt, dueAt, settledAt, lookAt: now.add({ hours: lookHours }) },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['filmId', 'chargeId', 'providerRef'])
        .doUpdateSet({ amount, reason, state, dueAt, settledAt, lookAt: now.add({ hours: lookHours }) }),
    )
    .execute();
  const isBooked = await bookDispute(tx, filmId, now, order, seen);
  if (!isOpen && isBooked) await askNoMore(tx, filmId, chargeId, providerRef);
  await tell(tx, filmId, now, order, { before, seen });
}

async function askNoMore(tx: Tx, filmId: string, chargeId: string, providerRef: string): Promise<void> {
  await tx
    .updateTable('dispute')
    .set({ lookAt: null })
    .where('filmId', '=', filmId)
    .where('chargeId', '=', chargeId)
    .where('providerRef', '=', providerRef)
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
  const isOver = state === 'won' || state === 'lost' || state === 'dropped';
  if (!before) {
    const details = { amount: sayAmount(amount, currency), reason: reason.replaceAll('_', ' ') };
    await recordAudit(tx, filmId, now, byProvider, { action: 'payments.dispute', subject, details });
  }
  if (isOver && (!before || isOpenDispute(before)))
    await recordAudit(tx, filmId, now, byProvider, {
      ...{ action: `payments.dispute_${state}`, subject },
    });
}

/**
 * Posts what a dispute moved, each movement once, and what is lost with it.
 * @returns whether the books say of a closed one what they will always say
 */
async function bookDispute(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  { ref, state, moves }: SeenDispute,
): Promise<boolean> {
  const { today: bookedOn } = await filmMoney(tx, filmId, now);
  const fact = { subjectId: order.id, memo: sayOrderCode(order.code), bookedOn, kind: 'dispute' };
  const standing = new Map((await groupsAbout(tx, filmId, order.id)).map((group) => [group.key, group]));
  for (const move of moves) {
    const key = `dispute:${move.ref}`;
    const { amount, fee, currency } = move;
    const lines = [
      { account: 'disputed', amount: -amount, currency },
      { account: 'expense.fees', amount: fee, currency },
      { account: 'processor', amount: amount - fee, currency },
    ].filter((line) => line.amount !== 0);
    if (!standing.has(key) && lines.length > 1)
      await post(tx, filmId, now, byProvider, { ...fact, key, lines });
  }
  return await bookLoss(tx, filmId, now, { fact, ref, state, moves }, standing);
}

type Fact = {
  readonly subjectId: string;
  readonly memo: string;
  readonly bookedOn: Temporal.PlainDate;
  readonly kind: string;
};

/** What a lost dispute withheld is a cost; one that is won after all is none. */
async function bookLoss(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { fact, ref, state, moves }: Pick<SeenDispute, 'ref' | 'state' | 'moves'> & { readonly fact: Fact },
  standing: ReadonlyMap<string, LedgerGroup>,
): Promise<boolean> {
  const key = `dispute-lost:${ref}`;
  const group = standing.get(key);
  const sums = new Map<string, number>();
  for (const { amount, currency } of moves) sums.set(currency, (sums.get(currency) ?? 0) - amount);
  const withheld = [...sums].filter(([, sum]) => sum !== 0);
  if (state === 'lost' && !group && withheld.length > 0) {
    const lines = withheld.flatMap(([currency, amount]) => [
      { account: 'expense.disputes', amount, currency },
      { account: 'disputed', amount: -amount, currency },
    ]);
    await post(tx, filmId, now, byProvider, { ...fact, key, kind: 'dispute-lost', lines });
    return true;
  }
  if (state !== 'lost' && group)
    await reverse(tx, filmId, now, byProvider, { groupId: group.id, bookedOn: fact.bookedOn });
  // The provider may write its movements after its verdict.
  return state === 'lost' ? group !== undefined : withheld.length === 0;
}
