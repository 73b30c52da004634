import type { Temporal } from 'temporal-polyfill';
import { Refusal } from '../../platform/refusal.ts';
import { shareOf } from '../ledger/index.ts';
import { isWhole } from './box-office.ts';
import type { Code } from './codes.ts';
import { priceMaximum, type TicketType } from './ticket-types.ts';

/** So many places of a type; where people pay what they can, what they give for each, in minor units. */
export type Choice = {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly amount: number | null;
};

/** A line of an order as it is quoted. Of each place, in minor units: its price, and what a code takes off it. */
export type QuotedLine = {
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly price: number;
  readonly off: number;
  /** What the solidarity fund pays of it. */
  readonly granted: number;
};

export type Quote = {
  readonly currency: string;
  readonly lines: readonly QuotedLine[];
  readonly gift: number;
  /** What the buyer owes: the lines less what is taken off or granted, and the gift. */
  readonly total: number;
  /** How many places a code is used for, and how much it takes off in all. */
  readonly codeUses: number;
  readonly codeMoney: number;
};

/** As large as a gift may be, in minor units; the database holds to the same. */
export const giftMax = 1_000_000_000;
const linesMax = 20;

/** Whether a type is on sale, or why not. */
export function whyNotOnSale(
  type: Pick<TicketType, 'saleFrom' | 'saleUntil' | 'withdrawnAt'>,
  now: Temporal.Instant,
): 'withdrawn' | 'not_yet' | 'over' | null {
  if (type.withdrawnAt !== null) return 'withdrawn';
  if (type.saleFrom && type.saleFrom.epochMilliseconds > now.epochMilliseconds) return 'not_yet';
  if (type.saleUntil && type.saleUntil.epochMilliseconds <= now.epochMilliseconds) return 'over';
  return null;
}

export type Chosen = {
  readonly choices: readonly Choice[];
  readonly gift: number;
  readonly code: Code | null;
  /** The team sells and gives at its desk and at the door, also what is not on sale to others. */
  readonly isTeam?: boolean;
};

/**
 * What a choice costs: the one place where a price is made. Whole numbers throughout; what a percentage leaves of a
 * minor unit is rounded half to even, in each place.
 * @throws {Refusal} nothing_chosen · too_many_lines · no_such_type · type_withdrawn · type_not_yet · type_over ·
 *   needs_code · quantity_wrong · too_many_of_type · amount_missing · amount_too_small · amount_too_large ·
 *   amount_not_asked · gift_wrong · code_takes_nothing
 */
export function quote(
  types: readonly TicketType[],
  { choices, gift, code, isTeam = false }: Chosen,
  now: Temporal.Instant,
): Quote {
  if (choices.length === 0) throw new Refusal('nothing_chosen');
  if (choices.length > linesMax) throw new Refusal('too_many_lines', { max: linesMax });
  if (!isWhole(gift, 0, giftMax)) throw new Refusal('gift_wrong');
  const counted = new Map<string, number>();
  const lines = choices.map((choice) => {
    const type = types.find(({ id }) => id === choice.ticketTypeId);
    if (!type || (type.kind === 'comp' && !isTeam)) throw new Refusal('no_such_type');
    const sum = (counted.get(type.id) ?? 0) + choice.quantity;
    counted.set(type.id, sum);
    if (!isTeam) refuseOffSale(type, code, now);
    refuseQuantity(type, choice.quantity, isTeam ? 0 : sum);
    const price = priceOf(type, choice.amount);
    return {
      ticketTypeId: type.id,
      quantity: choice.quantity,
      price,
      off: offOf(code, type, price),
      granted: 0,
    };
  });
  const currency = types.find(({ id }) => id === lines[0]?.ticketTypeId)?.currency ?? '';
  const codeMoney = sumOf(lines, ({ off }) => off);
  if (code !== null && codeMoney === 0 && !unlocksAny(code, lines)) throw new Refusal('code_takes_nothing');
  const uses = lines.filter(({ off, ticketTypeId }) => off > 0 || code?.ticketTypeId === ticketTypeId);
  return {
    currency,
    lines,
    gift,
    total: sumOf(lines, ({ price, off, granted }) => price - off - granted) + gift,
    codeUses: code === null ? 0 : uses.reduce((sum, { quantity }) => sum + quantity, 0),
    codeMoney,
  };
}

function refuseOffSale(type: TicketType, code: Code | null, now: Temporal.Instant): void {
  const why = whyNotOnSale(type, now);
  if (why !== null) throw new Refusal(`type_${why}`, { type: type.id });
  if (type.needsCode && code?.ticketTypeId !== type.id) throw new Refusal('needs_code', { type: type.id });
}

function refuseQuantity({ id, perOrderMax }: TicketType, quantity: number, sum: number): void {
  if (!isWhole(quantity, 1, 100)) throw new Refusal('quantity_wrong', { type: id });
  if (sum > perOrderMax) throw new Refusal('too_many_of_type', { type: id, max: perOrderMax });
}

function priceOf(type: TicketType, amount: number | null): number {
  const { id } = type;
  if (type.kind !== 'pwyw') {
    if (amount !== null) throw new Refusal('amount_not_asked', { type: id });
    return type.price;
  }
  if (amount === null || !isWhole(amount, 0, priceMaximum)) throw new Refusal('amount_missing', { type: id });
  if (amount < (type.priceMin ?? 0))
    throw new Refusal('amount_too_small', { type: id, min: type.priceMin ?? 0 });
  if (amount > (type.priceMax ?? 0))
    throw new Refusal('amount_too_large', { type: id, max: type.priceMax ?? 0 });
  return amount;
}

/** What a code takes off one place. What people give as they can is theirs to say: only a comp changes that. */
function offOf(code: Code | null, type: TicketType, price: number): number {
  if (code === null || (code.ticketTypeId !== null && code.ticketTypeId !== type.id)) return 0;
  if (code.kind === 'comp') return price;
  if (type.kind !== 'fixed') return 0;
  if (code.kind === 'percent') return shareOf(price, code.off, 100);
  return Math.min(price, code.off);
}

function unlocksAny(code: Code, lines: readonly QuotedLine[]): boolean {
  return lines.some(({ ticketTypeId }) => ticketTypeId === code.ticketTypeId);
}

function sumOf(lines: readonly QuotedLine[], each: (line: QuotedLine) => number): number {
  return lines.reduce((sum, line) => sum + each(line) * line.quantity, 0);
}
