import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { isWhole } from './box-office.ts';
import { type Code, type CodeDraft, codeColumns, newCodeWord } from './codes.ts';
import './tables.ts';

/** As many codes as are made at once: one insert, and a list that one can still send. */
const codesAtOnceMax = 1_000;

/**
 * Makes many codes that say the same, each with a word of its own behind a common prefix.
 * @returns their words
 * @throws {Refusal} count_wrong · code_exists, where chance made a word twice
 */
export async function addCodes(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    draft,
    prefix,
    count,
  }: { readonly draft: Omit<CodeDraft, 'word'>; readonly prefix: string; readonly count: number },
): Promise<string[]> {
  if (!isWhole(count, 1, codesAtOnceMax)) throw new Refusal('count_wrong', { max: codesAtOnceMax });
  const words = Array.from({ length: count }, () => prefix + newCodeWord());
  const made = await tx
    .insertInto('code')
    .values(words.map((word) => ({ filmId, id: newId(), word, ...draft, madeAt: now })))
    .onConflict((conflict) => conflict.columns(['filmId', 'word']).doNothing())
    .returning('word')
    .execute();
  if (made.length < count) throw new Refusal('code_exists', { code: prefix });
  const details = { count };
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.add_codes', subject: prefix, details });
  return words;
}

export const codeStates = ['good', 'over', 'used', 'withdrawn'] as const;
export type CodeState = (typeof codeStates)[number];

/** How a code stands by what it says and by the clock; one that is not good yet counts as good. */
export function codeState(code: Code, now: Temporal.Instant): CodeState {
  if (code.withdrawnAt !== null) return 'withdrawn';
  if (code.goodUntil && code.goodUntil.epochMilliseconds <= now.epochMilliseconds) return 'over';
  const isUsed = (used: number, most: number | null): boolean => most !== null && used >= most;
  return isUsed(code.uses, code.usesMax) || isUsed(code.money, code.moneyMax) ? 'used' : 'good';
}

/** Which codes to list; an empty text or a null is no wish. */
export type CodeFilter = {
  /** What a word begins with, or what its note holds. */
  readonly search: string;
  readonly state: CodeState | null;
  readonly screeningId: string | null;
  /** The last code of the page before. */
  readonly before: string | null;
};

/** Codes, the newest first; at most `limit`. `uses` may count some of orders that lapsed meanwhile. */
export async function listCodes(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { search, state, screeningId, before }: CodeFilter,
  limit: number,
): Promise<Code[]> {
  let found = tx.selectFrom('code').select(codeColumns).where('filmId', '=', filmId);
  if (search !== '') {
    const part = search.replace(/[\\%_]/g, (character) => `\\${character}`);
    found = found.where((it) => it.or([it('word', 'ilike', `${part}%`), it('note', 'ilike', `%${part}%`)]));
  }
  if (screeningId !== null) found = found.where('screeningId', '=', screeningId);
  if (before !== null) found = found.where('id', '<', before);
  if (state === 'withdrawn') found = found.where('withdrawnAt', 'is not', null);
  if (state !== null && state !== 'withdrawn') found = found.where('withdrawnAt', 'is', null);
  if (state === 'over') found = found.where('goodUntil', '<=', now);
  if (state === 'good' || state === 'used') {
    found = found
      .where((it) => it.or([it('goodUntil', 'is', null), it('goodUntil', '>', now)]))
      .where((it) => {
        const isUsed = it.or([it('uses', '>=', it.ref('usesMax')), it('money', '>=', it.ref('moneyMax'))]);
        const used = it.fn.coalesce(isUsed, it.lit(false));
        return it(used, '=', state === 'used');
      });
  }
  return await found.orderBy('id', 'desc').limit(limit).execute();
}

/** A code by its id. */
export async function codeById(tx: Tx, filmId: string, id: string): Promise<Code | null> {
  const found = await tx
    .selectFrom('code')
    .select(codeColumns)
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  return found ?? null;
}
