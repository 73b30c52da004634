// What goes between the server and the door's devices, as both write it. Types alone, and plain functions.
import type { DoorReason } from './door-rules.ts';

/** A ticket of the list: id, code, name, which type, generation, and 1 where it is cancelled. Short: there are many. */
export type WireTicket = readonly [
  id: string,
  code: string,
  name: string,
  type: number,
  generation: number,
  cancelled: 0 | 1,
];

/** All that a device needs to decide without us. */
export type WireList = {
  readonly filmId: string;
  readonly screeningId: string;
  /** The film's public key, as base64url. */
  readonly publicKey: string;
  readonly types: readonly string[];
  readonly tickets: readonly WireTicket[];
};

/** A scan as the devices tell each other of it. Moments in milliseconds. */
export type WireScan = {
  readonly nonce: string;
  readonly ticketId: string | null;
  readonly device: string;
  readonly at: number;
  readonly verdict: 'admitted' | 'conflict' | 'refused';
  readonly reason: DoorReason | 'was_cancelled' | 'was_replaced';
  readonly isUndone: boolean;
};

export type WireCounts = {
  readonly expected: number;
  readonly admitted: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly undone: number;
};

/** The answer to a device's report: what it does not know yet. */
export type WireNews = {
  readonly since: number;
  readonly scans: readonly WireScan[];
  readonly counts: WireCounts;
  readonly hasMore: boolean;
};

export type WireShown =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'ticket'; readonly ticketId: string; readonly way: 'typed' | 'name' };

export type WireEvent =
  | {
      readonly kind: 'scan';
      readonly nonce: string;
      readonly at: number;
      readonly shown: WireShown;
      readonly said: DoorReason | null;
    }
  | { readonly kind: 'undo'; readonly nonce: string; readonly at: number };

export type WireReport = {
  readonly device: string;
  readonly since: number;
  readonly events: readonly WireEvent[];
};

/** Letters and figures alone, in small: what a name or a code is looked for by. Accents do not matter. */
export function findable(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
