// Who comes in. One set of rules for the server and for the door's devices: nothing here is Node's own, no clock is
// asked and nothing is looked up.
import type { TicketMark } from './ticket-mark.ts';

/** A ticket as the door's list has it. */
export type DoorTicket = {
  readonly id: string;
  readonly generation: number;
  readonly isCancelled: boolean;
};

/** What somebody shows: a QR code as it was read, a ticket that was found by its code or a name, or neither. */
export type Shown =
  | { readonly kind: 'mark'; readonly mark: TicketMark; readonly isSigned: boolean }
  | { readonly kind: 'ticket'; readonly ticketId: string }
  | { readonly kind: 'nothing' };

/** What is known about it where it is decided. */
export type Standing = {
  /** The marks of the film and of the screening at this door. */
  readonly film: string;
  readonly screening: string;
  /** As the list has it; null: it is not on it. */
  readonly ticket: DoorTicket | null;
  /** Whether the list knows every ticket there is, as the server's does. A device's may be some minutes old. */
  readonly isComplete: boolean;
  /** Whether somebody came in with this ticket and it was not undone. */
  readonly isIn: boolean;
};

export const doorReasons = [
  'admitted',
  'not_listed',
  'already_in',
  'no_ticket',
  'forged',
  'other_film',
  'other_screening',
  'cancelled',
  'replaced',
  'unknown',
] as const;
export type DoorReason = (typeof doorReasons)[number];

export type Light = 'green' | 'amber' | 'red';
export type Decision = { readonly admits: boolean; readonly light: Light; readonly reason: DoorReason };

const lights: Readonly<Record<DoorReason, Light>> = {
  admitted: 'green',
  // Signed by the film, and sold or handed on after the list was fetched.
  not_listed: 'green',
  // A person decides: the same one back from outside, or two papers of one ticket.
  already_in: 'amber',
  no_ticket: 'red',
  forged: 'red',
  other_film: 'red',
  other_screening: 'red',
  cancelled: 'red',
  replaced: 'red',
  unknown: 'red',
};

/** Decides by the rules of the door, the same wherever it is asked. */
export function decide(shown: Shown, standing: Standing): Decision {
  const reason = reasonFor(shown, standing);
  return { admits: lights[reason] === 'green', light: lights[reason], reason };
}

function reasonFor(shown: Shown, { film, screening, ticket, isComplete, isIn }: Standing): DoorReason {
  if (shown.kind === 'nothing') return 'no_ticket';
  if (shown.kind === 'mark') {
    if (shown.mark.film !== film) return 'other_film';
    if (!shown.isSigned) return 'forged';
    if (shown.mark.screening !== screening) return 'other_screening';
  }
  if (ticket === null && (isComplete || shown.kind === 'ticket')) return 'unknown';
  if (ticket?.isCancelled) return 'cancelled';
  if (shown.kind === 'mark' && ticket !== null && shown.mark.generation < ticket.generation)
    return 'replaced';
  if (isIn) return 'already_in';
  const isNewer = shown.kind === 'mark' && shown.mark.generation > (ticket?.generation ?? 0);
  return isNewer ? 'not_listed' : 'admitted';
}
