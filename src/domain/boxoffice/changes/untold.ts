import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import { listingOf, plainText, type Screening, screeningVersions } from '../../screenings/index.ts';
import type { ChangeKind, Known } from './tables.ts';
import './tables.ts';

/** An order whose buyer thinks that the screening is another than it is. */
export type UntoldOrder = {
  readonly orderId: string;
  readonly code: string;
  readonly name: string;
  readonly address: string | null;
  readonly tickets: number;
  readonly kind: ChangeKind;
  readonly knew: Known;
};

export type TicketHolders = {
  readonly orders: number;
  readonly tickets: number;
  readonly untold: readonly UntoldOrder[];
};

/**
 * Who has tickets for a screening, and who of them knows another one: what somebody knows is what the screening said
 * when they bought, exchanged, or when they were last told. However it was changed since, at this desk, by a file, by somebody
 * who forgot that tickets were sold, they are in `untold` until they are told.
 */
export async function ticketHolders(tx: Tx, filmId: string, screening: Screening): Promise<TicketHolders> {
  const holders = await tx
    .selectFrom('order')
    .innerJoin('ticket', (join) =>
      join.onRef('ticket.filmId', '=', 'order.filmId').onRef('ticket.orderId', '=', 'order.id'),
    )
    .select(['order.id', 'order.code', 'order.buyerName', 'order.buyerAddress', 'order.confirmedAt'])
    .select((it) => it.fn.countAll<number>().as('tickets'))
    .select((it) =>
      it
        .selectFrom('orderNotice')
        .innerJoin('screeningChange', (join) =>
          join
            .onRef('screeningChange.filmId', '=', 'orderNotice.filmId')
            .onRef('screeningChange.id', '=', 'orderNotice.changeId'),
        )
        .select(
          sql<Temporal.Instant | null>`max(greatest(screening_change.made_at,
            case when exchanged_to = ${screening.id}::uuid then chosen_at end))`.as('at'),
        )
        .whereRef('orderNotice.filmId', '=', 'order.filmId')
        .whereRef('orderNotice.orderId', '=', 'order.id')
        .as('noticedAt'),
    )
    .where('order.filmId', '=', filmId)
    .where('order.screeningId', '=', screening.id)
    .where('order.confirmedAt', 'is not', null)
    .where('ticket.cancelledAt', 'is', null)
    .groupBy(['order.filmId', 'order.id'])
    .orderBy('order.id')
    .execute();
  const versions = holders.length === 0 ? [] : await screeningVersions(tx, filmId, screening.id);
  const now: Known = listingOf(screening);
  const untold = holders.flatMap((holder) => {
    const since = later(holder.confirmedAt, holder.noticedAt);
    const knew = (versions.findLast(({ madeAt }) => isBy(madeAt, since)) ?? versions[0])?.listing;
    const kind = knew && whatChanged(knew, now);
    if (!knew || kind === null || kind === undefined) return [];
    const { id: orderId, code, buyerName, buyerAddress: address, tickets } = holder;
    const { starts_at, venue, state } = knew;
    return [
      { orderId, code, name: buyerName ?? '', address, tickets, kind, knew: { starts_at, venue, state } },
    ];
  });
  return { orders: holders.length, tickets: holders.reduce((sum, { tickets }) => sum + tickets, 0), untold };
}

/** How a screening is another than somebody knows it, or null: nothing that they would come by is. */
export function whatChanged(knew: Known, is: Known): ChangeKind | null {
  const isOff = (state: string): boolean => state === 'cancelled' || state === 'postponed';
  if (is.state === 'cancelled' || is.state === 'postponed') return knew.state === is.state ? null : is.state;
  if (isOff(knew.state)) return 'restored';
  return comesBy(knew) === comesBy(is) ? null : 'moved';
}

/** What somebody needs to find the way at the right time. */
function comesBy({ starts_at, venue }: Known): string {
  const { name, street = '', city = '', timezone = '' } = venue;
  return [starts_at, timezone, ...[name, street, city].map((text) => plainText(text))].join('\n');
}

function later(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (!one || !other) return one ?? other;
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}

const isBy = (at: Temporal.Instant, moment: Temporal.Instant | null): boolean =>
  moment !== null && Temporal.Instant.compare(at, moment) <= 0;

/** One telling at a time: whoever clicks twice finds that everybody is told. */
export async function lockTelling(tx: Tx, screeningId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`change ${screeningId}`}, 0))`.execute(tx);
}
