import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Decision, type DoorReason, type DoorTicket, decide, type Shown } from './door-rules.ts';
import type { DoorReport, ScanEvent } from './scan-report.ts';
import type { ScanVerdict } from './tables.ts';
import { ticketSigner } from './ticket-keys.ts';
import { importTicketKey, isSigned, markOf, readMark } from './ticket-mark.ts';
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

/** What became of a scan, as its history tells it: said at the door, or found out when it arrived. */
export type ScanReason = DoorReason | 'was_cancelled' | 'was_replaced';

/** Never true of a scan that a device of ours lets in; so nobody came in with a ticket, whatever it tells. */
const neverIn: ReadonlySet<DoorReason> = new Set([
  'no_ticket',
  'forged',
  'other_film',
  'other_screening',
  'unknown',
]);

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
  const known = await knownNonces(tx, filmId, report);
  let change = await lastChange(tx, filmId, screeningId);
  for (const event of report.events) {
    if (event.kind === 'undo') {
      change = await undo(tx, filmId, now, { screeningId, nonce: event.nonce, change });
      continue;
    }
    const before = known.get(event.nonce);
    if (before !== undefined && !wasLetInAnyhow(event, before)) continue;
    const shown = shownOf.get(event.nonce) ?? { kind: 'nothing' };
    const judged = await judge(tx, filmId, { screeningId, shown, said: event.said });
    if (judged.verdict === before) continue;
    known.set(event.nonce, judged.verdict);
    change += 1;
    if (before !== undefined) {
      await correct(tx, filmId, { nonce: event.nonce, change, judged });
      continue;
    }
    await tx
      .insertInto('scan')
      .values({
        ...{ filmId, nonce: event.nonce, screeningId, change, ...judged },
        generation: shown.kind === 'mark' && judged.ticketId !== null ? shown.mark.generation : null,
        way: event.shown.kind === 'code' ? 'code' : event.shown.way,
        ...{ device: report.device, personId: by.personId },
        scannedAt: Temporal.Instant.fromEpochMilliseconds(event.at),
        ...{ receivedAt: now, undoneAt: null },
      })
      .execute();
  }
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

/** A device asked, was refused, never heard of it, and let somebody in by its own rules. */
function wasLetInAnyhow({ said }: ScanEvent, before: ScanVerdict): boolean {
  return before === 'refused' && lettingIn(said);
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

const lettingIn = (said: DoorReason | null): boolean => said === 'admitted' || said === 'not_listed';

type Judged = {
  readonly verdict: ScanVerdict;
  readonly reason: ScanReason;
  readonly ticketId: string | null;
};

async function judge(
  tx: Tx,
  filmId: string,
  { screeningId, shown, said }: { screeningId: string; shown: Shown; said: DoorReason | null },
): Promise<Judged> {
  const ticketId =
    shown.kind === 'ticket' ? shown.ticketId : shown.kind === 'mark' ? shown.mark.ticketId : null;
  const row = ticketId === null ? undefined : await ticketById(tx, filmId, ticketId);
  const isHere = row?.screeningId === screeningId;
  const ticket: DoorTicket | null = row && isHere ? { ...row, isCancelled: row.cancelledAt !== null } : null;
  const isIn = ticket !== null && (await admittedAmong(tx, filmId, [ticket.id])).has(ticket.id);
  const decision = decide(shown, {
    ...{ film: markOf(filmId), screening: markOf(screeningId), ticket, isComplete: true, isIn },
  });
  // A forged paper names a ticket, but is none: nothing of it is put to that ticket's account.
  const named = shown.kind === 'mark' && !shown.isSigned ? null : (row?.id ?? null);
  return { ...verdictOf(decision, said, isIn), ticketId: named };
}

/** What a device let in stays let in: it happened. What was wrong about it is told beside it. */
function verdictOf(
  { admits, reason }: Decision,
  said: DoorReason | null,
  isIn: boolean,
): Omit<Judged, 'ticketId'> {
  if (said === null) return { verdict: admits ? 'admitted' : 'refused', reason };
  if (!lettingIn(said)) return { verdict: 'refused', reason: said };
  if (neverIn.has(reason)) return { verdict: 'refused', reason };
  const verdict = isIn ? 'conflict' : 'admitted';
  if (reason === 'cancelled') return { verdict, reason: 'was_cancelled' };
  if (reason === 'replaced') return { verdict, reason: 'was_replaced' };
  return { verdict, reason };
}

async function ticketById(tx: Tx, filmId: string, ticketId: string) {
  return await tx
    .selectFrom('ticket')
    .select(['id', 'screeningId', 'generation', 'cancelledAt'])
    .where('filmId', '=', filmId)
    .where('id', '=', ticketId)
    .executeTakeFirst();
}

/** Takes a scan back, once. Was it the ticket's admission, then the next who was let in with it becomes that. */
async function undo(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { screeningId, nonce, change }: { screeningId: string; nonce: string; change: number },
): Promise<number> {
  const undone = await tx
    .updateTable('scan')
    .set({ undoneAt: now, change: change + 1 })
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('nonce', '=', nonce)
    .where('undoneAt', 'is', null)
    .where('verdict', '<>', 'refused')
    .returning(['ticketId', 'verdict'])
    .executeTakeFirst();
  if (!undone) return change;
  if (undone.verdict !== 'admitted' || undone.ticketId === null) return change + 1;
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
  if (!next) return change + 1;
  await tx
    .updateTable('scan')
    .set({ verdict: 'admitted', change: change + 2 })
    .where('filmId', '=', filmId)
    .where('nonce', '=', next.nonce)
    .execute();
  return change + 2;
}
