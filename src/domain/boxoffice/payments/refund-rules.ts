import type { Temporal } from 'temporal-polyfill';
import type { BoxOffice } from '../box-office.ts';
import type { Order, OrderLine, Ticket } from '../order.ts';
import { refundUntil } from '../refund-rule.ts';
import type { Charge } from './charges.ts';
import type { Refund } from './refunds.ts';

export type WhyNotRefund = 'not_confirmed' | 'no_refunds' | 'too_late' | 'nothing_left';

/**
 * Why tickets of an order cannot be given back, or null. The team may always while there is something to give back;
 * the buyer until the film's own time.
 */
export function whyNotRefund(
  order: Pick<Order, 'confirmedAt' | 'cancelledAt' | 'tickets'>,
  {
    boxOffice,
    startsAt,
    isTeam,
  }: {
    readonly boxOffice: Pick<BoxOffice, 'refundHours'>;
    readonly startsAt: Temporal.Instant;
    readonly isTeam: boolean;
  },
  now: Temporal.Instant,
): WhyNotRefund | null {
  if (order.confirmedAt === null) return 'not_confirmed';
  if (!order.tickets.some(({ cancelledAt }) => cancelledAt === null)) return 'nothing_left';
  if (isTeam) return null;
  const until = refundUntil(boxOffice, startsAt);
  if (until === null) return 'no_refunds';
  return until.epochMilliseconds > now.epochMilliseconds ? null : 'too_late';
}

/** What the buyer paid for a ticket, in minor units: what a code took off and what the fund gave is not theirs. */
export function paidFor({ line }: Pick<Ticket, 'line'>, lines: readonly OrderLine[]): number {
  const its = lines.find((each) => each.line === line);
  return its ? its.price - its.off - its.granted : 0;
}

/** What of a payment is still there to give back: of its tickets, and of its gift. Minor units. */
export type LeftOfCharge = { readonly ofTickets: number; readonly ofGift: number };

/**
 * What was not given back yet of a payment that an order stands on; refunds that failed gave nothing. What a dispute
 * withholds is the buyer's bank's already: of the tickets' money first.
 */
export function leftOf(
  { gift }: Pick<Order, 'gift'>,
  { id, captured, disputed }: Pick<Charge, 'id' | 'captured' | 'disputed'>,
  refunds: readonly Pick<Refund, 'chargeId' | 'amount' | 'ofGift' | 'state'>[],
): LeftOfCharge {
  const gone = refunds.filter(({ chargeId, state }) => chargeId === id && state !== 'failed');
  const goneOfGift = gone.reduce((sum, { ofGift }) => sum + ofGift, 0);
  const goneOfTickets = gone.reduce((sum, { amount, ofGift }) => sum + amount - ofGift, 0);
  const ofTickets = captured - gift - goneOfTickets;
  const ofGift = gift - goneOfGift;
  return {
    ofTickets: Math.max(0, ofTickets - disputed),
    ofGift: Math.max(0, ofGift - Math.max(0, disputed - Math.max(0, ofTickets))),
  };
}
