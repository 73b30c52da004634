import type { AccountKind } from '../../../domain/ledger/index.ts';
import type { Sayings } from '../../../ui/admin/index.ts';

/** What each kind of account holds, to somebody who never kept books. */
export const kindWords: Readonly<Record<AccountKind, { readonly name: string; readonly about: string }>> = {
  asset: { name: 'What the film has', about: 'Bank, cash, what others owe' },
  liability: { name: 'What the film owes', about: 'The fund, taxes, loans, shares' },
  equity: { name: 'What it was begun with', about: 'Put in by its makers, opening balances' },
  income: { name: 'Income', about: 'Tickets, licences, rentals, film hire' },
  expense: { name: 'Costs', about: 'Fees, venues, prints, publicity' },
};

/** The two sides of an account, in the words of the form by which money is entered: from, to. */
export const sidesSaid = 'Debit is what went to it, credit what came from it.';

const groupKinds: Readonly<Record<string, string>> = {
  manual: 'Entered by hand',
  reversal: 'Reversal',
  surplus: 'Paid too much',
  'dispute-lost': 'Dispute lost',
  'grant-back': 'Grant given back',
};

/** A kind of group in words: `order` is `Order`. */
export function groupWords(kind: string): string {
  return groupKinds[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('-', ' ');
}

export const sayings: Sayings = {
  posted: { tone: 'good', words: 'It stands in the books.' },
  reversed: { tone: 'good', words: 'It is taken back: the two together come to nothing.' },
  opened: { tone: 'good', words: 'The account is open.' },
};

const refusals: Readonly<Record<string, string>> = {
  account_exists: 'There is an account of this name already.',
  account_name_empty: 'A name with letters or figures in it',
  too_many_accounts: 'The books hold no more accounts.',
  same_account: 'Money that stays in one account is nothing to enter.',
  account_kept:
    'The solidarity fund keeps a row for each gift: put money in or take it out on the Fund page.',
  day_closed: 'The books of this day are closed; enter it on a later one.',
  unknown_account: 'This account is not open any more.',
  key_reused:
    'This form was sent before with something else in it. Look into the journal, then start a new one.',
  group_gone: 'This is not in the books.',
  is_reversal: 'A reversal is not taken back; enter it anew instead.',
};

/** What a refusal of the ledger means to whoever filled a form; null where it is none of its. */
export function ledgerRefusal(code: string): string | null {
  return refusals[code] ?? null;
}
