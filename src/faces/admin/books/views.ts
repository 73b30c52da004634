import { z } from 'zod';
import { accountKinds, isCurrency } from '../../../domain/ledger/index.ts';
import { BadRequest } from '../../edge/bad-request.ts';
import type { DeskContext } from '../desk.ts';

const dayMin = '2000-01-01';
const dayMax = '2100-01-01';
const isDay = (day: string): boolean => day >= dayMin && day <= dayMax;
const day = z.iso.date('A day such as 2026-11-25').refine(isDay, 'A day of this century');
const dayOrNone = z.union([z.literal(''), day]).default('');
const code = z
  .string()
  .max(120)
  .regex(/^[a-z0-9.-]*$/);
const currency = z.string().refine(isCurrency, 'A currency of the list');

/** Through which day the balances count; empty: through everything. */
export const balanceQuery = z.object({ through: dayOrNone });

export const journalQuery = z.object({
  account: code.default(''),
  kind: z
    .string()
    .max(40)
    .regex(/^[a-z-]*$/)
    .default(''),
  from: dayOrNone,
  to: dayOrNone,
  /** The last group of the page before: `2026-11-25.<id>`. */
  after: z.union([z.literal(''), z.string().refine(isPlace)]).default(''),
});
export type JournalQuery = z.output<typeof journalQuery>;

export const statementQuery = z.object({
  currency: z.union([z.literal(''), currency]).default(''),
  from: dayOrNone,
  to: dayOrNone,
});

export const entryForm = z.object({
  key: z.uuid(),
  memo: z.string().trim().min(1, 'What the money was for').max(500, 'At most 500 characters'),
  booked_on: day,
  from: code.min(1, 'Where the money comes from'),
  to: code.min(1, 'Where the money goes'),
  amount: z.string().trim().min(1, 'How much').max(30, 'An amount such as 1,234.50'),
  currency,
});

export const accountForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'What the account is called')
    .max(100, 'At most 100 characters')
    .regex(/^[^\n\t]*$/, 'One line'),
  kind: z.enum(accountKinds, 'What kind of account it is'),
});

/** The query of a page of the books. @throws {BadRequest} */
export function asked<Schema extends z.ZodType>(c: DeskContext, schema: Schema): z.output<Schema> {
  const query = schema.safeParse(c.req.query());
  if (!query.success) throw new BadRequest();
  return query.data;
}

export function isId(id: string): boolean {
  return z.uuid().safeParse(id).success;
}

function isPlace(after: string): boolean {
  return after.charAt(10) === '.' && day.safeParse(after.slice(0, 10)).success && isId(after.slice(11));
}
