import type { Temporal } from 'temporal-polyfill';
import { sayMoment } from './dates.ts';
import { words } from './words/index.ts';

/**
 * The rule for refunds in one sentence: on the page where people buy, in the letter, on the ticket, the same words.
 * @param until what `refundUntil` says, in the venue's own zone
 */
export function refundRule(until: Temporal.Instant | null, timeZone: string, language: string): string {
  const { refund } = words(language).boxoffice;
  return until === null ? refund.never : refund.until(sayMoment(until, timeZone, language));
}
