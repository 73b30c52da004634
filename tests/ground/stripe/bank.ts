import { type Dispute, type Intent, newStripeId, showDispute } from './books.ts';
import type { StripeServer } from './server.ts';

/** What Stripe keeps of a dispute, won or lost. */
export const disputeFee = 1500;
const answerSeconds = 7 * 86_400;

/** The buyers' bank: it asks about payments, takes them back, and decides. */
export class Bank {
  readonly disputes: Dispute[] = [];
  readonly #server: StripeServer;

  constructor(server: StripeServer) {
    this.#server = server;
  }

  /** A buyer does not know a payment any more. An inquiry takes no money yet. */
  dispute(
    intent: Intent,
    { as = 'needs_response', amount = intent.amount, reason = 'fraudulent' } = {},
  ): Dispute {
    const created = this.#server.nowSeconds();
    const dispute: Dispute = {
      ...{ id: newStripeId('du'), amount, currency: intent.currency, reason, intentId: intent.id, created },
      ...{ status: as as Dispute['status'], dueBy: created + answerSeconds, moves: [] },
    };
    this.disputes.push(dispute);
    this.#server.onChange('charge.dispute.created', dispute);
    if (as === 'needs_response') this.takes(dispute);
    return dispute;
  }

  /** The money goes, and a fee with it. */
  takes(dispute: Dispute): void {
    this.#move(dispute, -dispute.amount, disputeFee);
    this.#server.onChange('charge.dispute.funds_withdrawn', dispute);
  }

  /** The bank decides. What is won comes back, the fee does not. */
  decides(dispute: Dispute, status: 'won' | 'lost' | 'warning_closed'): void {
    Object.assign(dispute, { status, dueBy: null });
    this.#server.onChange('charge.dispute.closed', dispute);
    if (status !== 'won') return;
    this.#move(dispute, dispute.amount, 0);
    this.#server.onChange('charge.dispute.funds_reinstated', dispute);
  }

  #move({ moves, currency }: Dispute, amount: number, fee: number): void {
    moves.push({ id: newStripeId('txn'), amount, fee, currency });
  }

  /** `/v1/disputes`, of one payment or since a moment. */
  list(query: URLSearchParams) {
    const of = query.get('payment_intent');
    const since = Number(query.get('created[gte]') ?? 0);
    const found = this.disputes.filter(
      ({ intentId, created }) => (of === null || intentId === of) && created >= since,
    );
    return { object: 'list', url: '/v1/disputes', has_more: false, data: found.map(showDispute) };
  }
}
