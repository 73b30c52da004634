import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { lineText, type Text } from '../film/document/text.ts';
import { isCurrency } from '../ledger/index.ts';
import { placesMax } from './capacity.ts';
import { type TicketKind, ticketKinds } from './tables.ts';

/** What one may choose at a screening. Amounts in minor units of its currency. */
export type TicketType = {
  readonly id: string;
  readonly screeningId: string;
  readonly position: number;
  readonly name: Text;
  readonly about: Text | null;
  readonly kind: TicketKind;
  readonly currency: string;
  /** fixed: the price of a place. pwyw: what is suggested. Otherwise nothing. */
  readonly price: number;
  /** pwyw alone: the least and the most that somebody may give. */
  readonly priceMin: number | null;
  readonly priceMax: number | null;
  /** Of the screening's places, how many at most as this type; null: all. */
  readonly placesMax: number | null;
  readonly perOrderMax: number;
  readonly saleFrom: Temporal.Instant | null;
  readonly saleUntil: Temporal.Instant | null;
  /** Shown to those alone who bring a code for it. */
  readonly needsCode: boolean;
  readonly withdrawnAt: Temporal.Instant | null;
};

/** As dear as one place may be, in minor units; the database holds to the same. */
export const priceMaximum = 1_000_000_000;
export const perOrderMaximum = 100;
const typesMax = 50;

const price = z.number().int().min(0).max(priceMaximum);

/** A ticket type as somebody of the team writes it. */
export const ticketTypeDraft = z
  .strictObject({
    name: lineText,
    about: lineText.nullable(),
    kind: z.enum(ticketKinds),
    currency: z.string().refine(isCurrency, 'a currency such as USD'),
    price,
    priceMin: price.nullable(),
    priceMax: price.nullable(),
    placesMax: z.number().int().min(0).max(placesMax).nullable(),
    perOrderMax: z.number().int().min(1).max(perOrderMaximum),
    saleFrom: z.custom<Temporal.Instant>().nullable(),
    saleUntil: z.custom<Temporal.Instant>().nullable(),
    needsCode: z.boolean(),
  })
  .check((check) => {
    for (const [field, message] of whyNotType(check.value))
      check.issues.push({ code: 'custom', input: check.value, path: [field], message });
  });
export type TicketTypeDraft = z.infer<typeof ticketTypeDraft>;

type Priced = Pick<TicketType, 'kind' | 'price' | 'priceMin' | 'priceMax' | 'saleFrom' | 'saleUntil'>;

/** What a type says that cannot be, by its fields. */
function* whyNotType({
  kind,
  price,
  priceMin,
  priceMax,
  saleFrom,
  saleUntil,
}: Priced): Generator<[string, string]> {
  if (kind === 'fixed' && price === 0) yield ['price', 'more than nothing, or choose the kind free'];
  if ((kind === 'free' || kind === 'comp') && price !== 0) yield ['price', 'nothing, as its kind says'];
  if (kind === 'pwyw') {
    if (priceMin === null || priceMin > price) yield ['priceMin', 'at most what is suggested'];
    if (priceMax === null || priceMax < price) yield ['priceMax', 'at least what is suggested'];
  } else if (priceMin !== null || priceMax !== null)
    yield ['priceMin', 'only where people pay what they can'];
  if (saleFrom && saleUntil && saleFrom.epochMilliseconds >= saleUntil.epochMilliseconds)
    yield ['saleUntil', 'after the sale begins'];
}

/** A ticket type's columns. */
export const typeColumns = [
  ...(['ticketType.id', 'ticketType.screeningId', 'position', 'name', 'about', 'kind', 'currency'] as const),
  ...(['price', 'priceMin', 'priceMax', 'placesMax', 'perOrderMax', 'saleFrom', 'saleUntil'] as const),
  ...(['needsCode', 'withdrawnAt'] as const),
];

