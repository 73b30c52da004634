import type { Code, CodeState } from '../../../domain/boxoffice/index.ts';
import type { Sayings } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';

/** What a code gives, as the team reads it: `20 % off`, `$5.00 off each place`, `The place for nothing`. */
export function giftWords({ kind, off, currency }: Pick<Code, 'kind' | 'off' | 'currency'>): string {
  if (kind === 'comp') return 'The place for nothing';
  return kind === 'percent' ? `${off} % off` : `${sayMoney(off, currency ?? 'USD')} off each place`;
}

export const stateWords: Readonly<Record<CodeState, string>> = {
  good: 'Good',
  over: 'Over',
  used: 'Used up',
  withdrawn: 'Withdrawn',
};

export const sayings: Sayings = {
  made: { tone: 'good', words: 'The code is good from now on.' },
  'made-many': { tone: 'good', words: 'They are made: they stand below, and in the CSV file.' },
  saved: { tone: 'good', words: 'Saved. Orders that used it keep what it gave.' },
  withdrawn: {
    tone: 'good',
    words: 'Withdrawn: nobody can use it any more. Orders that used it keep what it gave.',
  },
  returned: { tone: 'good', words: 'It is good again.' },
};

/** The field that a refusal of a code is about, and its words. */
export const codeRefusals: Readonly<Record<string, { readonly field: string; readonly words: string }>> = {
  code_exists: { field: 'word', words: 'There is a code of this word already. Choose another one.' },
  count_wrong: { field: 'count', words: 'A whole number of codes, from 1 to 1,000' },
};
