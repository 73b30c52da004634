import type { ChargeProblem, Dispute, RefundReason, RefundState } from '../../../domain/boxoffice/index.ts';
import type { Sayings } from '../../../ui/admin/index.ts';

type Said = { readonly words: string; readonly tone: 'good' | 'warn' | 'bad' | 'plain' };

export const refundStates: Readonly<Record<RefundState, Said>> = {
  asked: { words: 'Asked for', tone: 'plain' },
  pending: { words: 'On its way', tone: 'plain' },
  'needs-action': { words: 'Waits for the buyer', tone: 'warn' },
  succeeded: { words: 'Given back', tone: 'good' },
  failed: { words: 'Failed', tone: 'bad' },
};

export const refundReasons: Readonly<Record<RefundReason, string>> = {
  tickets: 'Tickets given back',
  sum: 'A sum',
  screening: 'The screening is not shown',
  'places-gone': 'Paid when the places were gone',
  'paid-twice': 'Paid twice',
  provider: 'Given back at Stripe’s own desk',
};

export const disputeStates: Readonly<Record<Dispute['state'], Said>> = {
  inquiry: { words: 'The bank asks', tone: 'warn' },
  'needs-response': { words: 'Wants an answer', tone: 'bad' },
  'under-review': { words: 'The bank decides', tone: 'plain' },
  won: { words: 'Won', tone: 'good' },
  lost: { words: 'Lost', tone: 'bad' },
  dropped: { words: 'Dropped', tone: 'plain' },
};

const disputeReasons: Readonly<Record<string, string>> = {
  credit_not_processed: 'A refund that was promised did not come',
  duplicate: 'They say that they paid twice',
  fraudulent: 'The cardholder says that it was not them',
  general: 'The bank gave no reason',
  product_not_received: 'They say that they got nothing for it',
  product_unacceptable: 'They say that it was not what was promised',
  unrecognized: 'They do not know what it was for',
};

/** Why a buyer disputes, in words; a reason that is not known is said as Stripe says it. */
export function disputeReason(reason: string): string {
  return disputeReasons[reason] ?? reason.replaceAll('_', ' ');
}

export const problemWords: Readonly<Record<ChargeProblem, string>> = {
  amount: 'The amount is not what was asked for',
  currency: 'The currency is not what was asked for',
  order: 'It names another order',
};

export const sayings: Sayings = {
  'key-saved': {
    tone: 'good',
    words: 'The key is kept, and shown to nobody again. Now enter the signing secret of its webhook.',
  },
  'secret-saved': {
    tone: 'good',
    words: 'The signing secret is kept. Stripe’s events are believed from now on.',
  },
  retired: {
    tone: 'good',
    words:
      'No more payments are taken through the account. What was paid through it is still given back through it.',
  },
  'check-good': { tone: 'good', words: 'Stripe knows the key, and it is of this account.' },
  'check-locked': {
    tone: 'bad',
    words: 'Stripe refuses the key: it was rolled, deleted or may not do this. Enter a new one.',
  },
  'check-away': { tone: 'warn', words: 'Stripe could not be reached just now. Try again in a moment.' },
  'sandbox-open': {
    tone: 'warn',
    words: 'Buyers pay in the sandbox from now on: their tickets let in, and no money moves.',
  },
  'sandbox-closed': { tone: 'good', words: 'Nobody begins to pay in the sandbox any more.' },
  made: { tone: 'good', words: 'It is noted that the money went back; the books know it.' },
  again: { tone: 'good', words: 'The refund is asked for again.' },
  paid: { tone: 'good', words: 'The invoice is paid; the books know it.' },
};

const refusals: Readonly<Record<string, string>> = {
  demo_takes_no_payments:
    'This is a demo film: it takes no real payments, because it can be removed with all its sales. The key was not kept. Enter it in a film of your own.',
  no_payment_account: 'There is no account to change any more.',
  no_such_refund: 'There is no such refund.',
  not_by_hand: 'This money goes back through Stripe, not by hand.',
  not_failed: 'This refund did not fail; there is nothing to ask again.',
  more_than_left: 'The money went back another way meanwhile; there is not that much left.',
  no_such_invoice: 'There is no such invoice.',
  nothing_owed: 'Nothing is owed on this invoice any more.',
  in_the_future: 'Nothing is booked ahead; at the latest today.',
  day_closed: 'The books of this day are closed; choose a later one.',
};

/** What a refusal about payments means to whoever pressed a button; null where it is none of them. */
export function paymentsRefusal(code: string): string | null {
  return refusals[code] ?? null;
}
