export { cardsOf, type PaidCard, sayCard } from './cards.ts';
export {
  type Charge,
  type ChargeState,
  chargeById,
  chargeNamed,
  chargeState,
  chargesInDoubt,
  chargesOf,
  chargesToLookAt,
  lookAgainAt,
} from './charges.ts';
export {
  type Dispute,
  disputedToLookAt,
  disputesOf,
  isOpenDispute,
  type ListedDispute,
  listDisputes,
  openDisputes,
} from './disputes.ts';
export { invoiceLetter, invoicesOf, isOverdue, owedOf, payInvoice, promiseByInvoice } from './invoices.ts';
export {
  accountsToAsk,
  type PaymentAccount,
  type PaymentKeys,
  paymentAccount,
  paymentKeys,
  refundsSeen,
  retirePaymentAccount,
  savePaymentKey,
  saveWebhookSecret,
  webhookSecrets,
} from './payment-accounts.ts';
export { eventsSeen, hasProviderEvent, keepProviderEvent } from './provider-events.ts';
export { failRefund, retryRefund, settleOwnRefund } from './refund-by-hand.ts';
export { paidFor, type WhyNotRefund, whyNotRefund } from './refund-rules.ts';
export { ordersToRefund, refundOrderJob, refundScreening, refundWholeOrder } from './refund-screening.ts';
export { type RefundAsk, type RefundAsked, refundSum, refundTickets } from './refund-tickets.ts';
export {
  lookAtRefundAgain,
  type Refund,
  type RefundedTicket,
  type RefundNotDone,
  refundById,
  refundsNotDone,
  refundsOf,
  refundsToLookAt,
  sendRefundJob,
} from './refunds.ts';
export { letReturn } from './return-key.ts';
export { closeSandbox, isSandboxOpen, openSandbox } from './sandbox-opening.ts';
export { placesGoneLetter, type Settled, settleCharge } from './settle-charge.ts';
export { type DisputesSaid, settleDisputes } from './settle-dispute.ts';
export { refundLetter, settleRefunds, tryName } from './settle-refund.ts';
export { dropCharge, keepPage, openCharge, type SaidBuyer, startCharge } from './start-charge.ts';
export type { ChargeMethod, ChargeProblem, RefundReason, RefundState } from './tables.ts';
export { undoMinutes, undoSale, whyNotUndo } from './undo-sale.ts';
