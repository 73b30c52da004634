// Promises: every group of entries sums to zero per currency, stands for one fact by its key, and is never edited,
// only reversed; every figure is a sum of entries; a share is what its rule gives on what remains. Owns
// ledger_account, ledger_group, ledger_entry, ledger_close, ledger_day_total, participant and share_rule. Never moves
// money itself, and knows of no order, host or provider: who posts says what it was.
export {
  type Account,
  type AccountKind,
  accountKinds,
  accountsOf,
  openAccount,
} from './accounts.ts';
export { accrueShares, type Sold } from './accrue-shares.ts';
export {
  type Balance,
  type Statement,
  type StatementLine,
  sidesOf,
  statementOf,
  sumsByKind,
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
export { amountMax, isCurrency, minorDigits, plainAmount, readAmount, shareOf } from './money.ts';
export { addParticipant, type Participant, participants } from './participants.ts';
export { owedTo, payOut } from './pay-out.ts';
export { type Posted, type Posting, post, postByHand, reverse } from './post.ts';
export type { Line } from './rules.ts';
export {
  addShareRule,
  endShareRule,
  type ShareRule,
  type ShareRuleDraft,
  shareRules,
} from './share-rules.ts';
export { type ShareBase, shareBases } from './tables.ts';
