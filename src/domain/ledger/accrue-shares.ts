import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { groupsAbout, type LedgerGroup } from './groups.ts';
import { participants } from './participants.ts';
import { post } from './post.ts';
import { type ShareRule, shareRules } from './share-rules.ts';
import { isAbout, remainsOf, type SaleRemains, type SaleScope, shareIn } from './shares.ts';

/** Something that was sold, as the books know it. */
export type Sold = SaleScope & {
  /** What its groups are about: an order. */
  readonly subjectId: string;
  readonly memo: string;
  /** The day that the books know this change under. */
  readonly bookedOn: Temporal.PlainDate;
};

/**
 * Makes every share of these sales what its rule gives on what remains of them: after the order, after each fee,
 * after each refund. Read out of the groups about the sale alone; what is owed too much or too little by now is
 * posted as one more group, share cost against what the participant is owed. Said again it is nothing.
 *
 * The caller holds whatever the subject is (its order's row): two at once would reckon from the same books.
 */
export async function accrueShares(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  sales: readonly Sold[],
): Promise<void> {
  if (sales.length === 0) return;
  const rules = await shareRules(tx, filmId);
  if (rules.length === 0) return;
  await lockCapped(tx, filmId, rules);
  const accounts = new Map((await participants(tx, filmId)).map(({ id, account }) => [id, account]));
  for (const sold of sales) {
    const groups = await groupsAbout(tx, filmId, sold.subjectId);
    const soldAt = groups[0]?.postedAt;
    if (!soldAt) continue;
    for (const remains of remainsOf(groups))
      for (const rule of rules) {
        const { currency } = remains;
        if (!isAbout(rule, { ...sold, currency, soldAt })) continue;
        const account = accounts.get(rule.participantId) ?? '';
        await adjust(tx, filmId, now, by, { sold, groups, rule, account, remains });
      }
  }
}

type Adjustment = {
  readonly sold: Sold;
  readonly groups: readonly LedgerGroup[];
  readonly rule: ShareRule;
  readonly account: string;
  readonly remains: SaleRemains;
};

/** Posts what one rule owes more or less than it did; the rule's id is the entries' part. */
async function adjust(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { sold, groups, rule, account, remains }: Adjustment,
): Promise<void> {
  const { currency } = remains;
  const { subjectId, memo, bookedOn } = sold;
  const own = groups.filter(({ lines }) => lines.some(({ partId }) => partId === rule.id));
  const accrued = own
    .flatMap(({ lines }) => lines)
    .filter((line) => line.partId === rule.id && line.account === account && line.currency === currency)
    .reduce((sum, { amount }) => sum - amount, 0);
  const due = await capped(tx, filmId, rule, account, shareIn(rule, remains), accrued);
  const more = due - accrued;
  if (more === 0) return;
  await post(tx, filmId, now, by, {
    // The count says which change this is: the same one twice is one group.
    ...{ key: `share:${rule.id}:${subjectId}:${own.length + 1}`, kind: 'share', memo, bookedOn, subjectId },
    lines: [
      { account: 'expense.shares', amount: more, currency, partId: rule.id },
      { account, amount: -more, currency, partId: rule.id },
    ],
  });
}

/** Sales under a cap are reckoned one after the other; the rules in the order of their ids. */
async function lockCapped(tx: Tx, filmId: string, rules: readonly ShareRule[]): Promise<void> {
  const ids = rules.filter(({ cap }) => cap !== null).map(({ id }) => id);
  if (ids.length === 0) return;
  const capped = tx.selectFrom('shareRule').select('id').where('filmId', '=', filmId).where('id', 'in', ids);
  await capped.orderBy('id').forNoKeyUpdate().execute();
}

/** What a share may come to under its rule's cap, what it gave of other sales counted. */
async function capped(
  tx: Tx,
  filmId: string,
  rule: ShareRule,
  account: string,
  due: number,
  accrued: number,
): Promise<number> {
  if (rule.cap === null) return due;
  return Math.max(0, Math.min(due, rule.cap - ((await givenBy(tx, filmId, rule, account)) - accrued)));
}

/** What a rule has given in all by now, minor units. */
async function givenBy(
  tx: Tx,
  filmId: string,
  rule: Pick<ShareRule, 'id'>,
  account: string,
): Promise<number> {
  const { rows } = await sql<{ given: number }>`
    select coalesce(-sum(amount), 0)::bigint as given from ledger_entry
     where film_id = ${filmId}::uuid and part_id = ${rule.id}::uuid
       and account_id = (select id from ledger_account where film_id = ${filmId}::uuid and code = ${account})
  `.execute(tx);
  return rows[0]?.given ?? 0;
}
