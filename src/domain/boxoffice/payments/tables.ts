import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type {
  DisputeState,
  Provider,
  RefundState as SeenRefundState,
} from '../../../platform/payments/driver.ts';
import type { PayMethod } from '../tables.ts';

/** How an order with something to pay is paid. */
export type ChargeMethod = Exclude<PayMethod, 'free' | 'comp'>;

/** asked: it waits to be sent to the provider, or for the team where there is none to send it to. */
export type RefundState = 'asked' | SeenRefundState;

/**
 * Why money goes back: tickets given back; a sum; a screening that is not shown; places that were gone when the money
 * came; money for an order that was paid already; made at the provider's own desk.
 */
export type RefundReason = 'tickets' | 'sum' | 'screening' | 'places-gone' | 'paid-twice' | 'provider';

/** What a provider says that does not agree with what was asked for. */
export type ChargeProblem = 'amount' | 'currency' | 'order';

type SandboxOpeningTable = { filmId: string; openedAt: Temporal.Instant };

type PaymentAccountTable = {
  filmId: string;
  id: string;
  provider: 'stripe';
  providerAccount: string;
  isLive: boolean;
  secretKey: string;
  webhookSecret: string | null;
  madeAt: Temporal.Instant;
  keysAt: Temporal.Instant;
  refundsSeenAt: Temporal.Instant;
  retiredAt: Temporal.Instant | null;
};

/** Written once known, never at the beginning. */
type Later<T> = ColumnType<T | null, never, T | null>;

type ChargeTable = {
  filmId: string;
  id: string;
  orderId: string;
  provider: Provider;
  accountId: string | null;
  method: ChargeMethod;
  amount: number;
  currency: string;
  startedAt: Temporal.Instant;
  pageUntil: Temporal.Instant | null;
  pageUrl: Later<string>;
  providerRef: Later<string>;
  paymentRef: Later<string>;
  pendingAt: Later<Temporal.Instant>;
  succeededAt: Temporal.Instant | null;
  goneAt: Later<Temporal.Instant>;
  fulfils: boolean | null;
  problem: Later<ChargeProblem>;
  captured: Generated<number>;
  disputed: Generated<number>;
  /** Counted by the database alone. */
  refunded: ColumnType<number, never, never>;
  fee: Later<number>;
  feeCurrency: Later<string>;
  cardBrand: Later<string>;
  cardEnd: Later<string>;
  invoiceNumber: number | null;
  dueOn: string | null;
  lookAt: Temporal.Instant | null;
};

type RefundTable = {
  filmId: string;
  id: string;
  orderId: string;
  chargeId: string;
  amount: number;
  ofGift: Generated<number>;
  currency: string;
  reason: RefundReason;
  state: RefundState;
  failure: string | null;
  providerRef: string | null;
  attempt: Generated<number>;
  askedAt: Temporal.Instant;
  personId: string | null;
  personName: string;
  settledAt: Temporal.Instant | null;
  lookAt: Temporal.Instant | null;
};

type RefundTicketTable = {
  filmId: string;
  refundId: string;
  ticketId: string;
  ticketTypeId: string;
  amount: number;
};

type DisputeTable = {
  filmId: string;
  id: string;
  orderId: string;
  chargeId: string;
  providerRef: string;
  amount: number;
  currency: string;
  reason: string;
  state: DisputeState;
  openedAt: Temporal.Instant;
  dueAt: Temporal.Instant | null;
  settledAt: Temporal.Instant | null;
  lookAt: Temporal.Instant | null;
};

type ProviderEventTable = {
  filmId: string;
  provider: 'stripe';
  eventId: string;
  kind: string;
  apiVersion: string | null;
  accountId: string;
  receivedAt: Temporal.Instant;
  chargeId: string | null;
};

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    paymentAccount: PaymentAccountTable;
    sandboxOpening: SandboxOpeningTable;
    charge: ChargeTable;
    refund: RefundTable;
    refundTicket: RefundTicketTable;
    providerEvent: ProviderEventTable;
    dispute: DisputeTable;
  }
}
