import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { AccountKind } from './accounts.ts';

type LedgerAccountTable = {
  filmId: string;
  id: string;
  code: string;
  name: string;
  kind: AccountKind;
  openedAt: Temporal.Instant;
};

type LedgerGroupTable = {
  filmId: string;
  id: string;
  key: string;
  kind: string;
  memo: string;
  bookedOn: string;
  postedAt: Temporal.Instant;
  personId: string | null;
  personName: string;
  reversesId: string | null;
  subjectId: string | null;
  madeIn: ColumnType<string, never, never>;
};

type LedgerEntryTable = {
  filmId: string;
  groupId: string;
  line: number;
  accountId: string;
  amount: number;
  currency: string;
  partId: string | null;
  bookedOn: string;
  madeIn: Generated<string>;
};

type LedgerCloseTable = { filmId: string; closedThrough: string };

type LedgerDayTotalTable = {
  filmId: string;
  accountId: string;
  currency: string;
  day: string;
  debit: number;
  credit: number;
};

export const shareBases = ['gross', 'net-of-fees', 'net-of-fees-and-tax'] as const;
/** What a share is a share of: what was paid for tickets, or that less the fees, or less the tax too. */
export type ShareBase = (typeof shareBases)[number];

type ParticipantTable = {
  filmId: string;
  id: string;
  name: string;
  account: string;
  addedAt: Temporal.Instant;
};

type ShareRuleTable = {
  filmId: string;
  id: string;
  participantId: string;
  base: ShareBase;
  points: number | null;
  fixed: number | null;
  currency: string | null;
  screeningId: string | null;
  channel: string | null;
  cap: number | null;
  startsAt: Temporal.Instant;
  endedAt: ColumnType<Temporal.Instant | null, never, Temporal.Instant>;
  addedAt: Temporal.Instant;
};

declare module '../../platform/database/tables.ts' {
  interface Tables {
    ledgerAccount: LedgerAccountTable;
    ledgerGroup: LedgerGroupTable;
    ledgerEntry: LedgerEntryTable;
    ledgerClose: LedgerCloseTable;
    ledgerDayTotal: LedgerDayTotalTable;
    participant: ParticipantTable;
    shareRule: ShareRuleTable;
  }
}
