import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  codesByWord,
  type OrderFilter,
  orderChannels,
  orderStates,
  payMethods,
  readCode,
} from '../../../domain/boxoffice/index.ts';
import { latestRevision } from '../../../domain/film/index.ts';
import type { Tx } from '../../../platform/database/database.ts';

const orNone = <T extends z.ZodType>(field: T) => z.union([z.literal(''), field]).default('' as never);
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text <= '2100-01-01');
const line = (charactersMax: number) =>
  z
    .string()
    .trim()
    .max(charactersMax)
    .regex(/^\P{Cc}*$/u)
    .default('');

/** What narrows the list, as it stands in its address. */
export const ordersQuery = z.object({
  search: line(200),
  screening: orNone(z.uuid()),
  state: orNone(z.enum(orderStates)),
  method: orNone(z.enum(payMethods)),
  channel: orNone(z.enum(orderChannels)),
  code: line(40),
  from: orNone(day),
  to: orNone(day),
  before: orNone(z.uuid()),
});
export type OrdersView = z.output<typeof ordersQuery>;

/** The view as the domain wants it; null where it names a code that there is not, so that nothing fits. */
export async function filterOf(tx: Tx, filmId: string, view: OrdersView): Promise<OrderFilter | null> {
  const { search, screening, state, method, channel, code, from, to } = view;
  const word = readCode(code);
  const known = word === null ? undefined : (await codesByWord(tx, filmId, [word])).get(word);
  if (code !== '' && known === undefined) return null;
  const zone = (await latestRevision(tx, filmId))?.document.film.timezone ?? 'UTC';
  const begins = (text: string, later = 0): Temporal.Instant | null =>
    text === '' ? null : Temporal.PlainDate.from(text).add({ days: later }).toZonedDateTime(zone).toInstant();
  return {
    ...{ search, screeningId: screening || null, state: state || null, method: method || null },
    ...{ channel: channel || null, codeId: known?.id ?? null, from: begins(from), to: begins(to, 1) },
  };
}

/** `?state=open&page=…`: what a view keeps in its address. */
export function addressOf(view: Partial<OrdersView>): string {
  const asked = Object.entries(view).filter(([, value]) => value !== '' && value !== undefined);
  const query = new URLSearchParams(asked).toString();
  return query === '' ? '' : `?${query}`;
}
