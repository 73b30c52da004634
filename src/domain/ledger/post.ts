import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { accountIds } from './accounts.ts';
import { groupById, groupByKey, type LedgerGroup } from './groups.ts';
import { areSameLines, assertBalanced, type Line, reversed } from './rules.ts';
import './tables.ts';

export type Posting = {
  /** Which fact this is, for ever: the same key again is the same group. */
  readonly key: string;
  /** What kind of fact: order, fee, grant, refund, payout, manual. */
  readonly kind: string;
  readonly memo?: string;
  /** The day that the books know it under, in the film's zone. */
  readonly bookedOn: Temporal.PlainDate;
  /** What it is about: an order, so that its money is found together. */
  readonly subjectId?: string | null;
  readonly lines: readonly Line[];
};

export type Posted = { readonly groupId: string; readonly isRepeat: boolean };

/**
 * Posts one group of entries that sums to zero in each currency. Said again under its key it is the group that
 * stands, and nothing is added.
 * @throws {Refusal} too_few_lines · too_many_lines · no_amount · no_currency · unbalanced · unknown_account ·
 *   key_reused when the key stands for something else · day_closed
 */
export async function post(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  posting: Posting,
): Promise<Posted> {
  assertBalanced(posting.lines);
  return await addGroup(tx, filmId, now, by, { ...posting, reversesId: null });
}

/**
 * Takes a group back by a further one with every sign turned. A group is taken back once; asked again, that is
 * the answer.
 * @throws {Refusal} group_gone · is_reversal · day_closed
 */
export async function reverse(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    groupId,
    bookedOn,
    memo = '',
  }: { readonly groupId: string; readonly bookedOn: Temporal.PlainDate; readonly memo?: string },
): Promise<Posted> {
  const group = await groupById(tx, filmId, groupId);
  if (!group) throw new Refusal('group_gone');
  if (group.reversesId !== null) throw new Refusal('is_reversal');
  if (group.reversedById !== null) return { groupId: group.reversedById, isRepeat: true };
  const key = `reversal:${groupId}`;
  const lines = reversed(group.lines);
  const posted = await addGroup(tx, filmId, now, by, {
    ...{ key, kind: 'reversal', memo, bookedOn, subjectId: group.subjectId, lines, reversesId: groupId },
  });
  if (!posted.isRepeat)
    await recordAudit(tx, filmId, now, by, { action: 'ledger.reverse', subject: group.memo || group.kind });
  return posted;
}

/**
 * Posts what somebody of the team enters: money that moved from one account to another outside the program.
 * @throws {Refusal} as `post`; same_account; account_kept; key_reused also for another day or other words, which a person changed
 */
export async function postByHand(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    key,
    memo,
    bookedOn,
    from,
    to,
    amount,
    currency,
  }: {
    /** Made when the form was shown, so that a double click is one group. */
    readonly key: string;
    readonly memo: string;
    readonly bookedOn: Temporal.PlainDate;
    /** The account that is credited. */
    readonly from: string;
    /** The account that is debited. */
    readonly to: string;
    readonly amount: number;
    readonly currency: string;
  },
): Promise<Posted> {
  if (from === to) throw new Refusal('same_account');
  if (keptElsewhere.has(from) || keptElsewhere.has(to)) throw new Refusal('account_kept');
  const lines = [
    { account: to, amount, currency },
    { account: from, amount: -amount, currency },
  ];
  const posted = await post(tx, filmId, now, by, {
    key: `manual:${key}`,
    kind: 'manual',
    memo,
    bookedOn,
    lines,
  });
  if (posted.isRepeat) {
    const standing = await groupById(tx, filmId, posted.groupId);
    if (standing?.memo !== memo || standing.bookedOn !== bookedOn.toString()) throw new Refusal('key_reused');
    return posted;
  }
  await recordAudit(tx, filmId, now, by, { action: 'ledger.post', subject: memo, details: { from, to } });
  return posted;
}

/** What stands here stands in rows of its own too, so that money moves where those are: on the fund's page. */
const keptElsewhere: ReadonlySet<string> = new Set(['fund']);

type NewGroup = Posting & { readonly reversesId: string | null };

async function addGroup(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { key, kind, memo = '', bookedOn, subjectId = null, lines, reversesId }: NewGroup,
): Promise<Posted> {
  const day = bookedOn.toString();
  const id = newId();
  const made = await tx
    .insertInto('ledgerGroup')
    .values({
      ...{ filmId, id, key, kind, memo, bookedOn: day, postedAt: now, reversesId, subjectId },
      personId: by.personId,
      personName: by.name,
    })
    // Two who reverse one group meet at either unique rule: the key's, or that a group is taken back once.
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
    .catch(refuseClosedDay);
  if (!made) return repeated(await groupByKey(tx, filmId, key), lines, kind);
  const ids = await accountIds(
    tx,
    filmId,
    now,
    lines.map(({ account }) => account),
  );
  const entries = lines.map(({ account, amount, currency, partId = null }, at) => {
    const accountId = ids.get(account) ?? '';
    return { filmId, groupId: id, line: at + 1, accountId, amount, currency, partId, bookedOn: day };
  });
  await tx.insertInto('ledgerEntry').values(entries).execute();
  return { groupId: id, isRepeat: false };
}

/** The database holds the books open for the insert, and says by this code that the day is closed. */
function refuseClosedDay(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'HL001') throw new Refusal('day_closed');
  throw error;
}

function repeated(standing: LedgerGroup | null, lines: readonly Line[], kind: string): Posted {
  if (!standing || standing.kind !== kind || !areSameLines(standing.lines, lines))
    throw new Refusal('key_reused');
  return { groupId: standing.id, isRepeat: true };
}
