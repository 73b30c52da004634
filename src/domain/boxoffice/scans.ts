import { type Insertable, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Shown } from './door-rules.ts';
import {
  type Door,
  type Judged,
  judge,
  type ScannedTicket,
  ticketIdOf,
  wasLetInAnyhow,
} from './judge-scan.ts';
import type { DoorReport, ScanEvent } from './scan-report.ts';
import type { ScanVerdict } from './tables.ts';
import { ticketSigner } from './ticket-keys.ts';
import { importTicketKey, isSigned, readMark } from './ticket-mark.ts';
import './tables.ts';

/** Those of these tickets with which somebody came in. */
export async function admittedAmong(
  tx: Tx,
  filmId: string,
  ticketIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ticketIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('scan')
    .select('ticketId')
    .where('filmId', '=', filmId)
    .where('ticketId', 'in', ticketIds)
    .where('verdict', '=', 'admitted')
    .where('undoneAt', 'is', null)
    .execute();
  return new Set(rows.flatMap(({ ticketId }) => ticketId ?? []));
}

/**
 * Takes in what a device tells: each event once, by its nonce, however often it comes. Of all who were let in with
 * one ticket the first that arrives here is its admission; the others stand beside it as conflicts. Where the device
 * asks, the same rules decide, by what is true now.
 */
export async function takeScans(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { screeningId, report }: { readonly screeningId: string; readonly report: DoorReport },
): Promise<void> {
  if (report.events.length === 0) return;
  const shownOf = await readEach(tx, filmId, now, report);
  await sql`select lock_door(${screeningId})`.execute(tx);
  const door = await doorAsItStands(tx, filmId, { screeningId, report, shownOf });
  const batch: NewScan[] = [];
  const flush = async () => {
    if (batch.length > 0) await tx.insertInto('scan').values(batch.splice(0)).execute();
  };
  for (const event of report.events) {
    if (event.kind === 'undo') {
      await flush();
      await undo(tx, filmId, now, { screeningId, nonce: event.nonce, door });
      continue;
    }
    const before = door.known.get(event.nonce);
    if (before !== undefined && !wasLetInAnyhow(event, before)) continue;
    const shown = shownOf.get(event.nonce) ?? { kind: 'nothing' };
    const judged = judge(filmId, { screeningId, shown, said: event.said, door });
    if (judged.verdict === before) continue;
    door.known.set(event.nonce, judged.verdict);
    door.change += 1;
    const { ticketId, verdict } = judged;
    if (verdict === 'admitted' && ticketId !== null) door.inside.add(ticketId);
    if (before !== undefined) {
      await flush();
      await correct(tx, filmId, { nonce: event.nonce, change: door.change, judged });
      continue;
    }
    batch.push({
      ...{ filmId, nonce: event.nonce, screeningId, change: door.change, ...judged },
      generation: shown.kind === 'mark' && ticketId !== null ? shown.mark.generation : null,
      way: event.shown.kind === 'code' ? 'code' : event.shown.way,
      ...{ device: report.device, personId: by.personId },
      scannedAt: Temporal.Instant.fromEpochMilliseconds(event.at),
      ...{ receivedAt: now, undoneAt: null },
    });
  }
  await flush();
}

type NewScan = Insertable<Tables['scan']>;

async function doorAsItStands(
  tx: Tx,
  filmId: string,
  {
    screeningId,
    report,
    shownOf,
  }: {
    readonly screeningId: string;
    readonly report: DoorReport;
    readonly shownOf: ReadonlyMap<string, Shown>;
  },
): Promise<Door> {
  const ids = [...new Set([...shownOf.values()].flatMap((shown) => ticketIdOf(shown) ?? []))];
  return {
    known: await knownNonces(tx, filmId, report),
    tickets: await ticketsByIds(tx, filmId, ids),
    inside: new Set(await admittedAmong(tx, filmId, ids)),
    change: await lastChange(tx, filmId, screeningId),
  };
}

/** What each scan shows, with its signature checked; before any lock is taken. */
async function readEach(tx: Tx, filmId: string, now: Temporal.Instant, { events }: DoorReport) {
  const signer = await ticketSigner(tx, filmId, now);
  const key = await importTicketKey(signer.publicKey);
  const scans = events.filter((event): event is ScanEvent => event.kind === 'scan');
  const read = scans.map(async ({ nonce, shown }): Promise<[string, Shown]> => {
    if (shown.kind === 'ticket') return [nonce, { kind: 'ticket', ticketId: shown.ticketId }];
    const found = readMark(shown.text);
    if (found === null) return [nonce, { kind: 'nothing' }];
    return [nonce, { kind: 'mark', mark: found.mark, isSigned: await isSigned(key, found) }];
  });
  return new Map(await Promise.all(read));
}

async function correct(
  tx: Tx,
  filmId: string,
  { nonce, change, judged }: { nonce: string; change: number; judged: Judged },
): Promise<void> {
  await tx
    .updateTable('scan')
    .set({ verdict: judged.verdict, reason: judged.reason, change })
    .where('filmId', '=', filmId)
    .where('nonce', '=', nonce)
    .execute();
}

async function knownNonces(
  tx: Tx,
  filmId: string,
  { events }: DoorReport,
): Promise<Map<string, ScanVerdict>> {
  const nonces = events.map(({ nonce }) => nonce);
  const rows = await tx
    .selectFrom('scan')
    .select(['nonce', 'verdict'])
    .where('filmId', '=', filmId)
    .where('nonce', 'in', nonces)
    .execute();
  return new Map(rows.map(({ nonce, verdict }) => [nonce, verdict]));
}

async function lastChange(tx: Tx, filmId: string, screeningId: string): Promise<number> {
  const { last } = await tx
    .selectFrom('scan')
    .select((build) => build.fn.max('change').as('last'))
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

async function ticketsByIds(
  tx: Tx,
  filmId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ScannedTicket>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('ticket')
    .select(['id', 'screeningId', 'generation', 'cancelledAt'])
    .where('filmId', '=', filmId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Takes a scan back, once. Was it the ticket's admission, then the next who was let in with it becomes that. */
async function undo(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { screeningId, nonce, door }: { screeningId: string; nonce: string; door: Door },
): Promise<void> {
  const undone = await tx
    .updateTable('scan')
    .set({ undoneAt: now, change: door.change + 1 })
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('nonce', '=', nonce)
    .where('undoneAt', 'is', null)
    .where('verdict', '<>', 'refused')
    .returning(['ticketId', 'verdict'])
    .executeTakeFirst();
  if (!undone) return;
  door.change += 1;
  if (undone.verdict !== 'admitted' || undone.ticketId === null) return;
  door.inside.delete(undone.ticketId);
  const next = await tx
    .selectFrom('scan')
    .select('nonce')
    .where('filmId', '=', filmId)
    .where('ticketId', '=', undone.ticketId)
    .where('verdict', '=', 'conflict')
    .where('undoneAt', 'is', null)
    .orderBy('receivedAt')
    .orderBy('scannedAt')
    .orderBy('nonce')
    .limit(1)
    .executeTakeFirst();
  if (!next) return;
  door.change += 1;
  door.inside.add(undone.ticketId);
  await tx
    .updateTable('scan')
    .set({ verdict: 'admitted', change: door.change })
    .where('filmId', '=', filmId)
    .where('nonce', '=', next.nonce)
    .execute();
}
