import type { Refusal } from '../../platform/refusal.ts';
import { words } from '../../ui/words/index.ts';
import { sayProblem } from '../checkout/problem-words.ts';

/** Why a place could not be claimed, in words. */
export function sayClaimProblem(refusal: Refusal, currency: string, language: string): string {
  return sayProblem(refusal, currency, language);
}

/** The field of a claim that a refusal is about; null: none of them. */
export function fieldOfClaim({ code }: Refusal): string | null {
  if (code === 'grant_taken' || code === 'grant_needs_address') return 'address';
  return code.startsWith('code_') || code === 'no_such_code' || code === 'grant_needs_code' ? 'code' : null;
}

/** The words of what is wrong with what was typed. */
export function claimProblemWords(
  code: 'name' | 'address' | 'tooLong' | 'type' | 'unreadable' | 'too_many',
  language: string,
): string {
  return words(language).fund.problems[code];
}
