import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { type GrantCode, grantCodesByWord, refuseGrantCode } from '../fund/index.ts';
import { type Code, codesByWord, readCode, refuseCode } from './codes.ts';
import { readOrderCode } from './order.ts';
import './tables.ts';

/** What the one box for codes was given: the film's own word, or one that the solidarity fund pays for. */
export type AnyCode =
  | { readonly kind: 'promo'; readonly code: Code }
  | { readonly kind: 'grant'; readonly code: GrantCode };

/** Every code that was typed, found before anybody asks what it is good for. */
export type FoundCodes = {
  readonly promos: ReadonlyMap<string, Code>;
  readonly grants: ReadonlyMap<string, GrantCode>;
  /** Typed by mistake: what an order is called. */
  readonly orders: ReadonlySet<string>;
};

/** Finds codes of every kind by what was typed. */
export async function findCodes(tx: Tx, filmId: string, typed: readonly string[]): Promise<FoundCodes> {
  const words = [...new Set(typed.map(readCode).filter((word) => word !== null))];
  const promos = await codesByWord(tx, filmId, words);
  // No word is both.
  const others = words.filter((word) => !promos.has(word));
  const grants = await grantCodesByWord(tx, filmId, others);
  const unknown = others.filter((word) => !grants.has(word));
  return { promos, grants, orders: await ordersCalled(tx, filmId, unknown) };
}

async function ordersCalled(tx: Tx, filmId: string, words: readonly string[]): Promise<ReadonlySet<string>> {
  const codeOf = new Map(words.map((word) => [word, orderCodeIn(word)]));
  const codes = [...codeOf.values()].filter((code) => code !== null);
  if (codes.length === 0) return new Set();
  const rows = await tx
    .selectFrom('order')
    .select('code')
    .where('filmId', '=', filmId)
    .where('code', 'in', codes)
    .execute();
  const known = new Set(rows.map(({ code }) => code));
  return new Set(words.filter((word) => known.has(codeOf.get(word) ?? '')));
}

/** An order's code, also where somebody typed a ticket's: `7K3M-9QXT-2`. */
function orderCodeIn(word: string): string | null {
  return readOrderCode(word.replace(/^([0-9A-Z]{4}-[0-9A-Z]{4})-\d{1,3}$/, '$1'));
}

/**
 * What a typed code is, where it is good at a screening now; null: nothing was typed.
 * @throws {Refusal} code_is_order · those of `refuseCode` and `refuseGrantCode`
 */
export function readAnyCode(
  found: FoundCodes,
  typed: string,
  at: { readonly screeningId: string; readonly currency: string },
  now: Temporal.Instant,
): AnyCode | null {
  if (typed.trim() === '') return null;
  const word = readCode(typed) ?? '';
  if (found.orders.has(word)) throw new Refusal('code_is_order');
  const grant = found.grants.get(word);
  if (grant) {
    refuseGrantCode(grant, now);
    return { kind: 'grant', code: grant };
  }
  const code = found.promos.get(word);
  refuseCode(code, at, now);
  return { kind: 'promo', code };
}
