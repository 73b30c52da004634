import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import {
  freeInFund,
  type GrantRule,
  grantFor,
  grantRules,
  offerBySecret,
  ruleFor,
  waitForGrant,
} from '../fund/index.ts';
import { confirmOrders } from './confirm-orders.ts';
import { isGranted } from './grants.ts';
import { orderById } from './order.ts';
import { placeHolds } from './place-holds.ts';
import { type Sale, typesOnSale, whyNotSelling } from './sale.ts';
import type { TicketType } from './ticket-types.ts';

/** What the solidarity fund gives at a screening. */
export type GrantOffer = {
  readonly rule: GrantRule;
  /** Those that it pays: what is free anyway needs no grant. */
  readonly types: readonly TicketType[];
  /** Whether there is enough in the fund for the cheapest of them now. */
  readonly canPay: boolean;
};

/** The types of a screening that a grant pays. */
function grantedTypes(sale: Sale, now: Temporal.Instant): TicketType[] {
  if (whyNotSelling(sale.screening, now, false) !== null) return [];
  return typesOnSale(sale, now).filter(({ price }) => price > 0);
}

/** What the fund gives at a screening that sells; null: nothing, or nothing that costs anything. */
export async function grantOffer(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  sale: Sale,
): Promise<GrantOffer | null> {
  const { currency } = sale;
  const at = { channel: 'screening', currency, screeningId: sale.screening.id } as const;
  const rule = ruleFor(await grantRules(tx, filmId), at);
  const types = grantedTypes(sale, now);
  if (rule === null || rule.who === 'nobody' || types.length === 0) return null;
  const least = Math.min(...types.map(({ price }) => grantFor(rule, price)));
  return { rule, types, canPay: (await freeInFund(tx, filmId, now, currency)) >= least };
}

/** A claim of one place, as its form says it. */
export type Claim = {
  /** A secret as an order's: the same again is the same place. */
  readonly key: string;
  readonly screeningId: string;
  readonly ticketTypeId: string;
  readonly language: string;
  readonly name: string;
  readonly address: string | null;
  /** The address as the fund remembers it. */
  readonly mark: Buffer | null;
  /** What the letter's link carried, where a grant was offered after waiting; null: they just ask. */
  readonly offer: string | null;
  /** A steward's word as it was typed; empty: none. */
  readonly code: string;
  readonly bookedOn: Temporal.PlainDate;
};

/**
 * Gives somebody a place that the solidarity fund pays: held, paid and confirmed in this one transaction, or nothing.
 * @throws {Refusal} those of `placeHolds` · offer_over · lapsed · key_wrong · grant_needs_code, where what was typed is
 *   the film's own code
 */
export async function claimPlace(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  claim: Claim,
): Promise<{ readonly code: string }> {
  const { key, screeningId, ticketTypeId, language, name, address, mark, offer, code, bookedOn } = claim;
  const offered = offer === null ? null : await offerBySecret(tx, filmId, now, offer);
  // Pressed twice, the first press has used the offer up: the key finds what it gave.
  const offerId = offered?.id ?? null;
  const request = {
    ...({ key, screeningId, gift: 0, code, channel: 'site', language, referral: null } as const),
    choices: [{ ticketTypeId: offered?.ticketTypeId ?? ticketTypeId, quantity: 1, amount: null }],
    // A code is a promise that a steward has given: no address counts against it.
    ...(code.trim() === '' ? { grant: { mark, offerId } } : {}),
  };
  const [held] = await placeHolds(tx, filmId, now, [request]);
  if (held?.kind === 'refused')
    throw offer !== null && offered === null ? new Refusal('offer_over') : held.refusal;
  if (held?.kind !== 'held') throw new Refusal('key_wrong');
  const order = await orderById(tx, filmId, held.orderId);
  if (!order || !isGranted(order)) throw new Refusal('grant_needs_code');
  const confirmation = {
    ...({ orderId: held.orderId, method: 'free', buyer: { name, address }, guestNames: [] } as const),
  };
  const [answer] = await confirmOrders(tx, filmId, now, by, { bookedOn, confirmations: [confirmation] });
  if (answer?.kind === 'refused') throw answer.refusal;
  return { code: held.code };
}

/**
 * Keeps an address until the fund can pay a place of this type, or the screening begins.
 * @throws {Refusal} no_grants · no_such_type
 */
export async function waitForPlace(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  sale: Sale,
  who: {
    readonly ticketTypeId: string;
    readonly address: string;
    readonly language: string;
    readonly site: string;
  },
): Promise<void> {
  const offer = await grantOffer(tx, filmId, now, sale);
  if (offer === null || offer.rule.who !== 'everyone') throw new Refusal('no_grants');
  const type = offer.types.find(({ id }) => id === who.ticketTypeId);
  if (!type) throw new Refusal('no_such_type');
  const { id: screeningId, startsAt: waitsUntil } = sale.screening;
  const { currency } = sale;
  const amount = grantFor(offer.rule, type.price);
  await waitForGrant(tx, filmId, now, { ...who, screeningId, currency, amount, waitsUntil });
}