/** The ticket types of screenings (null: of all), in the team's order; withdrawn ones too. */
export async function ticketTypesOf(
  tx: Tx,
  filmId: string,
  screeningIds: readonly string[] | null,
): Promise<TicketType[]> {
  if (screeningIds?.length === 0) return [];
  let found = tx.selectFrom('ticketType').select(typeColumns).where('filmId', '=', filmId);
  if (screeningIds !== null) found = found.where('screeningId', 'in', screeningIds);
  return await found.orderBy('position').orderBy('id').execute();
}

/**
 * Adds a ticket type to a screening, after those that it has.
 * @throws {Refusal} no_box_office · too_many_types · another_currency, where the screening sells in one already
 */
export async function addTicketType(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { screeningId, draft }: { readonly screeningId: string; readonly draft: TicketTypeDraft },
): Promise<string> {
  const others = await lockedTypes(tx, filmId, screeningId);
  if (others.length >= typesMax) throw new Refusal('too_many_types');
  refuseOtherCurrency(others, draft);
  const id = newId();
  const position = Math.max(0, ...others.map((type) => type.position)) + 1;
  await tx
    .insertInto('ticketType')
    .values({ filmId, id, screeningId, position, ...columnsOf(draft) })
    .execute();
  await tellOfType(tx, filmId, now, by, 'boxoffice.add_type', draft.name);
  return id;
}

/**
 * Changes a ticket type. What was quoted to somebody stays as it was quoted.
 * @throws {Refusal} no_such_type · another_currency
 */
export async function editTicketType(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, draft }: { readonly id: string; readonly draft: TicketTypeDraft },
): Promise<void> {
  const { type, others } = await oneOf(tx, filmId, id);
  refuseOtherCurrency(others, draft);
  await tx
    .updateTable('ticketType')
    .set(columnsOf(draft))
    .where('filmId', '=', filmId)
    .where('id', '=', type.id)
    .execute();
  await tellOfType(tx, filmId, now, by, 'boxoffice.edit_type', draft.name);
}

/** Takes a type off sale, or back on. What was sold of it stays good. @throws {Refusal} no_such_type */
export async function withdrawTicketType(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, isWithdrawn }: { readonly id: string; readonly isWithdrawn: boolean },
): Promise<void> {
  const { type } = await oneOf(tx, filmId, id);
  if ((type.withdrawnAt !== null) === isWithdrawn) return;
  await tx
    .updateTable('ticketType')
    .set({ withdrawnAt: isWithdrawn ? now : null })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .execute();
  await tellOfType(
    tx,
    filmId,
    now,
    by,
    isWithdrawn ? 'boxoffice.withdraw_type' : 'boxoffice.return_type',
    type.name,
  );
}

async function oneOf(tx: Tx, filmId: string, id: string) {
  const row = await tx
    .selectFrom('ticketType')
    .select('screeningId')
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  const all = row ? await lockedTypes(tx, filmId, row.screeningId) : [];
  const type = all.find((each) => each.id === id);
  if (!type) throw new Refusal('no_such_type');
  return { type, others: all.filter((each) => each !== type) };
}

/** Who changes what a screening sells does so one at a time. @throws {Refusal} no_box_office */
export async function lockedTypes(tx: Tx, filmId: string, screeningId: string): Promise<TicketType[]> {
  const capacity = await tx
    .selectFrom('capacity')
    .select('places')
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!capacity) throw new Refusal('no_box_office');
  return await ticketTypesOf(tx, filmId, [screeningId]);
}

/** An order has one currency, so a screening has: of the types that are on sale. */
export function refuseOtherCurrency(others: readonly TicketType[], { currency }: TicketTypeDraft): void {
  const other = others.find((type) => type.withdrawnAt === null && type.currency !== currency);
  if (other) throw new Refusal('another_currency', { currency: other.currency });
}

export function columnsOf({ name, about, ...rest }: TicketTypeDraft) {
  return { ...rest, name: JSON.stringify(name), about: about === null ? null : JSON.stringify(about) };
}

/** Tells the audit log and the pages that what a screening sells is another. */
export async function tellOfType(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  action: string,
  name: Text,
): Promise<void> {
  const subject = typeof name === 'string' ? name : (Object.values(name)[0] ?? '');
  await recordAudit(tx, filmId, now, by, { action, subject });
  await dropPages(tx, filmId, 'screenings');
}
