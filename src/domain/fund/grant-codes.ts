import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newCode, newId } from '../../platform/secrets.ts';
import './tables.ts';

/** A word for one grant or several. Its steward hands it on; the film never learns to whom. */
export type GrantCode = {
  readonly id: string;
  readonly word: string;
  readonly steward: string;
  readonly usesMax: number;
  /** Grants that are set aside counted too. */
  readonly uses: number;
  readonly goodUntil: Temporal.Instant | null;
  readonly madeAt: Temporal.Instant;
  readonly withdrawnAt: Temporal.Instant | null;
};

/** As many codes as are made at once. */
export const grantCodesMax = 1_000;
export const codeUsesMax = 10_000;

const columns = [
  ...(['id', 'word', 'steward', 'usesMax', 'uses', 'goodUntil', 'madeAt', 'withdrawnAt'] as const),
];

/**
 * Makes codes for a steward, each good for so many grants. Twelve characters, which nobody guesses.
 * @throws {Refusal} steward_missing · codes_wrong · uses_wrong
 */
export async function makeGrantCodes(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    steward,
    count,
    usesMax,
    goodUntil,
  }: {
    readonly steward: string;
    readonly count: number;
    readonly usesMax: number;
    readonly goodUntil: Temporal.Instant | null;
  },
): Promise<GrantCode[]> {
  if (steward.trim() === '') throw new Refusal('steward_missing');
  if (!Number.isSafeInteger(count) || count < 1 || count > grantCodesMax) throw new Refusal('codes_wrong');
  if (!Number.isSafeInteger(usesMax) || usesMax < 1 || usesMax > codeUsesMax) throw new Refusal('uses_wrong');
  const codes = Array.from({ length: count }, () => ({
    ...{ filmId, id: newId(), word: newCode(12), steward: steward.trim() },
    ...{ usesMax, goodUntil, madeAt: now },
  }));
  const made = await tx.insertInto('grantCode').values(codes).returning(columns).execute();
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'fund.make_codes', subject: steward.trim(), details: { count, usesMax } },
  });
  return made;
}

/** Ends a code, or lets it be good again; places that were given stay. @throws {Refusal} no_such_code */
export async function withdrawGrantCode(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, isWithdrawn }: { readonly id: string; readonly isWithdrawn: boolean },
): Promise<void> {
  const changed = await tx
    .updateTable('grantCode')
    .set({ withdrawnAt: isWithdrawn ? now : null })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .returning(['word', 'steward'])
    .executeTakeFirst();
  if (!changed) throw new Refusal('no_such_code');
  const action = isWithdrawn ? 'fund.withdraw_code' : 'fund.return_code';
  await recordAudit(tx, filmId, now, by, { action, subject: `${changed.word} (${changed.steward})` });
}

/** A film's codes, the newest first; at most `limit`. */
export async function grantCodes(tx: Tx, filmId: string, limit: number): Promise<GrantCode[]> {
  return await tx
    .selectFrom('grantCode')
    .select(columns)
    .where('filmId', '=', filmId)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The codes of these words; reading uses none up. */
export async function grantCodesByWord(
  tx: Tx,
  filmId: string,
  words: readonly string[],
): Promise<ReadonlyMap<string, GrantCode>> {
  if (words.length === 0) return new Map();
  const found = await tx
    .selectFrom('grantCode')
    .select(columns)
    .where('filmId', '=', filmId)
    .where('word', 'in', words)
    .execute();
  return new Map(found.map((code) => [code.word, code]));
}

/**
 * Whether a code is good now.
 * @throws {Refusal} no_such_code · code_over · code_used_up
 */
export function refuseGrantCode(
  code: GrantCode | undefined,
  now: Temporal.Instant,
): asserts code is GrantCode {
  if (!code || code.withdrawnAt !== null) throw new Refusal('no_such_code');
  if (code.goodUntil && code.goodUntil.epochMilliseconds <= now.epochMilliseconds)
    throw new Refusal('code_over');
  if (code.uses >= code.usesMax) throw new Refusal('code_used_up');
}
