import Stripe from 'stripe';
import { z } from 'zod';
import type { EventResult } from './driver.ts';

/** How old a signature may be, by Stripe's own clock and ours. */
const toleranceSeconds = 300;

// Every version of an event has these, and nothing else of it is read.
const reference = z.union([
  z.string().max(255),
  z.object({ id: z.string().max(255) }).transform(({ id }) => id),
]);
const envelope = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(200),
  api_version: z.string().max(60).nullish(),
  data: z.object({
    object: z.object({
      id: z.string().max(255).optional(),
      object: z.string().optional(),
      payment_intent: reference.nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
});

/**
 * Reads an event of Stripe's as it arrived, byte by byte: the signature is over those.
 * @param nowSeconds since 1970
 */
export function readStripeEvent(
  { body, signature, secret }: { readonly body: string; readonly signature: string; readonly secret: string },
  nowSeconds: number,
): EventResult {
  try {
    const at = nowSeconds * 1_000;
    if (!Stripe.webhooks.signature?.verifyHeader(body, signature, secret, toleranceSeconds, undefined, at))
      return { kind: 'not_signed' };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return { kind: 'not_signed' };
    throw error;
  }
  const parsed = envelope.safeParse(jsonOf(body));
  if (!parsed.success) return { kind: 'unreadable' };
  const { id, type, api_version: apiVersion = null, data } = parsed.data;
  const { object } = data;
  const of = (kind: string): string | null => (object.object === kind ? (object.id ?? null) : null);
  return {
    kind: 'event',
    event: {
      ...{ id, kind: type, apiVersion },
      about: {
        pageRef: of('checkout.session'),
        paymentRef: of('payment_intent') ?? object.payment_intent ?? null,
        chargeId: object.metadata?.charge ?? null,
      },
    },
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
