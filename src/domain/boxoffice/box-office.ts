import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import './tables.ts';

/** How a film sells, at all of its screenings. */
export type BoxOffice = {
  /** How long places stay set aside while somebody fills in who comes. */
  readonly holdMinutes: number;
  /** Until how many hours before the start buyers may give tickets back for their money; null: they may not. */
  readonly refundHours: number | null;
  /** How many days an invoice may take; null: nobody pays by invoice. */
  readonly invoiceDays: number | null;
  /** How long somebody who waited may think over a place that came back. */
  readonly offerHours: number;
};

/** What a film starts with: a quarter of an hour to pay, money back until a day before, no invoices. */
export const newBoxOffice: BoxOffice = {
  ...{ holdMinutes: 15, refundHours: 24, invoiceDays: null, offerHours: 6 },
};

export const holdMinutesMin = 5;
export const holdMinutesMax = 60;
export const refundHoursMax = 720;
export const invoiceDaysMax = 120;
export const offerHoursMax = 72;

/** How a film sells. */
export async function boxOfficeOf(tx: Tx, filmId: string): Promise<BoxOffice> {
  const row = await tx
    .selectFrom('boxOffice')
    .select(['holdMinutes', 'refundHours', 'invoiceDays', 'offerHours'])
    .where('filmId', '=', filmId)
    .executeTakeFirst();
  return row ?? newBoxOffice;
}

/**
 * Changes how a film sells. Orders keep the rule that they were made under only where it is kinder: see `refundUntil`.
 * @throws {Refusal} hold_minutes_wrong · refund_hours_wrong · invoice_days_wrong · offer_hours_wrong
 */
export async function saveBoxOffice(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  box: BoxOffice,
): Promise<void> {
  const { holdMinutes, refundHours, invoiceDays, offerHours } = box;
  if (!isWhole(holdMinutes, holdMinutesMin, holdMinutesMax)) throw new Refusal('hold_minutes_wrong');
  if (refundHours !== null && !isWhole(refundHours, 0, refundHoursMax))
    throw new Refusal('refund_hours_wrong');
  if (invoiceDays !== null && !isWhole(invoiceDays, 1, invoiceDaysMax))
    throw new Refusal('invoice_days_wrong');
  if (!isWhole(offerHours, 1, offerHoursMax)) throw new Refusal('offer_hours_wrong');
  const rules = { holdMinutes, refundHours, invoiceDays, offerHours };
  await tx
    .insertInto('boxOffice')
    .values({ filmId, ...rules, changedAt: now })
    .onConflict((conflict) => conflict.column('filmId').doUpdateSet({ ...rules, changedAt: now }))
    .execute();
  await recordAudit(tx, filmId, now, by, { action: 'boxoffice.rules', subject: '', details: { ...box } });
  await dropPages(tx, filmId, 'screenings');
}

/** Whether a value is a whole number between two others, both included. */
export function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
