import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import './tables.ts';

export const accountKinds = ['asset', 'liability', 'equity', 'income', 'expense'] as const;
/** What the film has, owes, was given to begin with, earns, and spends. Debits add to the first and the last. */
export type AccountKind = (typeof accountKinds)[number];

export type Account = { readonly code: string; readonly name: string; readonly kind: AccountKind };

/** What every film's books know from the start. Opened together when something is first posted. */
export const standardAccounts: readonly Account[] = [
  { code: 'bank', name: 'Bank', kind: 'asset' },
  { code: 'processor', name: 'Payment processor', kind: 'asset' },
  { code: 'cash', name: 'Cash box', kind: 'asset' },
  { code: 'disputed', name: 'Withheld in disputes', kind: 'asset' },
  { code: 'receivable', name: 'Invoices sent, not yet paid', kind: 'asset' },
  { code: 'fund', name: 'Solidarity fund', kind: 'liability' },
  { code: 'refunds-owed', name: 'Payments to be given back', kind: 'liability' },
  { code: 'sales-tax', name: 'Sales tax owed', kind: 'liability' },
  { code: 'loans', name: 'Loans', kind: 'liability' },
  { code: 'opening', name: 'Opening balances', kind: 'equity' },
  { code: 'makers', name: 'Put in by the makers', kind: 'equity' },
  { code: 'income.tickets', name: 'Ticket income', kind: 'income' },
  { code: 'income.licences', name: 'Licence income', kind: 'income' },
  { code: 'income.rentals', name: 'Rental income', kind: 'income' },
  { code: 'income.film-hire', name: 'Film hire', kind: 'income' },
  { code: 'income.donations', name: 'Donations to the film', kind: 'income' },
  { code: 'income.other', name: 'Other income', kind: 'income' },
  { code: 'expense.fees', name: 'Processing fees', kind: 'expense' },
  { code: 'expense.disputes', name: 'Payments lost to disputes', kind: 'expense' },
  { code: 'expense.shares', name: 'Share cost', kind: 'expense' },
  { code: 'expense.venues', name: 'Venue hire', kind: 'expense' },
  { code: 'expense.prints', name: 'Prints, DCPs and shipping', kind: 'expense' },
  { code: 'expense.publicity', name: 'Publicity', kind: 'expense' },
  { code: 'expense.travel', name: 'Travel and guests', kind: 'expense' },
  { code: 'expense.accessibility', name: 'Captions, description, interpreters', kind: 'expense' },
  { code: 'expense.other', name: 'Other costs', kind: 'expense' },
];

/** Accounts that a team opens itself stand apart from those that the program posts to. */
const ownPrefix = 'own.';
const accountsMax = 2_000;

/** Every account of a film, those that nothing was posted to yet included, by kind and in the chart's order. */
export async function accountsOf(tx: Tx, filmId: string): Promise<Account[]> {
  const opened = await tx
    .selectFrom('ledgerAccount')
    .select(['code', 'name', 'kind'])
    .where('filmId', '=', filmId)
    .orderBy('name')
    .orderBy('code')
    .execute();
  const standard = new Set(standardAccounts.map(({ code }) => code));
  const all = [...standardAccounts, ...opened.filter(({ code }) => !standard.has(code))];
  return accountKinds.flatMap((kind) => all.filter((account) => account.kind === kind));
}

/**
 * Opens an account of the team's own. Its code is made from its name.
 * @throws {Refusal} account_name_empty · account_exists · too_many_accounts
 */
export async function openAccount(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { name, kind }: { readonly name: string; readonly kind: AccountKind },
): Promise<Account> {
  const code = ownPrefix + codeOf(name);
  if (code === ownPrefix) throw new Refusal('account_name_empty');
  const all = await accountsOf(tx, filmId);
  if (all.some((account) => account.name === name)) throw new Refusal('account_exists');
  if (all.length >= accountsMax) throw new Refusal('too_many_accounts');
  const made = await tx
    .insertInto('ledgerAccount')
    .values({ filmId, id: newId(), code, name, kind, openedAt: now })
    .onConflict((conflict) => conflict.columns(['filmId', 'code']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new Refusal('account_exists');
  await recordAudit(tx, filmId, now, by, { action: 'ledger.open_account', subject: name, details: { kind } });
  return { code, name, kind };
}

const codeLengthMax = 60;

/** Latin letters and figures of a name; where that leaves any out, a mark of the whole name besides. */
export function codeOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const code = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const isWhole = code.length <= codeLengthMax && !/(?![a-z0-9])[\p{L}\p{N}]/u.test(plain);
  if (isWhole) return code;
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${code.slice(0, codeLengthMax)}-${mark}`.replace(/^-+/, '');
}

/**
 * The ids of accounts by their codes; where a standard one was never opened, all of them are.
 * @throws {Refusal} unknown_account
 */
export async function accountIds(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(codes)].sort();
  const ids = await idsByCode(tx, filmId, wanted);
  const missing = wanted.filter((code) => !ids.has(code));
  if (missing.length === 0) return ids;
  for (const code of missing)
    if (!standardAccounts.some((each) => each.code === code)) throw new Refusal('unknown_account', { code });
  // All at once and in the order of their codes: two transactions that post several groups, each to other new
  // accounts first, would wait for each other's halves.
  const opening = standardAccounts.toSorted((one, other) => (one.code < other.code ? -1 : 1));
  await tx
    .insertInto('ledgerAccount')
    .values(opening.map((account) => ({ ...account, filmId, id: newId(), openedAt: now })))
    .onConflict((conflict) => conflict.columns(['filmId', 'code']).doNothing())
    .execute();
  return await idsByCode(tx, filmId, wanted);
}

async function idsByCode(tx: Tx, filmId: string, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('ledgerAccount')
    .select(['code', 'id'])
    .where('filmId', '=', filmId)
    .where('code', 'in', codes)
    .execute();
  return new Map(rows.map(({ code, id }) => [code, id]));
}
