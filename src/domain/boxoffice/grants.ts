import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import {
  dropGrants,
  type GrantCode,
  type GrantRule,
  grantFor,
  isOffered,
  lockFund,
  returnGrant,
  ruleFor,
  setGrantAside,
  takeOffer,
} from '../fund/index.ts';
import { accrueShares, post } from '../ledger/index.ts';
import type { Quote } from './choices.ts';
import { type Order, sayOrderCode } from './order.ts';
import { soldOf } from './order-postings.ts';
import type { TicketType } from './ticket-types.ts';

/** Somebody claims a place from the solidarity fund, without a code. */
export type GrantClaim = {
  /** Their address as the fund remembers it; null: they leave none. */
  readonly mark: Buffer | null;
  /** What was offered to them after they waited; null: they just ask. */
  readonly offerId: string | null;
};

/** A place that the fund is to pay. */
export type GrantWanted = {
  readonly rule: GrantRule;
  readonly amount: number;
  readonly code: GrantCode | null;
  readonly claim: GrantClaim;
};

const byCode: GrantClaim = { mark: null, offerId: null };

/**
 * The same choice with its one place paid by the fund: what the rule pays comes from there, the film forgoes the rest,
 * and nothing is left to pay. What people give as they can counts as what is suggested.
 * @throws {Refusal} grant_one_place · grant_and_gift · grant_not_needed · no_grants
 */
export function granted(
  quoted: Quote,
  types: readonly TicketType[],
  rules: readonly GrantRule[],
  {
    screeningId,
    code,
    claim = byCode,
  }: {
    readonly screeningId: string;
    readonly code: GrantCode | null;
    readonly claim?: GrantClaim | undefined;
  },
): { readonly quote: Quote; readonly grant: GrantWanted } {
  const { currency, gift } = quoted;
  const [line, ...others] = quoted.lines;
  if (!line || others.length > 0 || line.quantity !== 1) throw new Refusal('grant_one_place');
  if (gift > 0) throw new Refusal('grant_and_gift');
  const type = types.find(({ id }) => id === line.ticketTypeId);
  const price = type?.price ?? 0;
  if (price === 0) throw new Refusal('grant_not_needed');
  const rule = ruleFor(rules, { channel: 'screening', currency, screeningId });
  if (rule === null || rule.who === 'nobody') throw new Refusal('no_grants');
  const amount = grantFor(rule, price);
  const paid = { ...line, price, off: price - amount, granted: amount };
  const quote = { ...quoted, lines: [paid], total: 0, codeUses: 0, codeMoney: 0 };
  return { quote, grant: { rule, amount, code, claim } };
}

type Wanting = {
  readonly orderId: string;
  readonly lapsesAt: Temporal.Instant;
  readonly grant: GrantWanted | null;
  readonly request: { readonly screeningId: string };
};

/** Locks the fund for all who want a grant; before any capacity. */
export async function lockFundFor(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  all: readonly Wanting[],
): Promise<void> {
  const currencies = all.flatMap(({ grant }) => (grant ? [grant.rule.currency] : []));
  await lockFund(tx, filmId, now, currencies);
}

/**
 * Pays one place from the fund around the taking of it: nothing is set aside for whom there is no place, and no place
 * is taken that the fund does not pay.
 */
export async function withGrant(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, lapsesAt: expiresAt, grant, request: { screeningId } }: Wanting,
  takePlace: () => Promise<Refusal | null>,
): Promise<Refusal | null> {
  if (!grant) return await takePlace();
  const { rule, amount, code, claim } = grant;
  const { mark, offerId } = claim;
  if (offerId !== null && !(await isOffered(tx, filmId, now, offerId))) return new Refusal('offer_over');
  if (offerId !== null)
    // An offer stays theirs where there is no place just now.
    return (
      (await takePlace()) ?? (await takeOffer(tx, filmId, { waitId: offerId, orderId, mark, expiresAt }))
    );
  const wish = { orderId, rule, screeningId, amount, code, mark, expiresAt };
  const refused = (await setGrantAside(tx, filmId, now, wish)) ?? (await takePlace());
  if (refused) await dropGrants(tx, filmId, [orderId]);
  return refused;
}

/** Lets go what the fund had set aside for an order that somebody changes. Before its places are taken anew. */
export async function letGrantGo(tx: Tx, filmId: string, now: Temporal.Instant, order: Order): Promise<void> {
  if (!isGranted(order)) return;
  await lockFund(tx, filmId, now, [order.currency]);
  await dropGrants(tx, filmId, [order.id]);
}

/** Whether the solidarity fund pays for an order. */
export const isGranted = ({ lines }: Pick<Order, 'lines'>): boolean => lines.some((line) => line.granted > 0);

/**
 * The place that the fund paid was cancelled: its money goes back to the fund, there and in the books, and shares of it
 * go back with it. Said again it is nothing. Of an order that no grant paid it is nothing too. The caller holds the order,
 * and gives its places back afterwards: the fund is locked before any capacity.
 */
export async function giveGrantBack(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { order, bookedOn }: { readonly order: Order; readonly bookedOn: Temporal.PlainDate },
): Promise<void> {
  const line = order.lines.find((each) => each.granted > 0);
  if (!line) return;
  const amount = await returnGrant(tx, filmId, now, order.id);
  if (amount === 0) return;
  const { currency } = order;
  await post(tx, filmId, now, by, {
    ...{ key: `grant-back:${order.id}`, kind: 'grant-back', memo: sayOrderCode(order.code), bookedOn },
    subjectId: order.id,
    lines: [
      { account: 'income.tickets', amount, currency, partId: line.ticketTypeId },
      { account: 'fund', amount: -amount, currency },
    ],
  });
  await accrueShares(tx, filmId, now, by, [soldOf(order, bookedOn)]);
}
