// Promises: every group of entries sums to zero per currency, stands for one fact by its key, and is never edited,
// only reversed; every figure is a sum of entries. Owns ledger_account, ledger_group, ledger_entry, ledger_close and
// ledger_day_total. Never moves money itself, and knows of no order, host or provider: who posts says what it was.
export {
  type Account,
  type AccountKind,
  accountKinds,
  accountsOf,
  openAccount,
} from './accounts.ts';
export {
  type Balance,
  type Statement,
  type StatementLine,
  sidesOf,
  statementOf,
  trialBalance,
} from './balances.ts';
export { closeDays, ledgerRecurring, openDays } from './close-days.ts';
export { journalCsv, trialBalanceCsv } from './export-journal.ts';
export {
  groupById,
  groupsAbout,
  type JournalFilter,
  type JournalPlace,
  journal,
  journalKinds,
  type LedgerGroup,
  type SubjectSum,
  sumsBySubject,
} from './groups.ts';
export { amountMax, isCurrency, minorDigits, plainAmount, readAmount } from './money.ts';
export { type Posted, type Posting, post, postByHand, reverse } from './post.ts';
export type { Line } from './rules.ts';
