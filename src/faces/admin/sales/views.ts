import { z } from 'zod';
import { type SalesView, salesViews } from '../../../domain/boxoffice/index.ts';

const orNone = <T extends z.ZodType>(field: T) => z.union([z.literal(''), field]).default('' as never);
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text <= '2100-01-01');

/** Which sales a report shows, and by what it takes them apart. */
export const salesQuery = z.object({
  by: z.enum(salesViews).default('screening'),
  screening: orNone(z.uuid()),
  from: orNone(day),
  to: orNone(day),
});
export type SalesQuery = z.output<typeof salesQuery>;

export const viewWords: Readonly<Record<SalesView, string>> = {
  screening: 'Screening',
  type: 'Ticket type',
  day: 'Day',
  code: 'Code',
  referral: 'Who sent them',
  channel: 'Where',
};

/** `?by=day&screening=…`: what a report keeps in its address. */
export function addressOf(view: Partial<SalesQuery>): string {
  const asked = Object.entries(view).filter(([, value]) => value !== '' && value !== undefined);
  const query = new URLSearchParams(asked).toString();
  return query === '' ? '' : `?${query}`;
}
