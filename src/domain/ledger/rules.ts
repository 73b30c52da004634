import { Refusal } from '../../platform/refusal.ts';
import { amountMax, isCurrency } from './money.ts';

/** One line of a group: an account by its code, a debit (more than nothing) or a credit (less) in minor units. */
export type Line = {
  readonly account: string;
  readonly amount: number;
  readonly currency: string;
  /** Which part of the group's subject it is: a ticket type of an order. */
  readonly partId?: string | null;
};

/** A group is one fact of money; more lines than this is a file, not a fact. */
export const linesMax = 200;

/**
 * Checks what the database will hold a group to, so that the answer comes early and in words.
 * @throws {Refusal} too_few_lines · too_many_lines · no_amount · no_currency · unbalanced (naming what is over)
 */
export function assertBalanced(lines: readonly Line[]): void {
  if (lines.length < 2) throw new Refusal('too_few_lines');
  if (lines.length > linesMax) throw new Refusal('too_many_lines');
  const sums = new Map<string, number>();
  for (const { amount, currency } of lines) {
    if (!Number.isSafeInteger(amount) || amount === 0 || Math.abs(amount) > amountMax)
      throw new Refusal('no_amount');
    if (!isCurrency(currency)) throw new Refusal('no_currency', { currency });
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  for (const [currency, over] of sums) if (over !== 0) throw new Refusal('unbalanced', { currency, over });
}

/** The lines that take a group back. */
export function reversed(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({ ...line, amount: -line.amount }));
}

/** Whether two groups say the same, whatever the order of their lines. */
export function areSameLines(one: readonly Line[], other: readonly Line[]): boolean {
  const said = (lines: readonly Line[]): string =>
    lines
      .map(({ account, amount, currency, partId }) => `${account} ${amount} ${currency} ${partId ?? ''}`)
      .sort()
      .join();
  return said(one) === said(other);
}
