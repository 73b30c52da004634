import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { hashSecret } from '../../platform/secrets.ts';
import type { Quote } from './choices.ts';
import type { Code } from './codes.ts';
import type { HoldRequest, Ready } from './hold-request.ts';
import { openInstantWords } from './instant-words.ts';
import './tables.ts';

/** An order that is about to be written: as much of it as its rows say. */
export type NewOrder = Pick<Ready, 'orderId' | 'orderCode' | 'lapsesAt'> & {
  readonly request: Pick<HoldRequest, 'key' | 'screeningId' | 'channel' | 'language' | 'referral'>;
  readonly quote: Pick<Quote, 'currency' | 'lines' | 'gift' | 'total'>;
  readonly promo: Pick<Code, 'id'> | null;
};

/**
 * Writes the orders of all who are ready, before their places are taken: whoever waits for the lock then waits for
 * nothing else. Where the same secret was sent to another process at the same moment, that one's order stands, and
 * there is none of ours. Each table's rows go as one parameter, because a thousand small ones cost more than they carry.
 * @returns those whose orders were written
 */
export async function keepOrders<Each extends NewOrder>(
  tx: Tx,
  now: Temporal.Instant,
  ready: readonly Each[],
): Promise<ReadonlySet<Each>> {
  if (ready.length === 0) return new Set();
  const say = openInstantWords();
  const rows = ready.map((one) => {
    const { orderId, orderCode, request, promo, quote, lapsesAt } = one;
    return {
      ...{ id: orderId, code: orderCode, screening: request.screeningId, channel: request.channel },
      ...{ language: request.language, referral: request.referral, promo: promo?.id ?? null },
      ...{ currency: quote.currency, total: quote.total, gift: quote.gift, lapses: say(lapsesAt) },
      key: hashSecret(request.key).toString('hex'),
    };
  });
  const lines = ready.flatMap(linesOf);
  const { rows: kept } = await sql<{ orderId: string }>`
    select keep_orders(${now}::timestamptz, ${JSON.stringify(rows)}::json, ${JSON.stringify(lines)}::json)
           as order_id`.execute(tx);
  const ids = new Set(kept.map(({ orderId }) => orderId));
  return new Set(ready.filter(({ orderId }) => ids.has(orderId)));
}

const linesOf = ({ orderId: order, quote: { lines } }: Pick<NewOrder, 'orderId' | 'quote'>) =>
  lines.map(({ ticketTypeId: type, quantity, price, off, granted }, at) => ({
    ...{ order, line: at + 1, type, quantity, price, off, granted },
  }));

/** What was chosen, for an order that has no lines. */
export async function keepLines(
  tx: Tx,
  filmId: string,
  { orderId, quote: { lines } }: Pick<NewOrder, 'orderId' | 'quote'>,
): Promise<void> {
  const rows = lines.map(({ ticketTypeId, quantity, price, off, granted }, at) => ({
    ...{ filmId, orderId, line: at + 1, ticketTypeId, quantity, price, off, granted },
  }));
  await tx.insertInto('orderLine').values(rows).execute();
}

/** Notes what codes were used for, of those who got their places. */
export async function keepCodeUses(tx: Tx, filmId: string, held: readonly Ready[]): Promise<void> {
  const say = openInstantWords();
  const rows = held.flatMap(
    ({ orderId: order, promo, lapsesAt, quote: { codeUses: uses, codeMoney: money } }) =>
      promo && uses > 0 ? [{ code: promo.id, order, uses, money, expires: say(lapsesAt) }] : [],
  );
  if (rows.length === 0) return;
  await sql`
    insert into code_use (film_id, code_id, order_id, uses, money, expires_at)
    select ${filmId}::uuid, code, "order", uses, money, expires
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as said(code uuid, "order" uuid, uses int, money bigint, expires timestamptz)`.execute(tx);
}

/** Notes which offers became orders. */
export async function keepOfferUses(tx: Tx, filmId: string, held: readonly Ready[]): Promise<void> {
  for (const { offer, orderId } of held)
    if (offer)
      await tx
        .updateTable('waitEntry')
        .set({ orderId })
        .where('filmId', '=', filmId)
        .where('id', '=', offer.entryId)
        .execute();
}

/** Takes back orders of this transaction, of those who got nothing. */
export async function dropOrders(tx: Tx, refused: readonly Pick<Ready, 'orderId'>[]): Promise<void> {
  if (refused.length === 0) return;
  const ids = refused.map(({ orderId }) => orderId);
  await sql`select take_back_orders(${ids}::uuid[])`.execute(tx);
}
