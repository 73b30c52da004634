import { type Decision, type DoorTicket, decide, type Shown } from '../../../domain/boxoffice/door-rules.ts';
import {
  findable,
  type WireList,
  type WireScan,
  type WireShown,
} from '../../../domain/boxoffice/door-wire.ts';
import { importTicketKey, isSigned, markOf, readMark } from '../../../domain/boxoffice/ticket-mark.ts';

/** A ticket as the device lists it. */
export type DoorRow = DoorTicket & {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  /** What it is looked for by. */
  readonly findable: string;
};

/** Where and when somebody came in with a ticket. */
export type Before = { readonly at: number; readonly device: string };

export type Judged = {
  readonly decision: Decision;
  /** The ticket that was meant; null where none of the list was. */
  readonly row: DoorRow | null;
  readonly ticketId: string | null;
  readonly before: Before | null;
};

/** All that a device knows, in memory: the list, and who came in as far as it was told. */
export type DoorState = {
  /** @returns false where this browser cannot check signatures: then no code is believed */
  setList(list: WireList): Promise<boolean>;
  /** Takes in scans of this and other devices; what is known better now replaces what was known. */
  learn(scans: readonly WireScan[]): void;
  /** A scan of this device that lets somebody in, before anybody else knows of it. */
  note(scan: { nonce: string; ticketId: string; at: number; device: string }): void;
  takeBack(nonce: string): void;
  judge(shown: WireShown): Promise<Judged>;
  byId(ticketId: string): DoorRow | null;
  byCode(typed: string): DoorRow | null;
  find(words: string, most: number): DoorRow[];
  isIn(ticketId: string): boolean;
  readonly size: () => number;
};

/** A device that knows nothing yet. */
export function openDoorState(): DoorState {
  let rows: DoorRow[] = [];
  let byId = new Map<string, DoorRow>();
  let byCode = new Map<string, DoorRow>();
  let marks = { film: '', screening: '' };
  let key: CryptoKey | null = null;
  /** Who came in with a ticket, by the scans' nonces. */
  const inside = new Map<string, Map<string, Before>>();
  const ticketOf = new Map<string, string>();

  const forget = (nonce: string): void => {
    const ticketId = ticketOf.get(nonce);
    if (ticketId !== undefined) inside.get(ticketId)?.delete(nonce);
  };
  const enter = (nonce: string, ticketId: string, before: Before): void => {
    ticketOf.set(nonce, ticketId);
    const known = inside.get(ticketId) ?? new Map<string, Before>();
    inside.set(ticketId, known.set(nonce, before));
  };
  const beforeOf = (ticketId: string): Before | null => {
    const all = [...(inside.get(ticketId)?.values() ?? [])];
    return all.reduce<Before | null>((first, each) => (first && first.at <= each.at ? first : each), null);
  };
  const shownOf = async (shown: WireShown): Promise<Shown> => {
    if (shown.kind === 'ticket') return { kind: 'ticket', ticketId: shown.ticketId };
    const read = readMark(shown.text);
    if (read === null || key === null) return { kind: 'nothing' };
    return { kind: 'mark', mark: read.mark, isSigned: await isSigned(key, read) };
  };
  return {
    async setList(list) {
      rows = list.tickets.map(([id, code, name, type, generation, cancelled]) => ({
        ...{ id, code, name, type: list.types[type] ?? '', generation, isCancelled: cancelled === 1 },
        findable: `${findable(name)} ${findable(code)}`,
      }));
      byId = new Map(rows.map((row) => [row.id, row]));
      byCode = new Map(rows.map((row) => [findable(row.code), row]));
      marks = { film: markOf(list.filmId), screening: markOf(list.screeningId) };
      key = await importTicketKey(bytesOf(list.publicKey)).catch(() => null);
      return key !== null;
    },
    learn(scans) {
      for (const { nonce, ticketId, device, at, verdict, isUndone } of scans) {
        forget(nonce);
        if (ticketId !== null && verdict !== 'refused' && !isUndone) enter(nonce, ticketId, { at, device });
      }
    },
    note: ({ nonce, ticketId, at, device }) => enter(nonce, ticketId, { at, device }),
    takeBack: forget,
    async judge(wire) {
      const shown = await shownOf(wire);
      const named =
        shown.kind === 'mark' ? shown.mark.ticketId : shown.kind === 'ticket' ? shown.ticketId : null;
      const row = named === null ? null : (byId.get(named) ?? null);
      const before = named === null ? null : beforeOf(named);
      const standing = { ...marks, ticket: row, isComplete: false, isIn: before !== null };
      const decision = decide(shown, standing);
      const isBelieved = shown.kind !== 'mark' || shown.isSigned;
      return { decision, before, row: isBelieved ? row : null, ticketId: isBelieved ? named : null };
    },
    byId: (ticketId) => byId.get(ticketId) ?? null,
    byCode: (typed) => byCode.get(codeOf(typed)) ?? null,
    find(words, most) {
      const wanted = words.split(/\s+/).map(findable).filter(Boolean);
      if (wanted.length === 0) return [];
      const found: DoorRow[] = [];
      for (const row of rows) {
        if (wanted.every((word) => row.findable.includes(word))) found.push(row);
        if (found.length === most) break;
      }
      return found;
    },
    isIn: (ticketId) => (inside.get(ticketId)?.size ?? 0) > 0,
    size: () => rows.length,
  };
}

/** A code as somebody typed it, look-alikes understood. */
function codeOf(typed: string): string {
  return findable(typed).replaceAll('o', '0').replace(/[il]/g, '1');
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
