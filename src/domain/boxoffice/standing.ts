import type { Temporal } from 'temporal-polyfill';
import { whyNotOnSale } from './choices.ts';
import { type Sale, typesOnSale, whyNotSelling } from './sale.ts';
import type { TicketType } from './ticket-types.ts';

/** How a sale stands for somebody who comes to it now: what every page, list and feed says of it. */
export type Standing =
  /** Anybody may choose. */
  | { readonly kind: 'open' }
  /** Only who has a code may. `from`: when others may, where that is set. */
  | { readonly kind: 'code'; readonly from: Temporal.Instant | null }
  /** Tickets will be sold here; the team has not said that it sells. */
  | { readonly kind: 'announced' }
  | { readonly kind: 'not_yet'; readonly from: Temporal.Instant }
  /** `isForNow`: some of the places are held by people who may not take them. `hasLine`: one may wait for a place. */
  | { readonly kind: 'full'; readonly isForNow: boolean; readonly hasLine: boolean }
  /** The types' time is over, though there are places. */
  | { readonly kind: 'over' };

/** How a sale stands; null where nobody is offered anything: it is cancelled, postponed, past, or for comps alone. */
export function standingOf(sale: Sale, now: Temporal.Instant): Standing | null {
  const { screening, availability } = sale;
  const why = whyNotSelling(screening, now, false);
  const offered = sale.types.filter(({ kind }) => kind !== 'comp');
  if ((why !== null && why !== 'not_on_sale' && why !== 'sold_out') || offered.length === 0) return null;
  if (why === 'not_on_sale') return { kind: 'announced' };
  if (why === 'sold_out' || availability.open === 0) {
    const hasBegun = screening.startsAt.epochMilliseconds <= now.epochMilliseconds;
    const hasLine = !hasBegun && typesOffered(sale, now).length > 0;
    return { kind: 'full', isForNow: why === null && availability.held > 0, hasLine };
  }
  if (typesOnSale(sale, now).length > 0) return { kind: 'open' };
  const isUsedUp = sale.types.some((type) => sale.usedUp.has(type.id) && whyNotOnSale(type, now) === null);
  const from = firstOf(typesOffered(sale, now));
  if (offered.some((type) => type.needsCode && whyNotOnSale(type, now) === null))
    return { kind: 'code', from };
  // There are places, and nobody may have them as one of these types: no line leads to them either.
  if (from === null && isUsedUp) return { kind: 'full', isForNow: false, hasLine: false };
  return from === null ? { kind: 'over' } : { kind: 'not_yet', from };
}

/** What somebody without a code may choose, now or later. */
export function typesOffered({ types, usedUp }: Sale, now: Temporal.Instant): TicketType[] {
  return types.filter((type) => {
    const why = whyNotOnSale(type, now);
    return (
      type.kind !== 'comp' && !type.needsCode && !usedUp.has(type.id) && (why === null || why === 'not_yet')
    );
  });
}

/** What a list says of prices: of those on sale, or else of those that will be. */
export function typesPriced(sale: Sale, now: Temporal.Instant): TicketType[] {
  const onSale = typesOnSale(sale, now);
  return onSale.length > 0 ? onSale : typesOffered(sale, now);
}

function firstOf(types: readonly TicketType[]): Temporal.Instant | null {
  let first: Temporal.Instant | null = null;
  for (const { saleFrom } of types)
    if (saleFrom && (first === null || saleFrom.epochMilliseconds < first.epochMilliseconds))
      first = saleFrom;
  return first;
}
