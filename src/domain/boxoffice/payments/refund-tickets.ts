import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import { giftLeft, lockFund, takeBackGift } from '../../fund/index.ts';
import { screeningById } from '../../screenings/index.ts';
import { boxOfficeOf, isWhole } from '../box-office.ts';
import { lockOrders, type Order, sayOrderCode, type Ticket } from '../order.ts';
import { admittedAmong } from '../scans.ts';
import { cancelTickets } from './cancel-tickets.ts';
import { sayAmount } from './charge-postings.ts';
import { type Charge, chargesOf } from './charges.ts';
import { settleOwnRefund } from './refund-by-hand.ts';
import { leftOf, paidFor, whyNotRefund } from './refund-rules.ts';
import { askRefund, refundById, refundsOf } from './refunds.ts';

export type RefundAsk = {
  readonly orderId: string;
  /** Which tickets are given back; their places go to others at once. */
  readonly ticketIds: readonly string[];
  /** Whether the gift to the fund goes back with them: the team's to say, never the buyer's. */
  readonly withGift: boolean;
  /** team: any ticket, at any time. buyer: under the film's rule. */
  readonly as: 'team' | 'buyer';
  readonly reason?: 'tickets' | 'screening';
};

export type RefundAsked = {
  /** null: nothing was paid for them, so no money moves. */
  readonly refundId: string | null;
  readonly amount: number;
  readonly currency: string;
};

/**
 * Gives tickets of an order back: cancels them, and asks the provider for their money. Tickets that are cancelled
 * already are passed over, so that a second click gives nothing back twice. The money never exceeds what is left.
 * @throws {Refusal} no_such_order · not_confirmed · nothing_left · no_refunds · too_late · no_such_ticket ·
 *   admitted, where a buyer gives back what let them in
 */
export async function refundTickets(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { orderId, ticketIds, withGift, as, reason = 'tickets' }: RefundAsk,
): Promise<RefundAsked> {
  const order = await lockedOrder(tx, filmId, orderId);
  const wanted = new Set(ticketIds);
  const all = order.tickets.filter(({ id }) => wanted.has(id));
  if (all.length < wanted.size) throw new Refusal('no_such_ticket');
  const screening = await screeningById(tx, filmId, order.screeningId);
  if (!screening) throw new Refusal('no_such_order');
  const boxOffice = await boxOfficeOf(tx, filmId);
  const rule = { boxOffice, startsAt: screening.startsAt, isTeam: as === 'team' };
  const why = whyNotRefund(order, rule, now);
  if (why !== null) throw new Refusal(why);
  const tickets = all.filter(({ cancelledAt }) => cancelledAt === null);
  // Before any place: see docs/locking.md.
  if (withGift && order.gift > 0) await lockFund(tx, filmId, now, [order.currency]);
  // Whoever came in has had what they paid for; only the team gives that back.
  if (as === 'buyer' && (await admittedAmong(tx, filmId, ticketIds)).size > 0) throw new Refusal('admitted');
  await cancelTickets(tx, filmId, now, by, { order, tickets });
  const asked = await askMoney(tx, filmId, now, by, { order, tickets, withGift, reason });
  if (tickets.length > 0)
    await recordAudit(tx, filmId, now, by, {
      ...{ action: 'boxoffice.refund', subject: sayOrderCode(order.code) },
      details: { tickets: tickets.length, amount: sayAmount(asked.amount, asked.currency) },
    });
  return asked;
}

/**
 * Gives back a sum of an order's money and cancels no ticket: a seat that was bad, a gift that was a slip of the
 * finger. Of the tickets' money, unless it is said to be of the gift. Said again under its key it is the same refund.
 * @throws {Refusal} no_such_order · not_confirmed · sum_wrong · more_than_left (naming what is left)
 */
