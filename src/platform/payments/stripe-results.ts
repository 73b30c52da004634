import type Stripe from 'stripe';
import { Temporal } from 'temporal-polyfill';
import type { DisputeState, RefundState, SeenCard, SeenDispute, SeenPayment, SeenRefund } from './driver.ts';
import { fromStripeAmount } from './stripe-amounts.ts';

/** What Stripe's page says of the payment, in our words. */
export function seenPayment(session: Stripe.Checkout.Session): SeenPayment {
  const intent = typeof session.payment_intent === 'string' ? null : session.payment_intent;
  const currency = (session.currency ?? '').toUpperCase();
  return {
    ref: session.id,
    state: stateOf(session, intent),
    amount: fromStripeAmount(session.amount_total ?? 0, currency),
    currency,
    orderId: session.client_reference_id,
    paymentRef: typeof session.payment_intent === 'string' ? session.payment_intent : (intent?.id ?? null),
    fee: feeOf(intent),
    card: cardOf(intent),
    url: session.url,
  };
}

function stateOf(
  session: Stripe.Checkout.Session,
  intent: Stripe.PaymentIntent | null,
): SeenPayment['state'] {
  if (session.payment_status === 'paid') return 'paid';
  if (session.status === 'expired') return 'gone';
  if (session.status !== 'complete') return 'open';
  // Complete and not paid: a bank takes its time, or has said no since.
  return intent && ['canceled', 'requires_payment_method'].includes(intent.status) ? 'gone' : 'pending';
}

/** The charge by which a payment was made, where Stripe was asked to show it with the payment. */
function chargeOf(intent: Stripe.PaymentIntent | null): Stripe.Charge | null {
  const charge = intent?.latest_charge;
  return !charge || typeof charge === 'string' ? null : charge;
}

/** A wallet's card too; other methods have none. What is in a shape that we do not know is no card. */
function cardOf(intent: Stripe.PaymentIntent | null): SeenCard | null {
  const { brand, last4 } = chargeOf(intent)?.payment_method_details?.card ?? {};
  if (!/^\d{4}$/.test(last4 ?? '') || !/^[a-z0-9_]{1,40}$/.test(brand ?? '')) return null;
  return { brand: brand ?? '', end: last4 ?? '' };
}

function feeOf(intent: Stripe.PaymentIntent | null): SeenPayment['fee'] {
  const charge = chargeOf(intent);
  if (!charge) return null;
  const moved = charge.balance_transaction;
  if (!moved || typeof moved === 'string') return null;
  const currency = moved.currency.toUpperCase();
  return { amount: fromStripeAmount(moved.fee, currency), currency };
}

const refundStates: Readonly<Record<string, RefundState>> = {
  pending: 'pending',
  requires_action: 'needs-action',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

/** What Stripe says of a refund, in our words. A state that we do not know is one to wait in. */
export function seenRefund(refund: Stripe.Refund): SeenRefund {
  const currency = refund.currency.toUpperCase();
  return {
    ref: refund.id,
    state: refundStates[refund.status ?? ''] ?? 'pending',
    amount: fromStripeAmount(refund.amount, currency),
    currency,
    refundId: refund.metadata?.refund ?? null,
    paymentRef:
      typeof refund.payment_intent === 'string' ? refund.payment_intent : (refund.payment_intent?.id ?? null),
    failure: refund.status === 'canceled' ? 'canceled' : (refund.failure_reason ?? null),
  };
}

const disputeStates: Readonly<Record<string, DisputeState>> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'dropped',
  needs_response: 'needs-response',
  under_review: 'under-review',
  won: 'won',
  lost: 'lost',
  prevented: 'dropped',
};

/** What Stripe says of a dispute, in our words. A state that we do not know is one to wait in. */
export function seenDispute(dispute: Stripe.Dispute): SeenDispute {
  const currency = dispute.currency.toUpperCase();
  const state = disputeStates[dispute.status] ?? 'under-review';
  const due = dispute.evidence_details?.due_by ?? null;
  const { payment_intent: intent } = dispute;
  return {
    ...{ ref: dispute.id, state, amount: fromStripeAmount(dispute.amount, currency), currency },
    reason: dispute.reason.slice(0, 100) || 'general',
    openedAt: Temporal.Instant.fromEpochMilliseconds(dispute.created * 1_000),
    dueAt: due === null ? null : Temporal.Instant.fromEpochMilliseconds(due * 1_000),
    paymentRef: typeof intent === 'string' ? intent : (intent?.id ?? null),
    moves: (dispute.balance_transactions ?? []).map((moved) => {
      const its = moved.currency.toUpperCase();
      return {
        ...{ ref: moved.id, currency: its },
        amount: fromStripeAmount(moved.amount, its),
        fee: fromStripeAmount(moved.fee, its),
      };
    }),
  };
}
