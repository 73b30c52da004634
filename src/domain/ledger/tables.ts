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

declare module '../../platform/database/tables.ts' {
  interface Tables {
    ledgerAccount: LedgerAccountTable;
    ledgerGroup: LedgerGroupTable;
    ledgerEntry: LedgerEntryTable;
    ledgerClose: LedgerCloseTable;
    ledgerDayTotal: LedgerDayTotalTable;
  }
}
