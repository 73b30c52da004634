import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import type { GiftLeft } from './rules.ts';
import './tables.ts';

/** Offers what is free to those who wait, and drops the pages that show the fund: a job's name. */
export const fundChangedJob = 'fund-changed';

const changeSeconds = 5;

/** Says that the fund is another: at most every few seconds something comes of it, however many give at once. */
export async function fundChanged(tx: Tx, filmId: string, now: Temporal.Instant): Promise<void> {
  const runAt = now.add({ seconds: changeSeconds });
  await addJob(tx, fundChangedJob, { filmId }, { key: `${fundChangedJob}:${filmId}`, runAt });
}

/** Opens the fund in these currencies; a fund that is open stays as it is. */
export async function openFunds(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  currencies: readonly string[],
): Promise<void> {
  const rows = [...new Set(currencies)].sort().map((currency) => ({ filmId, currency, openedAt: now }));
  if (rows.length === 0) return;
  await tx
    .insertInto('fund')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['filmId', 'currency']).doNothing())
    .execute();
}

/**
 * Locks the fund in these currencies, in their order, and gives back what grants had set aside that lapsed. Whoever
 * takes from the fund or gives a grant back holds this; before any capacity: see docs/locking.md.
 */
export async function lockFund(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  currencies: readonly string[],
): Promise<void> {
  const wanted = [...new Set(currencies)].sort();
  if (wanted.length === 0) return;
  await openFunds(tx, filmId, now, wanted);
  await tx
    .selectFrom('fund')
    .select('currency')
    .where('filmId', '=', filmId)
    .where('currency', 'in', wanted)
    .orderBy('currency')
    .forNoKeyUpdate()
    .execute();
  const lapsed = await tx
    .selectFrom('grant')
    .select('id')
    .where('filmId', '=', filmId)
    .where('currency', 'in', wanted)
    .where('expiresAt', '<=', now)
    // Who keeps one at this moment decides first.
    .forUpdate()
    .execute();
  await dropGrantRows(
    tx,
    filmId,
    lapsed.map(({ id }) => id),
  );
  await tx
    .deleteFrom('grantWait')
    .where('filmId', '=', filmId)
    .where((it) => it.or([it('waitsUntil', '<=', now), it('offeredUntil', '<=', now)]))
    .execute();
}

/** Grants that were never given, gone with their legs; the gifts that paid them have it again. */
export async function dropGrantRows(tx: Tx, filmId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom('grantLeg').where('filmId', '=', filmId).where('grantId', 'in', ids).execute();
  await tx.deleteFrom('grant').where('filmId', '=', filmId).where('id', 'in', ids).execute();
}

/** Gifts with anything left, the first given first, until they come to an amount. The fund is locked. */
export async function giftsLeft(
  tx: Tx,
  filmId: string,
  currency: string,
  amount: number,
): Promise<GiftLeft[]> {
  const found: GiftLeft[] = [];
  let sum = 0;
  // A page at a time: most grants are paid by one gift or two, some by a thousand of a cent each.
  for (let offset = 0; sum < amount; offset += giftsPerPage) {
    const page = await giftsPage(tx, filmId, currency, offset);
    found.push(...page);
    sum += page.reduce((all, { left }) => all + left, 0);
    if (page.length < giftsPerPage) break;
  }
  return found;
}

const giftsPerPage = 50;

async function giftsPage(tx: Tx, filmId: string, currency: string, offset: number): Promise<GiftLeft[]> {
  const rows = await tx
    .selectFrom('gift')
    .select(['id', 'amount', 'spent', 'takenBack'])
    .where('filmId', '=', filmId)
    .where('currency', '=', currency)
    .where((it) => it(it('spent', '+', it.ref('takenBack')), '<', it.ref('amount')))
    .orderBy('givenAt')
    .orderBy('id')
    .limit(giftsPerPage)
    .offset(offset)
    .execute();
  return rows.map(({ id, amount, spent, takenBack }) => ({ id, left: amount - spent - takenBack }));
}
