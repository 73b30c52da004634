import type { Temporal } from 'temporal-polyfill';

type SandboxPaymentTable = {
  filmId: string;
  id: string;
  startKey: string;
  orderRef: string;
  amount: number;
  currency: string;
  title: string;
  returnUrl: string;
  leaveUrl: string;
  endsAt: Temporal.Instant;
  paidAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
};

type SandboxRefundTable = {
  filmId: string;
  id: string;
  paymentId: string;
  startKey: string;
  refundRef: string;
  amount: number;
};

declare module '../../platform/database/tables.ts' {
  interface Tables {
    sandboxPayment: SandboxPaymentTable;
    sandboxRefund: SandboxRefundTable;
  }
}
