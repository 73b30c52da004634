import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { isOneOf, stayApart, wantedIds } from '../../platform/database/look-up.ts';
import { hashSecret } from '../../platform/secrets.ts';
import type { OrderChannel, PayMethod } from './tables.ts';
import './tables.ts';

/** A line of an order, at what was quoted. Of each place, in minor units. */
export type OrderLine = {
  readonly line: number;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly price: number;
  readonly off: number;
  readonly granted: number;
};

/** One person may come in. */
export type Ticket = {
  readonly id: string;
  readonly number: number;
  readonly line: number;
  readonly ticketTypeId: string;
  readonly guestName: string | null;
  readonly generation: number;
  readonly cancelledAt: Temporal.Instant | null;
  /** Whom it was handed on to by mail: their paper is theirs alone. null: it is the buyer's to show. */
  readonly holderAddress: string | null;
};

export type Order = {
  readonly id: string;
  /** What people call it: eight characters. No secret. */
  readonly code: string;
  readonly screeningId: string;
  readonly channel: OrderChannel;
  readonly language: string;
  readonly referral: string | null;
  readonly codeId: string | null;
  readonly currency: string;
  /** What the buyer owes or has paid, the gift included; minor units. */
  readonly total: number;
  readonly gift: number;
  readonly madeAt: Temporal.Instant;
  readonly lapsesAt: Temporal.Instant;
  readonly buyer: { readonly name: string; readonly address: string | null } | null;
  readonly method: PayMethod | null;
  readonly confirmedAt: Temporal.Instant | null;
  readonly cancelledAt: Temporal.Instant | null;
  /** What the team wrote down when it sold or gave the places. */
  readonly note: string;
  readonly lines: readonly OrderLine[];
  /** Those that were cancelled too. None before it is confirmed. */
  readonly tickets: readonly Ticket[];
};

export type OrderState = 'open' | 'lapsed' | 'confirmed' | 'cancelled';

/** How an order stands by the clock: open while its places are held, lapsed when they came back unpaid. */
export function orderState(
  { confirmedAt, cancelledAt, lapsesAt }: Pick<Order, 'confirmedAt' | 'cancelledAt' | 'lapsesAt'>,
  now: Temporal.Instant,
): OrderState {
  if (cancelledAt !== null) return 'cancelled';
  if (confirmedAt !== null) return 'confirmed';
  return lapsesAt.epochMilliseconds > now.epochMilliseconds ? 'open' : 'lapsed';
}

/** What a ticket is called at the door and on paper: its order's code and its number, `7K3M-9QXT-2`. */
export function ticketCode(orderCode: string, number: number): string {
  return `${sayOrderCode(orderCode)}-${number}`;
}

/** An order's code as people read it out: `7K3M-9QXT`. */
export function sayOrderCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** An order's code as somebody typed it, look-alikes understood; null where it cannot be one. */
export function readOrderCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s-]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : null;
}

