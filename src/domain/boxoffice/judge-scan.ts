import type { Temporal } from 'temporal-polyfill';
import { type Decision, type DoorReason, type DoorTicket, decide, type Shown } from './door-rules.ts';
import type { ScanEvent } from './scan-report.ts';
import type { ScanVerdict } from './tables.ts';
import { markOf } from './ticket-mark.ts';

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

export type ScannedTicket = {
  readonly id: string;
  readonly screeningId: string;
  readonly generation: number;
  readonly cancelledAt: Temporal.Instant | null;
};

/** What is known of a door while a report is taken in: read once under its lock, and kept true event by event. */
export type Door = {
  readonly known: Map<string, ScanVerdict>;
  readonly tickets: ReadonlyMap<string, ScannedTicket>;
  readonly inside: Set<string>;
  change: number;
};

/** The ticket that is named, believed or not. */
export function ticketIdOf(shown: Shown): string | null {
  if (shown.kind === 'nothing') return null;
  return shown.kind === 'ticket' ? shown.ticketId : shown.mark.ticketId;
}

/** A device asked, was refused, never heard of it, and let somebody in by its own rules. */
export function wasLetInAnyhow({ said }: ScanEvent, before: ScanVerdict): boolean {
  return before === 'refused' && lettingIn(said);
}

const lettingIn = (said: DoorReason | null): boolean => said === 'admitted' || said === 'not_listed';

export type Judged = {
  readonly verdict: ScanVerdict;
  readonly reason: ScanReason;
  readonly ticketId: string | null;
};

/** What becomes of one scan, by the rules and by what its device told the door already. */
export function judge(
  filmId: string,
  {
    screeningId,
    shown,
    said,
    door,
  }: {
    readonly screeningId: string;
    readonly shown: Shown;
    readonly said: DoorReason | null;
    readonly door: Door;
  },
): Judged {
  const row = door.tickets.get(ticketIdOf(shown) ?? '');
  const isHere = row?.screeningId === screeningId;
  const ticket: DoorTicket | null = row && isHere ? { ...row, isCancelled: row.cancelledAt !== null } : null;
  const isIn = ticket !== null && door.inside.has(ticket.id);
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
