import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Text } from '../film/document/text.ts';

/** jsonb: read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;

export const ticketKinds = ['fixed', 'pwyw', 'free', 'comp'] as const;
/** One price; pay what you can; nothing to pay; given by the house. */
export type TicketKind = (typeof ticketKinds)[number];

export const codeKinds = ['percent', 'amount', 'comp'] as const;
/** So many percent off, so much off each place, or the place for nothing. */
export type CodeKind = (typeof codeKinds)[number];

/** Where an order was made: on the film's site, at the venue's door, at the team's desk. */
export type OrderChannel = 'site' | 'door' | 'desk';

/** How an order is paid; `free` where nothing is due. */
export type PayMethod =
  | 'free'
  | 'stripe'
  | 'sandbox'
  | 'invoice'
  | 'cash'
  | 'cheque'
  | 'card-reader'
  | 'comp';

type BoxOfficeTable = {
  filmId: string;
  holdMinutes: number;
  refundHours: number | null;
  invoiceDays: number | null;
  offerHours: number;
  changedAt: Temporal.Instant;
};

type CapacityTable = {
  filmId: string;
  screeningId: string;
  places: number;
  /** Counted by the database alone. */
  taken: ColumnType<number, never, never>;
};

type TicketTypeTable = {
  filmId: string;
  id: string;
  screeningId: string;
  position: number;
  name: Json<Text>;
  about: ColumnType<Text | null, string | null, string | null>;
  kind: TicketKind;
  currency: string;
  price: number;
  priceMin: number | null;
  priceMax: number | null;
  placesMax: number | null;
  perOrderMax: number;
  saleFrom: Temporal.Instant | null;
  saleUntil: Temporal.Instant | null;
  needsCode: boolean;
  withdrawnAt: Temporal.Instant | null;
};

type CodeTable = {
  filmId: string;
  id: string;
  word: string;
  kind: CodeKind;
  off: number;
  currency: string | null;
  screeningId: string | null;
  ticketTypeId: string | null;
  usesMax: number | null;
  moneyMax: number | null;
  /** Counted by the database alone, as `money`. */
  uses: ColumnType<number, never, never>;
  money: ColumnType<number, never, never>;
  goodFrom: Temporal.Instant | null;
  goodUntil: Temporal.Instant | null;
  note: string;
  madeAt: Temporal.Instant;
  withdrawnAt: Temporal.Instant | null;
};

type OrderTable = {
  filmId: string;
  id: string;
  code: string;
  screeningId: string;
  channel: OrderChannel;
  language: string;
  referral: string | null;
  codeId: string | null;
  currency: string;
  total: number;
  gift: number;
  madeAt: Temporal.Instant;
  lapsesAt: Temporal.Instant;
  buyerName: string | null;
  buyerAddress: string | null;
  method: PayMethod | null;
  confirmedAt: Temporal.Instant | null;
  cancelledAt: Temporal.Instant | null;
  note: Generated<string>;
  letters: Generated<number>;
  letterAskedAt: Generated<Temporal.Instant | null>;
  /** Of the secret that its form carried, by which it is opened. */
  secretHash: Buffer;
  /** Who comes, as it was said when paying began; the tickets' own names stand with them. */
  guestNames: ColumnType<(string | null)[], string | undefined, string>;
};

/** The secrets of its letters. */
type OrderKeyTable = {
  filmId: string;
  secretHash: Buffer;
  orderId: string;
  madeAt: Temporal.Instant;
};

type OrderLineTable = {
  filmId: string;
  orderId: string;
  line: number;
  ticketTypeId: string;
  quantity: number;
  price: number;
  off: number;
  granted: number;
};

type HoldTable = {
  filmId: string;
  id: string;
  screeningId: string;
  orderId: string | null;
  line: number | null;
  ticketTypeId: string | null;
  places: number;
  madeAt: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
  note: Generated<string>;
};

type TicketTable = {
  filmId: string;
  id: string;
  orderId: string;
  line: number;
  number: number;
  screeningId: string;
  ticketTypeId: string;
  guestName: string | null;
  generation: Generated<number>;
  issuedAt: Temporal.Instant;
  cancelledAt: Temporal.Instant | null;
  holderAddress: Generated<string | null>;
};

type TicketKeyTable = {
  filmId: string;
  publicKey: Buffer;
  privateKey: Buffer;
  madeAt: Temporal.Instant;
};

/** How a ticket was found at the door: by its QR code, by what is typed, by a name of the list. */
export type ScanWay = 'code' | 'typed' | 'name';
export type ScanVerdict = 'admitted' | 'conflict' | 'refused';

type ScanTable = {
  filmId: string;
  nonce: string;
  screeningId: string;
  change: number;
  ticketId: string | null;
  generation: number | null;
  way: ScanWay;
  device: string;
  personId: string | null;
  scannedAt: Temporal.Instant;
  receivedAt: Temporal.Instant;
  verdict: ScanVerdict;
  reason: string;
  undoneAt: Temporal.Instant | null;
};

type CodeUseTable = {
  filmId: string;
  codeId: string;
  orderId: string;
  uses: number;
  money: number;
  expiresAt: Temporal.Instant | null;
};

type WaitEntryTable = {
  filmId: string;
  id: string;
  screeningId: string;
  address: string;
  language: string;
  places: number;
  keyHash: Buffer;
  offerHash: Buffer | null;
  joinedAt: Temporal.Instant;
  leftAt: Temporal.Instant | null;
  offeredAt: Temporal.Instant | null;
  offerUntil: Temporal.Instant | null;
  holdId: string | null;
  orderId: string | null;
};

declare module '../../platform/database/tables.ts' {
  interface Tables {
    boxOffice: BoxOfficeTable;
    capacity: CapacityTable;
    ticketType: TicketTypeTable;
    code: CodeTable;
    order: OrderTable;
    orderKey: OrderKeyTable;
    orderLine: OrderLineTable;
    hold: HoldTable;
    ticket: TicketTable;
    codeUse: CodeUseTable;
    waitEntry: WaitEntryTable;
    ticketKey: TicketKeyTable;
    scan: ScanTable;
  }
}