export async function refundSum(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { key, orderId, amount, ofGift }: { key: string; orderId: string; amount: number; ofGift: boolean },
): Promise<RefundAsked> {
  const order = await lockedOrder(tx, filmId, orderId);
  const standing = await refundById(tx, filmId, key);
  if (standing?.orderId === orderId)
    return { refundId: key, amount: standing.amount, currency: order.currency };
  if (order.confirmedAt === null) throw new Refusal('not_confirmed');
  if (!isWhole(amount, 1, Number.MAX_SAFE_INTEGER)) throw new Refusal('sum_wrong');
  const charge = await standingCharge(tx, filmId, order);
  const left = charge ? leftOf(order, charge, await refundsOf(tx, filmId, orderId)) : null;
  const unspent = ofGift ? await giftLeft(tx, filmId, orderId) : 0;
  const most = ofGift ? Math.min(left?.ofGift ?? 0, unspent) : (left?.ofTickets ?? 0);
  if (!charge || amount > most) throw new Refusal('more_than_left', { left: most });
  const refundId = await ask(tx, filmId, now, by, {
    ...{ id: key, order, charge, amount, ofGift: ofGift ? amount : 0, reason: 'sum', tickets: [] },
  });
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.refund_sum', subject: sayOrderCode(order.code) },
    details: { amount: sayAmount(amount, order.currency) },
  });
  return { refundId, amount, currency: order.currency };
}

async function lockedOrder(tx: Tx, filmId: string, orderId: string): Promise<Order> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  if (!order) throw new Refusal('no_such_order');
  return order;
}

type Asking = {
  readonly order: Order;
  readonly tickets: readonly Ticket[];
  readonly withGift: boolean;
  readonly reason: 'tickets' | 'screening';
};

async function askMoney(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { order, tickets, withGift, reason }: Asking,
): Promise<RefundAsked> {
  const { currency } = order;
  const none = { refundId: null, amount: 0, currency };
  if (order.total === 0 || (tickets.length === 0 && !withGift)) return none;
  const charge = await standingCharge(tx, filmId, order);
  if (!charge) return none;
  const left = leftOf(order, charge, await refundsOf(tx, filmId, order.id));
  const priced = tickets.map((ticket) => ({
    ...{ ticketId: ticket.id, ticketTypeId: ticket.ticketTypeId, amount: paidFor(ticket, order.lines) },
  }));
  const inParts = shareOut(priced, left.ofTickets);
  const ofTickets = inParts.reduce((sum, { amount }) => sum + amount, 0);
  // What of the gift has paid for somebody's place stays given.
  const ofGift = withGift ? Math.min(left.ofGift, await giftLeft(tx, filmId, order.id)) : 0;
  const amount = ofTickets + ofGift;
  if (amount === 0) return none;
  const refundId = await ask(tx, filmId, now, by, {
    order,
    charge,
    amount,
    ofGift,
    reason,
    tickets: inParts,
  });
  return { refundId, amount, currency };
}

/** Each ticket at its price for as long as there is money left: a sum that went back before is not paid twice. */
function shareOut<T extends { readonly amount: number }>(tickets: readonly T[], left: number): T[] {
  let rest = Math.max(0, left);
  return tickets.map((ticket) => {
    const amount = Math.min(ticket.amount, rest);
    rest -= amount;
    return { ...ticket, amount };
  });
}

async function ask(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    order,
    charge,
    ...refund
  }: Omit<Parameters<typeof askRefund>[4], 'orderId' | 'chargeId' | 'currency'> & {
    order: Order;
    charge: Charge;
  },
): Promise<string> {
  const { id: chargeId, currency } = charge;
  // From now on nobody's place is paid from it.
  if (refund.ofGift > 0) await takeBackGift(tx, filmId, now, { orderId: order.id, amount: refund.ofGift });
  const id = await askRefund(tx, filmId, now, by, { ...refund, orderId: order.id, chargeId, currency });
  // Nobody paid an invoice that is still owed: less is owed, and no money moves.
  if (charge.method === 'invoice' && charge.succeededAt === null)
    await settleOwnRefund(tx, filmId, now, by, id);
  return id;
}

/**
 * The payment that an order stands on. One that was sold for cash, cheque or by a reader elsewhere has none until
 * somebody asks for it.
 */
export async function standingCharge(tx: Tx, filmId: string, order: Order): Promise<Charge | null> {
  const standing = (await chargesOf(tx, filmId, order.id)).find(({ fulfils }) => fulfils === true);
  if (standing) return standing;
  const { method, confirmedAt, total: amount, currency, id: orderId } = order;
  const isByHand = method === 'cash' || method === 'cheque' || method === 'card-reader';
  if (!isByHand || confirmedAt === null || amount === 0) return null;
  await tx
    .insertInto('charge')
    .values({
      ...{ filmId, id: newId(), orderId, provider: 'offline', method, amount, currency },
      ...{ startedAt: confirmedAt, succeededAt: confirmedAt, fulfils: true, captured: amount },
    })
    .execute();
  return (await chargesOf(tx, filmId, orderId)).find(({ fulfils }) => fulfils === true) ?? null;
}
