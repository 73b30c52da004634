import {
  type Charge,
  chargeNamed,
  type DisputesSaid,
  hasProviderEvent,
  keepProviderEvent,
  settleCharge,
  settleDisputes,
  settleRefunds,
  webhookSecrets,
} from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import {
  type EventResult,
  type ProviderEvent,
  readStripeEvent,
  type SeenPayment,
  type SeenRefund,
} from '../../platform/payments/index.ts';
import { driverOf, type Till } from '../paying/drivers.ts';

export type Received =
  /** It is on disk, with all that followed from it. */
  | 'kept'
  /** It came before; nothing happened. */
  | 'known'
  /** It is Stripe's, in a shape that we do not read: noted in the log. */
  | 'not understood'
  | 'not signed'
  /** What it is about could not be asked just now: it should come again. */
  | 'later';

/**
 * Takes an event of Stripe's in. It is believed as a knock: what it is about is asked of Stripe, in the version that
 * we know, and settled in the transaction that keeps the event. Only then is it received.
 */
export async function receiveStripeEvent(
  till: Till,
  filmId: string,
  { body, signature }: { readonly body: string; readonly signature: string },
): Promise<Received> {
  const { db, clock, log } = till;
  const read = await readSigned(till, filmId, body, signature);
  if (read === null) return 'not signed';
  const { accountId, result } = read;
  if (result.kind !== 'event') {
    log.warn({ film: filmId }, 'an event of Stripe’s could not be read');
    return 'not understood';
  }
  const { event } = result;
  const { isKnown, charge } = await inFilm(db, filmId, async (tx) => ({
    isKnown: await hasProviderEvent(tx, filmId, event.id),
    charge: await chargeNamed(tx, filmId, accountId, event.about),
  }));
  if (isKnown) return 'known';
  if (!isOfOurs.test(event.kind)) log.info({ film: filmId, kind: event.kind }, 'an event of an unknown kind');
  const seen = charge && isOfOurs.test(event.kind) ? await look(till, filmId, charge, event) : nothing;
  if (seen === null) return 'later';
  return await inFilm(db, filmId, async (tx) => {
    const chargeId = charge?.id ?? null;
    if (!(await keepProviderEvent(tx, filmId, clock(), { accountId, event, chargeId }))) return 'known';
    if (chargeId !== null && seen.payment) await settleCharge(tx, filmId, clock(), chargeId, seen.payment);
    if (chargeId !== null) await settleRefunds(tx, filmId, clock(), chargeId, seen.refunds);
    if (chargeId !== null && seen.disputes)
      await settleDisputes(tx, filmId, clock(), chargeId, seen.disputes);
    return 'kept';
  });
}

/** Everything else that an account tells of is none of the box office's. */
const isOfOurs = /^(checkout\.session|payment_intent|charge|refund)\./;

async function readSigned(
  { db, clock }: Till,
  filmId: string,
  body: string,
  signature: string,
): Promise<{ readonly accountId: string; readonly result: EventResult } | null> {
  const nowSeconds = Math.floor(clock().epochMilliseconds / 1_000);
  for (const { accountId, secret } of await inFilm(db, filmId, (tx) => webhookSecrets(tx, filmId))) {
    const result = readStripeEvent({ body, signature, secret }, nowSeconds);
    if (result.kind !== 'not_signed') return { accountId, result };
  }
  return null;
}

type Seen = {
  readonly payment: SeenPayment | null;
  readonly refunds: readonly SeenRefund[];
  readonly disputes: DisputesSaid | null;
};
const nothing: Seen = { payment: null, refunds: [], disputes: null };

/** What the provider says of it now; null where it cannot be asked. */
async function look(
  till: Till,
  filmId: string,
  charge: Charge,
  { kind, about }: ProviderEvent,
): Promise<Seen | null> {
  const driver = await driverOf(till, filmId, charge);
  const ref = charge.providerRef ?? about.pageRef;
  if (!driver || ref === null) return nothing;
  const page = await driver.lookAtPage(ref);
  if (page.kind !== 'page') return page.kind === 'refused' ? nothing : null;
  const { paymentRef } = page.page;
  const seen: Seen = { ...nothing, payment: page.page };
  if (paymentRef === null) return seen;
  if (/dispute/.test(kind)) {
    const askedAt = till.clock();
    const asked = await driver.disputesOf(paymentRef);
    return asked.kind === 'disputes' ? { ...seen, disputes: { askedAt, disputes: asked.disputes } } : null;
  }
  if (!/refund/.test(kind)) return seen;
  const asked = await driver.refundsOf(paymentRef);
  return asked.kind === 'refunds' ? { ...seen, refunds: asked.refunds } : null;
}
