import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newCode, newId } from '../../platform/secrets.ts';
import { grantCodesByWord } from '../fund/index.ts';
import { amountMax, isCurrency } from '../ledger/index.ts';
import { type CodeKind, codeKinds } from './tables.ts';

/** A word that makes places cheaper or free, or opens a ticket type that others do not see. */
export type Code = {
  readonly id: string;
  readonly word: string;
  readonly kind: CodeKind;
  /** percent: 1 to 100. amount: minor units of `currency` off each place. */
  readonly off: number;
  readonly currency: string | null;
  /** null: good at every screening; with a type, for that type alone. */
  readonly screeningId: string | null;
  readonly ticketTypeId: string | null;
  /** How many places, and how much money in all, it may be used for; null: no limit. */
  readonly usesMax: number | null;
  readonly moneyMax: number | null;
  /** What of that is used, uses set aside for open orders included. */
  readonly uses: number;
  readonly money: number;
  readonly goodFrom: Temporal.Instant | null;
  readonly goodUntil: Temporal.Instant | null;
  readonly note: string;
  readonly madeAt: Temporal.Instant;
  readonly withdrawnAt: Temporal.Instant | null;
};

/** A code as people type it: spaces and small letters are nothing to it. null: no code looks like this. */
export function readCode(typed: string): string | null {
  const word = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s_]+/g, '');
  return /^[A-Z0-9-]{3,40}$/.test(word) ? word : null;
}

export const codeDraft = z
  .strictObject({
    word: z.string().regex(/^[A-Z0-9-]{3,40}$/, 'three to forty letters, figures and hyphens'),
    kind: z.enum(codeKinds),
    off: z.number().int().min(0).max(amountMax),
    currency: z.string().refine(isCurrency, 'a currency such as USD').nullable(),
    screeningId: z.uuid().nullable(),
    ticketTypeId: z.uuid().nullable(),
    usesMax: z.number().int().min(1).max(1_000_000).nullable(),
    moneyMax: z.number().int().min(1).max(amountMax).nullable(),
    goodFrom: z.custom<Temporal.Instant>().nullable(),
    goodUntil: z.custom<Temporal.Instant>().nullable(),
    note: z.string().max(300),
  })
  .check((check) => {
    const { kind, off, currency, moneyMax, goodFrom, goodUntil } = check.value;
    const say = (field: string, message: string) =>
      check.issues.push({ code: 'custom', input: check.value, path: [field], message });
    if (kind === 'percent' && (off < 1 || off > 100)) say('off', 'from 1 to 100 percent');
    if (kind === 'amount' && off === 0) say('off', 'more than nothing');
    if ((kind === 'amount' || moneyMax !== null) && currency === null)
      say('currency', 'a currency such as USD');
    if (goodFrom && goodUntil && goodFrom.epochMilliseconds >= goodUntil.epochMilliseconds)
      say('goodUntil', 'after it begins');
  });
export type CodeDraft = z.infer<typeof codeDraft>;

/** A code's word that nobody has chosen: eight characters that survive being read out. */
export const newCodeWord = (): string => newCode(8);

/** Makes a code. @throws {Refusal} code_exists, also where the solidarity fund has a code that reads the same */
export async function addCode(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  draft: CodeDraft,
): Promise<string> {
  const isFunds = (await grantCodesByWord(tx, filmId, [draft.word])).has(draft.word);
  if (isFunds) throw new Refusal('code_exists', { code: draft.word });
  const id = newId();
  const made = await tx
    .insertInto('code')
    .values({ filmId, id, ...draft, madeAt: now })
    .onConflict((conflict) => conflict.columns(['filmId', 'word']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new Refusal('code_exists', { code: draft.word });
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.add_code', subject: draft.word });
  return id;
}

/** Changes what a code gives and until when; its word stays. @throws {Refusal} no_such_code */
export async function editCode(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, draft }: { readonly id: string; readonly draft: Omit<CodeDraft, 'word'> },
): Promise<void> {
  const { kind, off, currency, screeningId, ticketTypeId, usesMax, moneyMax, goodFrom, goodUntil, note } =
    draft;
  const changed = await tx
    .updateTable('code')
    .set({ kind, off, currency, screeningId, ticketTypeId, usesMax, moneyMax, goodFrom, goodUntil, note })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .returning('word')
    .executeTakeFirst();
  if (!changed) throw new Refusal('no_such_code');
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.edit_code', subject: changed.word });
}

/** Ends a code, or lets it be good again. Orders that used it keep what it gave. @throws {Refusal} no_such_code */
export async function withdrawCode(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, isWithdrawn }: { readonly id: string; readonly isWithdrawn: boolean },
): Promise<void> {
  const changed = await tx
    .updateTable('code')
    .set({ withdrawnAt: isWithdrawn ? now : null })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .returning('word')
    .executeTakeFirst();
  if (!changed) throw new Refusal('no_such_code');
  const action = isWithdrawn ? 'boxoffice.withdraw_code' : 'boxoffice.return_code';
  await recordAudit(tx, filmId, now, by, { action, subject: changed.word });
}

/** What is read of a code. */
export const codeColumns = [
  ...(['id', 'word', 'kind', 'off', 'currency', 'screeningId', 'ticketTypeId', 'usesMax'] as const),
  ...(['moneyMax', 'uses', 'money', 'goodFrom', 'goodUntil', 'note', 'madeAt', 'withdrawnAt'] as const),
];

/** The codes of these words. Reading takes nothing: what is left of them is asked by `lockCodes`. */
export async function codesByWord(
  tx: Tx,
  filmId: string,
  words: readonly string[],
): Promise<ReadonlyMap<string, Code>> {
  if (words.length === 0) return new Map();
  const found = await tx
    .selectFrom('code')
    .select(codeColumns)
    .where('filmId', '=', filmId)
    .where('word', 'in', words)
    .execute();
  return new Map(found.map((code) => [code.word, code]));
}

/**
 * Locks codes in the order of their ids, gives back what lapsed orders had of them, and says what is left of each.
 * Before any capacity: see docs/locking.md.
 */
export async function lockCodes(
  tx: Tx,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, { uses: number; money: number }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; usesLeft: number | null; moneyLeft: number | null }>`
    select * from lock_codes(${ids}::uuid[], ${now}::timestamptz)`.execute(tx);
  return new Map(
    rows.map(({ id, usesLeft, moneyLeft }) => [
      id,
      { uses: usesLeft ?? Number.POSITIVE_INFINITY, money: moneyLeft ?? Number.POSITIVE_INFINITY },
    ]),
  );
}

/**
 * Whether a code is good for a screening now, by what it says alone.
 * @throws {Refusal} no_such_code · code_not_yet · code_over · code_elsewhere · code_other_currency
 */
export function refuseCode(
  code: Code | undefined,
  { screeningId, currency }: { readonly screeningId: string; readonly currency: string },
  now: Temporal.Instant,
): asserts code is Code {
  if (!code || code.withdrawnAt !== null) throw new Refusal('no_such_code');
  if (code.goodFrom && code.goodFrom.epochMilliseconds > now.epochMilliseconds)
    throw new Refusal('code_not_yet');
  if (code.goodUntil && code.goodUntil.epochMilliseconds <= now.epochMilliseconds)
    throw new Refusal('code_over');
  if (code.screeningId !== null && code.screeningId !== screeningId) throw new Refusal('code_elsewhere');
  if (code.currency !== null && code.currency !== currency) throw new Refusal('code_other_currency');
}
