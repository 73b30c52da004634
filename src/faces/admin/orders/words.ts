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
  'buyer-saved': { tone: 'good', words: 'Saved. The tickets stay as they are, and good.' },
};
