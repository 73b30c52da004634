import Stripe from 'stripe';
import type {
  AccountResult,
  DisputesResult,
  Driver,
  NewPage,
  NewRefund,
  Outside,
  PageResult,
  RefundsResult,
} from './driver.ts';
import { toStripeAmount } from './stripe-amounts.ts';
import { seenDispute, seenPayment, seenRefund } from './stripe-results.ts';

/** The version that this program was written against; the account's own default changes nothing. */
const apiVersion = '2026-10-28.endive';
/** A buyer waits in front of a page; a job is tried again. */
const timeoutMs = 10_000;
const retriesMax = 2;
/** A payment with more refunds than this is no box office's. */
const refundsMax = 100;
/** Between two looks; a cancelled screening gives some hundred orders back at once. */
const refundsSinceMax = 5_000;

export type StripeKeys = {
  readonly secretKey: string;
  /** Another server in Stripe's place, for trials; null: Stripe's own. */
  readonly serverUrl: string | null;
};

/** Stripe Checkout on the film's own account: cards, wallets and the local methods that come with it. */
export function stripeDriver(keys: StripeKeys): Driver {
  const stripe = openStripe(keys);
  const look = async (ref: string): Promise<PageResult> =>
    await named(async () => ({
      kind: 'page',
      page: seenPayment(await stripe.checkout.sessions.retrieve(ref, { expand: [...wanted] })),
    }));
  return {
    provider: 'stripe',
    startPage: async (page) => await startPage(stripe, page),
    lookAtPage: look,
    expirePage: async (ref) => {
      const ended = await named<PageResult>(async () => ({
        kind: 'page',
        page: seenPayment(await stripe.checkout.sessions.expire(ref)),
      }));
      // Stripe refuses where the page is over already; what became of it is another question.
      return ended.kind === 'refused' ? await look(ref) : ended;
    },
    refund: async (refund) => await startRefund(stripe, refund),
    refundsOf: async (paymentRef) =>
      await named<RefundsResult>(async () => {
        const { data } = await stripe.refunds.list({ payment_intent: paymentRef, limit: refundsMax });
        return { kind: 'refunds', refunds: data.map(seenRefund) };
      }),
    refundsSince: async (since) =>
      await named<RefundsResult>(async () => {
        const created = { gte: Math.floor(since.epochMilliseconds / 1_000) };
        const all = await stripe.refunds
          .list({ created, limit: 100 })
          .autoPagingToArray({ limit: refundsSinceMax });
        return { kind: 'refunds', refunds: all.map(seenRefund) };
      }),
    disputesOf: async (paymentRef) => await disputes(stripe, { payment_intent: paymentRef }),
    disputesSince: async (since) =>
      await disputes(stripe, { created: { gte: Math.floor(since.epochMilliseconds / 1_000) } }),
  };
}

/** A film has few; more than this are no box office's. */
const disputesMax = 1_000;

async function disputes(stripe: Stripe, which: Stripe.DisputeListParams): Promise<DisputesResult> {
  return await named<DisputesResult>(async () => {
    const all = await stripe.disputes
      .list({ ...which, limit: 100 })
      .autoPagingToArray({ limit: disputesMax });
    return { kind: 'disputes', disputes: all.map(seenDispute) };
  });
}

const wanted = ['payment_intent.latest_charge.balance_transaction'] as const;

function openStripe({ secretKey, serverUrl }: StripeKeys): Stripe {
  const server = serverUrl === null ? null : new URL(serverUrl);
  return new Stripe(secretKey, {
    ...{ apiVersion, timeout: timeoutMs, maxNetworkRetries: retriesMax, telemetry: false },
    ...(server && { host: server.hostname, port: server.port, protocol: 'http' as const }),
  });
}

async function startPage(stripe: Stripe, page: NewPage): Promise<PageResult> {
  const amount = toStripeAmount(page.amount, page.currency);
  if (amount === null) return { kind: 'refused', code: 'amount_not_representable' };
  const ours = { order: page.orderId, charge: page.chargeId };
  return await named(async () => {
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: page.orderId,
        metadata: ours,
        payment_intent_data: { metadata: ours },
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: page.currency.toLowerCase(),
              unit_amount: amount,
              product_data: { name: page.title.slice(0, 250) },
            },
          },
        ],
        ...(page.buyerAddress === null ? {} : { customer_email: page.buyerAddress }),
        locale: 'auto',
        success_url: page.returnUrl,
        cancel_url: page.leaveUrl,
        expires_at: Math.floor(page.until.epochMilliseconds / 1_000),
      },
      { idempotencyKey: page.key },
    );
    return { kind: 'page', page: seenPayment(session) };
  });
}

async function startRefund(stripe: Stripe, { key, refundId, paymentRef, amount, currency }: NewRefund) {
  const inStripes = toStripeAmount(amount, currency);
  if (inStripes === null) return { kind: 'refused', code: 'amount_not_representable' } as const;
  return await named(async () => {
    const refund = await stripe.refunds.create(
      { payment_intent: paymentRef, amount: inStripes, metadata: { refund: refundId } },
      { idempotencyKey: key },
    );
    return { kind: 'refund', refund: seenRefund(refund) } as const;
  });
}

/** Whose account a key opens, and whether it moves real money. */
export async function stripeAccount(keys: StripeKeys): Promise<AccountResult> {
  const stripe = openStripe(keys);
  return await named<AccountResult>(async () => {
    const { id } = await stripe.accounts.retrieveCurrent();
    return { kind: 'account', account: id, isLive: /^[rs]k_live_/.test(keys.secretKey) };
  });
}

/** An outside failure as a named result. What is no failure of the outside's is a bug, and stays thrown. */
async function named<T>(call: () => Promise<T>): Promise<T | Outside> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { StripeAuthenticationError, StripePermissionError, StripeIdempotencyError } = Stripe.errors;
    if (error instanceof StripeAuthenticationError || error instanceof StripePermissionError)
      return { kind: 'locked_out' };
    if (error.code === 'idempotency_key_in_use' || error.code === 'lock_timeout') return { kind: 'busy' };
    if (error instanceof StripeIdempotencyError) return { kind: 'refused', code: 'idempotency' };
    const status = error.statusCode ?? 0;
    // No answer, trouble of its own, or too many calls at once.
    if (status === 0 || status >= 500 || status === 429) return { kind: 'unreachable' };
    return { kind: 'refused', code: error.code ?? 'refused' };
  }
}
