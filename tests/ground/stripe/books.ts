import { randomBytes } from 'node:crypto';

/** What a Stripe of the tests knows. Amounts as Stripe counts them. */
export type Session = {
  id: string;
  status: 'open' | 'complete' | 'expired';
  paymentStatus: 'unpaid' | 'paid';
  amount: number;
  currency: string;
  reference: string;
  metadata: Record<string, string>;
  successUrl: string;
  cancelUrl: string;
  expiresAt: number;
  created: number;
  intent: Intent | null;
};

export type Intent = {
  id: string;
  status: 'succeeded' | 'processing' | 'requires_payment_method' | 'canceled';
  amount: number;
  currency: string;
  metadata: Record<string, string>;
  /** null: Stripe does not know yet what it keeps. */
  fee: number | null;
  /** null: paid another way than by card. */
  card: Card | null;
  refunds: Refund[];
};

export type Card = { brand: string; last4: string };

export type Refund = {
  id: string;
  amount: number;
  currency: string;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
  failure: string | null;
  intentId: string;
  metadata: Record<string, string>;
  created: number;
};

export type Dispute = {
  id: string;
  amount: number;
  currency: string;
  status: 'warning_needs_response' | 'warning_closed' | 'needs_response' | 'under_review' | 'won' | 'lost';
  reason: string;
  dueBy: number | null;
  intentId: string;
  created: number;
  moves: { id: string; amount: number; fee: number; currency: string }[];
};

export const newStripeId = (kind: string): string => `${kind}_${randomBytes(9).toString('hex')}`;

/** A page as the API shows it; `expanded` with its payment, its charge and what Stripe kept of it. */
export function showSession(session: Session, baseUrl: string, expanded: boolean) {
  const { id, status, intent } = session;
  return {
    ...{ id, object: 'checkout.session', mode: 'payment', status, payment_status: session.paymentStatus },
    ...{ amount_total: session.amount, currency: session.currency, client_reference_id: session.reference },
    ...{ metadata: session.metadata, expires_at: session.expiresAt, created: session.created },
    payment_intent: intent && (expanded ? showIntent(intent) : intent.id),
    url: status === 'open' ? `${baseUrl}/pay/${id}` : null,
  };
}

export function showIntent(intent: Intent) {
  const { id, status, amount, currency, metadata } = intent;
  return {
    ...{ id, object: 'payment_intent', status, amount, currency, metadata },
    latest_charge: status === 'succeeded' ? showCharge(intent) : null,
  };
}

export function showCharge({ id, amount, currency, metadata, fee, card, refunds }: Intent) {
  const refunded = refunds
    .filter(({ status }) => status !== 'failed' && status !== 'canceled')
    .reduce((sum, refund) => sum + refund.amount, 0);
  return {
    ...{ id: id.replace('pi_', 'ch_'), object: 'charge', amount, currency, metadata, payment_intent: id },
    ...{ amount_refunded: refunded, refunded: refunded === amount },
    payment_method_details: card ? { type: 'card', card: { ...card, wallet: null } } : { type: 'link' },
    balance_transaction:
      fee === null
        ? null
        : { id: id.replace('pi_', 'txn_'), object: 'balance_transaction', amount, fee, currency },
  };
}

export function showRefund({ id, amount, currency, status, failure, intentId, metadata, created }: Refund) {
  return {
    ...{ id, object: 'refund', amount, currency, status, metadata, created, payment_intent: intentId },
    ...(failure === null ? {} : { failure_reason: failure }),
  };
}

export function showDispute({
  id,
  amount,
  currency,
  status,
  reason,
  dueBy,
  intentId,
  created,
  moves,
}: Dispute) {
  return {
    ...{ id, object: 'dispute', amount, currency, status, reason, created, payment_intent: intentId },
    charge: intentId.replace('pi_', 'ch_'),
    evidence_details: { due_by: dueBy, has_evidence: false, past_due: false, submission_count: 0 },
    balance_transactions: moves.map(({ fee, ...move }) => ({
      ...{ ...move, fee, net: move.amount - fee, object: 'balance_transaction', type: 'adjustment' },
    })),
  };
}

/** What Stripe keeps of a payment by card: 2.9 % and 30 cents. */
export const cardFee = (amount: number): number => Math.round((amount * 29) / 1_000) + 30;
