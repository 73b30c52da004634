import Stripe from 'stripe';
import {
  type Dispute,
  type Intent,
  newStripeId,
  type Refund,
  type Session,
  showCharge,
  showDispute,
  showIntent,
  showRefund,
  showSession,
} from './books.ts';
import type { StripeServer } from './server.ts';

/** An event as it goes over the wire. */
export type Signed = {
  readonly id: string;
  readonly kind: string;
  readonly body: string;
  readonly signature: string;
};

export const webhookSecret = 'whsec_of_the_union_film';

/** In which version of its format an event is written: ours, one of years ago, one that is yet to come. */
export type Version = 'present' | 'older' | 'newer';

/** Collects the events of a Stripe of the tests, to be sent on, doubled, re-ordered, dropped. */
export function collectEvents(server: StripeServer): Signed[] {
  const events: Signed[] = [];
  server.onChange = (kind, about) => events.push(signed(server, kind, about));
  return events;
}

/** Signs an event about something. */
export function signed(
  server: StripeServer,
  kind: string,
  about: Session | Intent | Refund | Dispute,
  version: Version = 'present',
): Signed {
  const id = newStripeId('evt');
  const object = inVersion(objectOf(server, kind, about), version);
  const apiVersion = { present: '2026-10-28.endive', older: '2019-02-19', newer: '2031-01-01.fig' }[version];
  const envelope = {
    ...{ id, object: 'event', type: kind, api_version: apiVersion, created: server.nowSeconds() },
    data: { object },
    ...(version === 'newer' ? { lineage: { of: ['something', { new: true }] } } : {}),
  };
  return signText(server, id, kind, JSON.stringify(envelope, null, 2));
}

/** Signs any text, as Stripe signs its own. */
export function signText(
  server: StripeServer,
  id: string,
  kind: string,
  body: string,
  { secret = webhookSecret, timestamp = server.nowSeconds() } = {},
): Signed {
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
  return { id, kind, body, signature };
}

function objectOf(
  server: StripeServer,
  kind: string,
  about: Session | Intent | Refund | Dispute,
): Record<string, unknown> {
  if ('successUrl' in about) return showSession(about, server.url, false);
  if ('moves' in about) return showDispute(about);
  if ('intentId' in about) return showRefund(about);
  return kind.startsWith('charge.') ? showCharge(about) : showIntent(about);
}

function inVersion(object: Record<string, unknown>, version: Version): Record<string, unknown> {
  if (version === 'present') return object;
  if (version === 'older') {
    // Before 2022 a page carried what it sold, and said less of how it stood.
    const { status: _, url: __, ...rest } = object;
    return { ...rest, display_items: [{ quantity: 1 }], livemode: false };
  }
  const intent = object.payment_intent;
  return {
    ...object,
    payment_intent: typeof intent === 'string' ? { id: intent, object: 'payment_intent' } : intent,
    settlement: { plan: { kind: 'instant' } },
    payment_status: 'settled_in_a_way_yet_to_come',
  };
}
