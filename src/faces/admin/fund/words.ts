import type { Claimants } from '../../../domain/fund/index.ts';
import type { Sayings } from '../../../ui/admin/index.ts';

export const sayings: Sayings = {
  moved: { tone: 'good', words: 'It is in the books, and the fund has it.' },
  out: { tone: 'good', words: 'It is out of the fund, and in the books.' },
  ruled: { tone: 'good', words: 'The rule is saved. What was given or set aside before stays as it was.' },
  dropped: { tone: 'good', words: 'This screening goes by the rule for all of them again.' },
  made: { tone: 'good', words: 'The codes are made. Hand the list to the steward.' },
  withdrawn: { tone: 'good', words: 'The code is no longer good. Places that it gave stay.' },
  returned: { tone: 'good', words: 'The code is good again.' },
};

export const claimantWords: Readonly<Record<Claimants, { readonly label: string; readonly hint: string }>> = {
  everyone: {
    label: 'Everyone',
    hint: 'Whoever asks on a screening’s page. Codes of stewards work too.',
  },
  code: {
    label: 'Only with a steward’s code',
    hint: 'A partner’s steward hands the codes on and knows to whom; the film does not.',
  },
  nobody: { label: 'Nobody for now', hint: 'Gifts still come in.' },
};

const refusals: Readonly<Record<string, string>> = {
  no_amount: 'An amount above zero, in figures alone, such as 1,234.50',
  no_currency: 'A currency of the list',
  day_closed: 'The books of this day are closed; enter it on a later one.',
  key_reused:
    'This form was sent before with something else in it. Look into the books, then start a new one.',
  steward_missing: 'Who hands the codes on',
  codes_wrong: 'From 1 to 1,000 codes at once',
  uses_wrong: 'From 1 to 10,000 places a code',
};

/** What a refusal of the fund means to whoever filled a form; null where it is none of its. */
export function fundRefusal(code: string): string | null {
  return Object.hasOwn(refusals, code) ? (refusals[code] ?? null) : null;
}
