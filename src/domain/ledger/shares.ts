import type { Temporal } from 'temporal-polyfill';
import { shareOf } from './money.ts';
import type { Line } from './rules.ts';
import type { ShareBase } from './tables.ts';

/** What a share rule says; minor units and hundredths of a percent. */
export type ShareTerms = {
  readonly base: ShareBase;
  readonly points: number | null;
  readonly fixed: number | null;
};

/** What is left of one sale's tickets in one currency, as its groups in the books say. */
export type SaleRemains = {
  readonly currency: string;
  /** Tickets and the tax on them, what the solidarity fund paid included, less what was refunded. */
  readonly gross: number;
  /** What the tickets carry of the fees: by their part of what was paid when it was sold. A refund leaves it. */
  readonly fees: number;
  readonly tax: number;
};

const orderKind = 'order';

/**
 * Reads what remains of a sale out of the groups about it: nothing else is asked. Where a gift was paid with the
 * tickets, each carries its part of the fees by value, rounded half to even.
 */
export function remainsOf(
  groups: readonly { readonly kind: string; readonly lines: readonly Line[] }[],
): SaleRemains[] {
  const currencies = new Set(groups.flatMap(({ lines }) => lines.map(({ currency }) => currency)));
  return [...currencies].sort().map((currency) => {
    const sum = (account: string, kind?: string): number =>
      groups
        .filter((group) => kind === undefined || group.kind === kind)
        .flatMap(({ lines }) => lines)
        .filter((line) => line.currency === currency && line.account === account)
        .reduce((all, { amount }) => all + amount, 0);
    const tax = 0 - sum('sales-tax');
    const paidTickets = 0 - sum('income.tickets', orderKind) - sum('sales-tax', orderKind);
    const paidInAll = paidTickets - sum('fund', orderKind);
    const fees = Math.max(0, sum('expense.fees'));
    return {
      currency,
      gross: tax - sum('income.tickets'),
      fees: paidInAll > 0 ? shareOf(fees, paidTickets, paidInAll) : fees,
      tax,
    };
  });
}

/**
 * What a rule gives of what remains of one sale, rounded half to even; the rest stays the film's. Never less than
 * nothing: a fee that is lost on a sale without money is the film's.
 */
export function shareIn({ base, points, fixed }: ShareTerms, { gross, fees, tax }: SaleRemains): number {
  const less = { gross: 0, 'net-of-fees': fees, 'net-of-fees-and-tax': fees + tax }[base];
  const on = Math.max(0, gross - less);
  if (fixed !== null) return gross > 0 ? Math.min(fixed, on) : 0;
  return shareOf(on, points ?? 0, pointsOfAll);
}

/** So many hundredths of a percent are all of it. */
export const pointsOfAll = 10_000;

/** Where and how something was sold, as rules ask for it. */
export type SaleScope = { readonly screeningId: string | null; readonly channel: string | null };

/** Whether a rule is about a sale: its screening, its channel, and that it held when it was sold. */
export function isAbout(
  rule: SaleScope & {
    readonly currency: string | null;
    readonly startsAt: Temporal.Instant;
    readonly endedAt: Temporal.Instant | null;
  },
  sale: SaleScope & { readonly currency: string; readonly soldAt: Temporal.Instant },
): boolean {
  const sold = sale.soldAt.epochMilliseconds;
  return (
    (rule.screeningId === null || rule.screeningId === sale.screeningId) &&
    (rule.channel === null || rule.channel === sale.channel) &&
    (rule.currency === null || rule.currency === sale.currency) &&
    rule.startsAt.epochMilliseconds <= sold &&
    (rule.endedAt === null || sold < rule.endedAt.epochMilliseconds)
  );
}
