import type { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { plainText, screeningById } from '../screenings/index.ts';
import { availabilityOf, setPlaces } from './capacity.ts';
import {
  columnsOf,
  lockedTypes,
  refuseOtherCurrency,
  type TicketType,
  tellOfType,
  ticketTypesOf,
} from './ticket-types.ts';
import './tables.ts';

/** How many places of each type are sold for good, and how many are held for somebody who pays just now. */
export type TypeCount = { readonly sold: number; readonly held: number };

/** What is sold and held of a screening's types, by their ids; nothing where nobody wanted any. */
export async function countsByType(
  tx: Tx,
  filmId: string,
  screeningId: string,
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, TypeCount>> {
  const rows = await tx
    .selectFrom('hold')
    .select((it) => [
      'ticketTypeId',
      it.fn.sum<number | null>('places').filterWhere('expiresAt', 'is', null).as('sold'),
      it.fn.sum<number | null>('places').filterWhere('expiresAt', '>', now).as('held'),
    ])
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('ticketTypeId', 'is not', null)
    .groupBy('ticketTypeId')
    .execute();
  return new Map(rows.map((row) => [row.ticketTypeId ?? '', { sold: row.sold ?? 0, held: row.held ?? 0 }]));
}

/**
 * Moves a type one place up or down among those that are not withdrawn; at an end it stays where it is.
 * @throws {Refusal} no_such_type
 */
export async function moveTicketType(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, screeningId, isUp }: { readonly id: string; readonly screeningId: string; readonly isUp: boolean },
): Promise<void> {
  const all = await lockedTypes(tx, filmId, screeningId);
  const shown = all.filter(({ withdrawnAt }) => withdrawnAt === null);
  const at = shown.findIndex((type) => type.id === id);
  const one = shown[at];
  if (!one) throw new Refusal('no_such_type');
  const other = shown[isUp ? at - 1 : at + 1];
  if (!other) return;
  // Positions may be shared by types that were copied together, so all are numbered anew.
  const inOrder = all.map((type) => (type === one ? other : type === other ? one : type));
  for (const [index, type] of inOrder.entries())
    if (type.position !== index + 1)
      await tx
        .updateTable('ticketType')
        .set({ position: index + 1 })
        .where('filmId', '=', filmId)
        .where('id', '=', type.id)
        .execute();
  await tellOfType(tx, filmId, now, by, 'boxoffice.order_types', one.name);
}

/**
 * Copies another screening's ticket types after those that are here, without the withdrawn ones and those whose name
 * stands here already. Windows keep their distance to the start, on the clock of the wall. Where nobody said yet how
 * many places there are, that is copied too.
 * @returns how many were copied
 * @throws {Refusal} no_such_screening · no_box_office · another_currency
 */
export async function copyTicketTypes(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { fromId, toId }: { readonly fromId: string; readonly toId: string },
): Promise<number> {
  const from = await screeningById(tx, filmId, fromId);
  const to = await screeningById(tx, filmId, toId);
  if (!from || !to) throw new Refusal('no_such_screening');
  const theirs = await availabilityOf(tx, filmId, fromId, now);
  if (!theirs) throw new Refusal('no_box_office');
  if (!(await availabilityOf(tx, filmId, toId, now)))
    await setPlaces(tx, filmId, now, by, { screeningId: toId, places: theirs.places });
  const here = await lockedTypes(tx, filmId, toId);
  const names = new Set(here.map(({ name }) => plainText(name)));
  const copied = (await ticketTypesOf(tx, filmId, [fromId])).filter(
    ({ withdrawnAt, name }) => withdrawnAt === null && !names.has(plainText(name)),
  );
  const start = (zone: string, at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDateTime();
  const apart = start(from.venue.timezone, from.startsAt).until(start(to.venue.timezone, to.startsAt));
  const shifted = (at: Temporal.Instant | null): Temporal.Instant | null =>
    at && start(from.venue.timezone, at).add(apart).toZonedDateTime(to.venue.timezone).toInstant();
  let position = Math.max(0, ...here.map((type) => type.position));
  for (const type of copied) {
    const { id: _, screeningId: __, position: ___, withdrawnAt: ____, ...draft } = type;
    refuseOtherCurrency(here, draft);
    position += 1;
    const [saleFrom, saleUntil] = [shifted(type.saleFrom), shifted(type.saleUntil)];
    const values = columnsOf({ ...draft, saleFrom, saleUntil });
    await tx
      .insertInto('ticketType')
      .values({ filmId, id: newId(), screeningId: toId, position, ...values })
      .execute();
  }
  if (copied.length > 0) await tellOfType(tx, filmId, now, by, 'boxoffice.copy_types', from.slug);
  return copied.length;
}

/** Which screenings have ticket types to copy: their ids. */
export async function screeningsWithTypes(tx: Tx, filmId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('ticketType')
    .select('screeningId')
    .distinct()
    .where('filmId', '=', filmId)
    .where('withdrawnAt', 'is', null)
    .execute();
  return rows.map(({ screeningId }) => screeningId);
}

/** The comp type of a screening: the first that is not withdrawn, or one that is made here. */
export async function compTypeOf(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  screeningId: string,
): Promise<string> {
  const isComp = ({ kind, withdrawnAt }: TicketType): boolean => kind === 'comp' && withdrawnAt === null;
  const standing = (await ticketTypesOf(tx, filmId, [screeningId])).find(isComp);
  if (standing) return standing.id;
  // Whoever came first made it: under the lock it is there.
  const all = await lockedTypes(tx, filmId, screeningId);
  const made = all.find(isComp);
  if (made) return made.id;
  const [first] = all;
  if (!first) throw new Refusal('no_types');
  const id = newId();
  const position = Math.max(...all.map((type) => type.position)) + 1;
  await tx
    .insertInto('ticketType')
    .values({
      ...{ filmId, id, screeningId, position, name: JSON.stringify('Comp'), about: null, kind: 'comp' },
      ...{ currency: first.currency, price: 0, priceMin: null, priceMax: null, placesMax: null },
      ...{ perOrderMax: 100, saleFrom: null, saleUntil: null, needsCode: false },
    })
    .execute();
  await tellOfType(tx, filmId, now, by, 'boxoffice.add_type', 'Comp');
  return id;
}
