import type { ColumnType } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** Who may claim a grant: whoever asks, who brings a code, or nobody for now. */
export const claimants = ['everyone', 'code', 'nobody'] as const;
export type Claimants = (typeof claimants)[number];

/** What a grant can be for. */
export type GrantChannel = 'screening';

type FundTable = { filmId: string; currency: string; openedAt: Temporal.Instant };

/** Counted by the database alone. */
type Counted = ColumnType<number, never, never>;

type GiftTable = {
  filmId: string;
  id: string;
  currency: string;
  amount: number;
  spent: Counted;
  takenBack: ColumnType<number, never, number>;
  orderId: string | null;
  givenAt: Temporal.Instant;
  address: string | null;
  language: string;
  toldAt: ColumnType<Temporal.Instant | null, never, Temporal.Instant | null>;
};

type GrantRuleTable = {
  filmId: string;
  id: string;
  channel: GrantChannel;
  currency: string;
  screeningId: string | null;
  paysMax: number | null;
  who: Claimants;
  needsAddress: boolean;
  perAddressMax: number;
  perAddressDays: number;
  placesMax: number | null;
  offerHours: number;
  changedAt: Temporal.Instant;
};

type GrantCodeTable = {
  filmId: string;
  id: string;
  word: string;
  steward: string;
  usesMax: number;
  uses: Counted;
  goodUntil: Temporal.Instant | null;
  madeAt: Temporal.Instant;
  withdrawnAt: ColumnType<Temporal.Instant | null, never, Temporal.Instant | null>;
};

type GrantTable = {
  filmId: string;
  id: string;
  currency: string;
  amount: number;
  subjectId: string;
  screeningId: string;
  codeId: string | null;
  personMark: Buffer | null;
  madeAt: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
  givenAt: ColumnType<Temporal.Instant | null, never, Temporal.Instant | null>;
  returnedAt: ColumnType<Temporal.Instant | null, never, Temporal.Instant | null>;
};

type GrantLegTable = { filmId: string; grantId: string; giftId: string; amount: number };

type GrantWaitTable = {
  filmId: string;
  id: string;
  currency: string;
  screeningId: string;
  ticketTypeId: string;
  amount: number;
  address: string;
  language: string;
  site: string;
  madeAt: Temporal.Instant;
  waitsUntil: Temporal.Instant;
  offeredUntil: ColumnType<Temporal.Instant | null, never, Temporal.Instant | null>;
  secretHash: ColumnType<Buffer | null, never, Buffer | null>;
};

declare module '../../platform/database/tables.ts' {
  interface Tables {
    fund: FundTable;
    gift: GiftTable;
    grantRule: GrantRuleTable;
    grantCode: GrantCodeTable;
    grant: GrantTable;
    grantLeg: GrantLegTable;
    grantWait: GrantWaitTable;
  }
}
