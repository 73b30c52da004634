import type { Temporal } from 'temporal-polyfill';
import type { BoxOffice } from './box-office.ts';

/** Until when buyers may give tickets back for their money; null: they may not. */
export function refundUntil(
  { refundHours }: Pick<BoxOffice, 'refundHours'>,
  startsAt: Temporal.Instant,
): Temporal.Instant | null {
  return refundHours === null ? null : startsAt.subtract({ hours: refundHours });
}
