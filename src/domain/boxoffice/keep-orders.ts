import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { hashSecret } from '../../platform/secrets.ts';
import type { Quote } from './choices.ts';
import type { Code } from './codes.ts';
import type { HoldRequest, Ready } from './hold-request.ts';
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
  filmId: string,
  now: Temporal.Instant,
  ready: readonly Each[],
): Promise<ReadonlySet<Each>> {
  if (ready.length === 0) return new Set();
  const rows = ready.map(({ orderId, orderCode, request, promo, quote, lapsesAt }) => ({
    ...{ id: orderId, code: orderCode, screening: request.screeningId, channel: request.channel },
    ...{ language: request.language, referral: request.referral, promo: promo?.id ?? null },
    ...{ currency: quote.currency, total: quote.total, gift: quote.gift, lapses: lapsesAt.toString() },
    key: hashSecret(request.key).toString('hex'),
  }));
  const { rows: kept } = await sql<{ orderId: string }>`
    with said as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as said(id uuid, code text, screening uuid, channel text, language text, referral text, promo uuid,
                currency text, total bigint, gift bigint, lapses timestamptz, key text)
    ), kept as (
      insert into "order" (film_id, id, code, screening_id, channel, language, referral, code_id, currency, total,
                           gift, made_at, lapses_at)
      select ${filmId}::uuid, id, code, screening, channel, language, referral, promo, currency, total, gift,
             ${now}::timestamptz, lapses from said
    )
    insert into order_key (film_id, secret_hash, order_id, made_at)
    select ${filmId}::uuid, decode(key, 'hex'), id, ${now}::timestamptz from said
      on conflict do nothing returning order_id`.execute(tx);
  const ids = new Set(kept.map(({ orderId }) => orderId));
  const first = ready.filter(({ orderId }) => ids.has(orderId));
  await dropOrders(
    tx,
    filmId,
    ready.filter(({ orderId }) => !ids.has(orderId)),
  );
  await keepLines(tx, filmId, first);
  return new Set(first);
}

/** What was chosen, for orders that have no lines. */
export async function keepLines(tx: Tx, filmId: string, ready: readonly NewOrder[]): Promise<void> {
  const lines = ready.flatMap(({ orderId, quote: { lines } }) =>
    lines.map(({ ticketTypeId, ...line }, at) => ({
      id: orderId,
      line: at + 1,
      type: ticketTypeId,
      ...line,
    })),
  );
  await sql`
    insert into order_line (film_id, order_id, line, ticket_type_id, quantity, price, off, granted)
    select ${filmId}::uuid, id, line, type, quantity, price, off, granted
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        as said(id uuid, line smallint, type uuid, quantity int, price bigint, off bigint, granted bigint)`.execute(
    tx,
  );
}

/** Notes what codes were used for, of those who got their places. */
export async function keepCodeUses(tx: Tx, filmId: string, held: readonly Ready[]): Promise<void> {
  const uses = held.flatMap(({ orderId, promo, lapsesAt, quote: { codeUses, codeMoney } }) =>
    promo && codeUses > 0
      ? [{ filmId, codeId: promo.id, orderId, uses: codeUses, money: codeMoney, expiresAt: lapsesAt }]
      : [],
  );
  if (uses.length > 0) await tx.insertInto('codeUse').values(uses).execute();
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

/** Takes back the orders of those who got nothing. */
export async function dropOrders(
  tx: Tx,
  filmId: string,
  refused: readonly Pick<Ready, 'orderId'>[],
): Promise<void> {
  if (refused.length === 0) return;
  const ids = refused.map(({ orderId }) => orderId);
  await tx.deleteFrom('order').where('filmId', '=', filmId).where('id', 'in', ids).execute();
}
