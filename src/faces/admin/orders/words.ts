import type { OrderChannel, OrderState, PayMethod } from '../../../domain/boxoffice/index.ts';
import type { Sayings } from '../../../ui/admin/index.ts';

export const stateWords: Readonly<Record<OrderState, string>> = {
  open: 'Being paid',
  confirmed: 'Confirmed',
  cancelled: 'Cancelled',
  lapsed: 'Lapsed',
};

export const channelWords: Readonly<Record<OrderChannel, string>> = {
  site: 'On the site',
  desk: 'At the desk',
  door: 'At the door',
};

export const methodWords: Readonly<Record<PayMethod, string>> = {
  free: 'Nothing to pay',
  stripe: 'Card or wallet',
  sandbox: 'Sandbox',
  invoice: 'Invoice',
  cash: 'Cash',
  cheque: 'Cheque',
  'card-reader': 'Card reader elsewhere',
  comp: 'Comp',
};

export const sayings: Sayings = {
  'given-back': { tone: 'good', words: 'Given back. The money is on its way; its state stands below.' },
  cancelled: {
    tone: 'good',
    words: 'Given back. No money moves: nothing was paid for them, or a dispute has the money.',
  },
  'given-back-before': { tone: 'warn', words: 'These tickets were given back already. Nothing was changed.' },
  'none-chosen': { tone: 'warn', words: 'No ticket was chosen. Nothing was changed.' },
  'guests-saved': {
    tone: 'good',
    words: 'Saved. The list at the door shows it; papers that were printed stay good.',
  },
  'letter-sent': { tone: 'good', words: 'The tickets are on their way once more.' },
  'buyer-saved': { tone: 'good', words: 'Saved. The tickets stay as they are, and good.' },
};

/** What a refusal means on an order's page. */
export const refusals: Readonly<Record<string, string>> = {
  not_confirmed: 'This order has no tickets yet, or no longer.',
  no_address: 'There is no address to send them to. Enter one below.',
  screening_over: 'The screening is over: nothing changes any more.',
  name_too_long: 'A name has at most 200 characters.',
  order_not_confirmed: 'Nobody said yet who comes.',
};
