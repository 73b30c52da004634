import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import type { SeenDispute } from '../../../platform/payments/driver.ts';
import { filmMoney } from '../../film/index.ts';
import { groupsAbout, type LedgerGroup, post, reverse } from '../../ledger/index.ts';
import { type Order, sayOrderCode } from '../order.ts';
import { byProvider } from './charge-postings.ts';

type Moved = Pick<SeenDispute, 'ref' | 'state' | 'moves' | 'amount' | 'currency'>;

/**
 * Posts what a dispute moved, each movement once, and what is lost with it.
 * @returns whether the books say of a closed one what they will always say
 */
export async function bookDispute(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
  seen: Moved,
): Promise<boolean> {
  const { today: bookedOn } = await filmMoney(tx, filmId, now);
  const fact = { subjectId: order.id, memo: sayOrderCode(order.code), bookedOn };
  const standing = await groupsAbout(tx, filmId, order.id);
  const keys = new Set(standing.map(({ key }) => key));
  for (const { ref, amount, fee, currency } of seen.moves) {
    const key = `dispute:${ref}`;
    const lines = [
      { account: 'disputed', amount: -amount, currency },
      { account: 'expense.fees', amount: fee, currency },
      { account: 'processor', amount: amount - fee, currency },
    ].filter((line) => line.amount !== 0);
    if (!keys.has(key) && lines.length > 1)
      await post(tx, filmId, now, byProvider, { ...fact, kind: 'dispute', key, lines });
  }
  const withheld = withheldIn(seen);
  await bookLoss(tx, filmId, now, { fact, seen, withheld }, standing);
  // The provider may write its movements, or some of them, after its verdict.
  if (seen.state !== 'lost') return withheld.every(([, sum]) => sum === 0);
  const [, inItsOwn] = withheld.find(([currency]) => currency === seen.currency) ?? [];
  return withheld.length > 0 && (inItsOwn ?? seen.amount) >= seen.amount;
}

type Sums = readonly (readonly [currency: string, amount: number])[];

/** What its movements took and did not bring back, by currency. */
function withheldIn({ moves }: Moved): Sums {
  const sums = new Map<string, number>();
  for (const { amount, currency } of moves) sums.set(currency, (sums.get(currency) ?? 0) - amount);
  return [...sums];
}

type Loss = {
  readonly fact: { readonly subjectId: string; readonly memo: string; readonly bookedOn: Temporal.PlainDate };
  readonly seen: Moved;
  readonly withheld: Sums;
};

/**
 * What a lost dispute withheld is a cost, one that is won after all is none, and one that is lost again is a cost
 * again: each time what is not a cost yet is booked, under a key that is counted on.
 */
async function bookLoss(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { fact, seen, withheld }: Loss,
  standing: readonly LedgerGroup[],
): Promise<void> {
  const key = `dispute-lost:${seen.ref}`;
  const ever = standing.filter((group) => group.key === key || group.key.startsWith(`${key}:`));
  const booked = ever.filter(({ reversedById }) => reversedById === null);
  if (seen.state !== 'lost') {
    for (const { id: groupId } of booked)
      await reverse(tx, filmId, now, byProvider, { groupId, bookedOn: fact.bookedOn });
    return;
  }
  const costs = booked.flatMap(({ lines }) => lines.filter(({ account }) => account === 'expense.disputes'));
  const lines = withheld.flatMap(([currency, sum]) => {
    const known = costs.filter((cost) => cost.currency === currency);
    const amount = known.reduce((left, cost) => left - cost.amount, sum);
    const pair = [
      { account: 'expense.disputes', amount, currency },
      { account: 'disputed', amount: -amount, currency },
    ];
    return amount === 0 ? [] : pair;
  });
  if (lines.length === 0) return;
  const counted = ever.length === 0 ? key : `${key}:${ever.length + 1}`;
  await post(tx, filmId, now, byProvider, { ...fact, key: counted, kind: 'dispute-lost', lines });
}
