import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { Text } from '../film/document/text.ts';
import type { ScanReason } from './judge-scan.ts';
import { ticketCode } from './order.ts';
import type { ScanVerdict, ScanWay } from './tables.ts';
import './tables.ts';

/** The screenings that have a door: those with places of their own. */
export async function screeningsWithDoors(tx: Tx, filmId: string): Promise<string[]> {
  const rows = await tx.selectFrom('capacity').select('screeningId').where('filmId', '=', filmId).execute();
  return rows.map(({ screeningId }) => screeningId);
}

/** A ticket as the door looks for it. */
export type ListedTicket = {
  readonly id: string;
  readonly code: string;
  /** Who comes with it: the guest's name, or the buyer's. */
  readonly name: string;
  readonly typeName: Text;
  readonly generation: number;
  readonly isCancelled: boolean;
};

/** Every ticket of a screening, cancelled ones too, by order and number. */
export async function doorList(tx: Tx, filmId: string, screeningId: string): Promise<ListedTicket[]> {
  const rows = await tx
    .selectFrom('ticket')
    .innerJoin('order', (join) =>
      join.onRef('order.filmId', '=', 'ticket.filmId').onRef('order.id', '=', 'ticket.orderId'),
    )
    .innerJoin('ticketType', (join) =>
      join
        .onRef('ticketType.filmId', '=', 'ticket.filmId')
        .onRef('ticketType.id', '=', 'ticket.ticketTypeId'),
    )
    .select(['ticket.id', 'order.code', 'ticket.number', 'guestName', 'buyerName', 'ticketType.name'])
    .select(['ticket.generation', 'ticket.cancelledAt'])
    .where('ticket.filmId', '=', filmId)
    .where('ticket.screeningId', '=', screeningId)
    .orderBy('order.code')
    .orderBy('ticket.number')
    .execute();
  return rows.map(({ id, code, number, guestName, buyerName, name, generation, cancelledAt }) => ({
    ...{ id, code: ticketCode(code, number), name: guestName ?? buyerName ?? '', typeName: name, generation },
    isCancelled: cancelledAt !== null,
  }));
}

/** A scan as the door's devices and its history know it. */
export type DoorScan = {
  readonly nonce: string;
  readonly ticketId: string | null;
  readonly way: ScanWay;
  readonly device: string;
  readonly scannedAt: Temporal.Instant;
  readonly receivedAt: Temporal.Instant;
  readonly verdict: ScanVerdict;
  readonly reason: ScanReason;
  readonly undoneAt: Temporal.Instant | null;
  readonly change: number;
};

const scansAtOnce = 2_000;

/** What changed at a door since a device last asked, the oldest change first; `hasMore`: ask again. */
export async function scansSince(
  tx: Tx,
  filmId: string,
  screeningId: string,
  since: number,
): Promise<{ readonly scans: DoorScan[]; readonly hasMore: boolean }> {
  const rows = await tx
    .selectFrom('scan')
    .select([
      'nonce',
      'ticketId',
      'way',
      'device',
      'scannedAt',
      'receivedAt',
      'verdict',
      'undoneAt',
      'change',
    ])
    .select((build) => build.ref('reason').$castTo<ScanReason>().as('reason'))
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('change', '>', since)
    .orderBy('change')
    .limit(scansAtOnce + 1)
    .execute();
  return { scans: rows.slice(0, scansAtOnce), hasMore: rows.length > scansAtOnce };
}

/** What a door comes to. Each is a count of rows; nothing is kept beside them. */
export type DoorCounts = {
  /** Tickets that let somebody in: those that are not cancelled. */
  readonly expected: number;
  readonly admitted: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly undone: number;
};

/** Counts a door by its rows. */
export async function doorCounts(tx: Tx, filmId: string, screeningId: string): Promise<DoorCounts> {
  const { expected } = await tx
    .selectFrom('ticket')
    .select((build) => build.fn.countAll<number>().as('expected'))
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('cancelledAt', 'is', null)
    .executeTakeFirstOrThrow();
  const counted = await tx
    .selectFrom('scan')
    .select((build) => [
      build.fn.countAll<number>().filterWhere('undoneAt', 'is not', null).as('undone'),
      ...(['admitted', 'conflict', 'refused'] as const).map((verdict) =>
        build.fn
          .countAll<number>()
          .filterWhere('undoneAt', 'is', null)
          .filterWhere('verdict', '=', verdict)
          .as(verdict),
      ),
    ])
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .executeTakeFirstOrThrow();
  const { admitted, conflict, refused, undone } = counted;
  return { expected, admitted, conflicts: conflict, refused, undone };
}