/** A secret as a link carries it; anything else opens nothing and asks the database nothing. */
export const isOrderKey = (value: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(value);

/** An order as its buyer shows it: what it is called, and a secret that opens it. */
export type OrderProof = { readonly code: string; readonly key: string };

/**
 * The order that somebody shows a secret for, or null: there is none of this code, or the secret is another's, and
 * nobody is told which.
 */
export async function orderByKey(tx: Tx, filmId: string, proof: OrderProof): Promise<Order | null> {
  const [id] = await orderIdsByKey(tx, [proof]);
  return id ? await orderById(tx, filmId, id) : null;
}

/** The ids of the orders that these proofs open, in their order; null where one opens none. */
export async function orderIdsByKey(tx: Tx, proofs: readonly OrderProof[]): Promise<(string | null)[]> {
  const keys = proofs.map(({ key }) => key).filter(isOrderKey);
  const orders = await ordersBySecrets(tx, keys);
  return proofs.map(({ code, key }) => {
    const order = orders.get(hashSecret(key).toString('hex'));
    return order?.code === code ? order.id : null;
  });
}

/**
 * Lets one transaction at a time do what a form's secret stands for: the second click waits for the first, and then
 * finds its order. The checkout gathers its clicks instead.
 */
export async function oneAtATime(tx: Tx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`order ${key}`}, 0))`.execute(tx);
}

/** The order that a secret was used for, or null: it was used for none yet. */
export async function orderBySecret(tx: Tx, filmId: string, key: string): Promise<Order | null> {
  const [found] = [...(await ordersBySecrets(tx, [key])).values()];
  return found ? await orderById(tx, filmId, found.id) : null;
}

/** Orders by the hashes of secrets that open them, as hexadecimal text. */
export async function ordersBySecrets(
  tx: Tx,
  secrets: readonly string[],
): Promise<ReadonlyMap<string, { readonly id: string; readonly code: string }>> {
  if (secrets.length === 0) return new Map();
  const { rows } = await sql<{ secretHash: Buffer; id: string; code: string }>`
    select * from orders_opened_by(${secrets.map(hashSecret)}::bytea[])`.execute(tx);
  return new Map(rows.map(({ secretHash, ...order }) => [secretHash.toString('hex'), order]));
}

/** An order by its id, for the team and for jobs. */
export async function orderById(tx: Tx, filmId: string, id: string): Promise<Order | null> {
  return (await ordersById(tx, filmId, [id])).get(id) ?? null;
}

/** Orders by their ids. */
export async function ordersById(
  tx: Tx,
  filmId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Order>> {
  return await readOrders(tx, filmId, ids, false);
}

/** Orders for whoever changes them, locked in the order of their ids. */
export async function lockOrders(
  tx: Tx,
  filmId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Order>> {
  return await readOrders(tx, filmId, ids.toSorted(), true);
}

async function readOrders(
  tx: Tx,
  filmId: string,
  ids: readonly string[],
  isLocked: boolean,
): Promise<ReadonlyMap<string, Order>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom(wantedIds(ids))
    .innerJoinLateral(
      (inner) => {
        const found = inner
          .selectFrom('order')
          .selectAll()
          .where('filmId', '=', filmId)
          .whereRef('id', '=', 'wanted.id')
          .offset(stayApart);
        return (isLocked ? found.forNoKeyUpdate() : found).as('found');
      },
      (join) => join.onTrue(),
    )
    .selectAll('found')
    .execute();
  const lines = await tx
    .selectFrom('orderLine')
    .select(['orderId', 'line', 'ticketTypeId', 'quantity', 'price', 'off', 'granted'])
    .where('filmId', '=', filmId)
    .where(isOneOf('orderLine', 'orderId', filmId, ids))
    .orderBy('line')
    .execute();
  const confirmed = rows.flatMap(({ id, confirmedAt }) => (confirmedAt === null ? [] : [id]));
  const tickets = await ticketsOfOrders(tx, filmId, confirmed);
  const linesOf = Map.groupBy(lines, ({ orderId }) => orderId);
  const ticketsOf = Map.groupBy(tickets, ({ orderId }) => orderId);
  return new Map(
    rows.map(({ filmId: _, secretHash: __, guestNames: ___, buyerName, buyerAddress, ...row }) => [
      row.id,
      {
        ...row,
        buyer: buyerName === null ? null : { name: buyerName, address: buyerAddress },
        lines: (linesOf.get(row.id) ?? []).map(({ orderId: _, ...line }) => line),
        tickets: (ticketsOf.get(row.id) ?? []).map(({ orderId: _, ...ticket }) => ticket),
      },
    ]),
  );
}

async function ticketsOfOrders(tx: Tx, filmId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('ticket')
    .select(['orderId', 'id', 'number', 'line', 'ticketTypeId', 'guestName', 'generation', 'cancelledAt'])
    .select('holderAddress')
    .where('filmId', '=', filmId)
    .where(isOneOf('ticket', 'orderId', filmId, ids))
    .orderBy('number')
    .execute();
}

/** Writes down what the team has to say about an order, for itself. */
export async function noteOrder(tx: Tx, filmId: string, orderId: string, note: string): Promise<void> {
  await tx
    .updateTable('order')
    .set({ note })
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .execute();
}
