import type { Temporal } from 'temporal-polyfill';

/** Who takes payments; `offline` is everything that no driver is asked about: invoices, cash, cheques. */
export type Provider = 'stripe' | 'sandbox' | 'offline';

/** What a payment page asks for. The same `key` again is the same page, whatever happened to the first answer. */
export type NewPage = {
  readonly key: string;
  /** Ours, given back with everything that the provider says of this payment. */
  readonly orderId: string;
  readonly chargeId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** What is bought, in a line. */
  readonly title: string;
  readonly buyerAddress: string | null;
  /** A BCP 47 tag. */
  readonly language: string;
  /** Where the buyer comes back to after paying, and where they go who leave without. */
  readonly returnUrl: string;
  readonly leaveUrl: string;
  /** Nobody pays there after this. At least half an hour ahead. */
  readonly until: Temporal.Instant;
};

/** A card that paid: its brand in the provider's word (`visa`), and the last four figures of its number. */
export type SeenCard = { readonly brand: string; readonly end: string };

/** What a provider says of a payment when it is asked. */
export type SeenPayment = {
  /** The page's name. */
  readonly ref: string;
  /**
   * open: it may still be paid. pending: the buyer did their part and a bank takes its time. paid. gone: it never
   * will be.
   */
  readonly state: 'open' | 'pending' | 'paid' | 'gone';
  readonly amount: number;
  readonly currency: string;
  /** What we called it; null where the provider knows of none. */
  readonly orderId: string | null;
  /** The payment that was made there: what refunds are made from. */
  readonly paymentRef: string | null;
  /** What the provider keeps, once it knows; often in the currency of the film's bank. */
  readonly fee: { readonly amount: number; readonly currency: string } | null;
  /** The card that paid, once the provider knows one; null: none yet, or it was paid another way. */
  readonly card: SeenCard | null;
  readonly url: string | null;
};

export type RefundState = 'pending' | 'needs-action' | 'succeeded' | 'failed';

export type SeenRefund = {
  readonly ref: string;
  readonly state: RefundState;
  readonly amount: number;
  readonly currency: string;
  /** Ours, where it was we who asked for it; null: somebody did at the provider's own desk. */
  readonly refundId: string | null;
  readonly failure: string | null;
  readonly paymentRef: string | null;
};

/**
 * inquiry: the buyer's bank asks and has taken nothing. needs-response, under-review: it has taken the money, and waits
 * for the film, or thinks. won: the money is the film's again. lost: it is the buyer's. dropped: the bank asked, and let it go.
 */
export type DisputeState = 'inquiry' | 'needs-response' | 'under-review' | 'won' | 'lost' | 'dropped';

/** Money that a dispute moved at the provider: less than nothing was taken. */
export type DisputeMove = {
  readonly ref: string;
  readonly amount: number;
  /** What the provider keeps for it; less than nothing is given back. */
  readonly fee: number;
  /** Often that of the film's bank. */
  readonly currency: string;
};

/** What a provider says of a dispute when it is asked. */
export type SeenDispute = {
  readonly ref: string;
  readonly state: DisputeState;
  readonly amount: number;
  readonly currency: string;
  /** In the provider's own word. */
  readonly reason: string;
  readonly openedAt: Temporal.Instant;
  /** Until when the film may answer; null: there is nothing to answer. */
  readonly dueAt: Temporal.Instant | null;
  readonly paymentRef: string | null;
  readonly moves: readonly DisputeMove[];
};

export type NewRefund = {
  /** The same key again is the same refund. */
  readonly key: string;
  readonly refundId: string;
  readonly paymentRef: string;
  readonly amount: number;
  readonly currency: string;
};

/** What went wrong outside, by name. Nothing of it is thrown. */
export type Outside =
  /** Nobody answered in time, or the provider had trouble of its own: ask again later. */
  | { readonly kind: 'unreachable' }
  /** The same thing is being done at this moment by another. */
  | { readonly kind: 'busy' }
  /** The keys open nothing. */
  | { readonly kind: 'locked_out' }
  /** The provider says no and will say so again; `code` is its own word. */
  | { readonly kind: 'refused'; readonly code: string };

export type PageResult = { readonly kind: 'page'; readonly page: SeenPayment } | Outside;
export type RefundResult = { readonly kind: 'refund'; readonly refund: SeenRefund } | Outside;
export type DisputesResult =
  | { readonly kind: 'disputes'; readonly disputes: readonly SeenDispute[] }
  | Outside;
export type RefundsResult = { readonly kind: 'refunds'; readonly refunds: readonly SeenRefund[] } | Outside;

/**
 * What an event is about. It is believed as a knock at the door and no further: what follows from it is what the
 * provider answers when it is asked, so that stale, re-ordered and differently written events do no harm.
 */
export type ProviderEvent = {
  readonly id: string;
  readonly kind: string;
  readonly apiVersion: string | null;
  readonly about: {
    readonly pageRef: string | null;
    readonly paymentRef: string | null;
    readonly chargeId: string | null;
  };
};

export type EventResult =
  | { readonly kind: 'event'; readonly event: ProviderEvent }
  /** Not signed by the provider, or too long ago. */
  | { readonly kind: 'not_signed' }
  /** Signed, and not a word of it is understood. */
  | { readonly kind: 'unreadable' };

export type AccountResult =
  | { readonly kind: 'account'; readonly account: string; readonly isLive: boolean }
  | Outside;

/** One way of being paid. Every call ends within its own limit of time, and says by name what went wrong. */
export type Driver = {
  readonly provider: Provider;
  startPage(page: NewPage): Promise<PageResult>;
  lookAtPage(ref: string): Promise<PageResult>;
  /** Ends a page that is open; one that was paid meanwhile is answered as paid. */
  expirePage(ref: string): Promise<PageResult>;
  refund(refund: NewRefund): Promise<RefundResult>;
  /** Every refund of a payment, those that were made at the provider's own desk included. */
  refundsOf(paymentRef: string): Promise<RefundsResult>;
  /** Every refund of the account that was made since, of whatever payment. */
  refundsSince(since: Temporal.Instant): Promise<RefundsResult>;
  /** Every dispute of a payment. */
  disputesOf(paymentRef: string): Promise<DisputesResult>;
  /** Every dispute of the account that was opened since, of whatever payment. */
  disputesSince(since: Temporal.Instant): Promise<DisputesResult>;
};
