import { csvLines } from '../../platform/csv.ts';
import { type Db, inFilm } from '../../platform/database/database.ts';
import { type Balance, trialBalance } from './balances.ts';
import { type JournalFilter, type JournalPlace, journal, type LedgerGroup } from './groups.ts';
import { plainAmount } from './money.ts';

const journalColumns = [
  'booked on',
  'group',
  'kind',
  'memo',
  'line',
  'account',
  'account name',
  'debit',
  'credit',
  'currency',
  'posted at',
  'posted by',
  'reverses',
  'key',
] as const;
const batchGroups = 500;

/** The journal as CSV, a line an entry, the newest day first; a piece at a time, whatever its length. */
export async function* journalCsv(db: Db, filmId: string, filter: JournalFilter): AsyncGenerator<string> {
  yield csvLines([journalColumns]);
  let place: JournalPlace | null = null;
  for (;;) {
    const from: JournalPlace | null = place;
    const groups: LedgerGroup[] = await inFilm(db, filmId, (tx) =>
      journal(tx, filmId, filter, from, batchGroups),
    );
    yield csvLines(groups.flatMap(rowsOf));
    const last = groups.at(-1);
    if (groups.length < batchGroups || last === undefined) return;
    place = { bookedOn: last.bookedOn, id: last.id };
  }
}

function rowsOf({ id, key, kind, memo, bookedOn, postedAt, by, reversesId, lines }: LedgerGroup): string[][] {
  return lines.map(({ account, name, amount, currency }, at) => [
    ...[bookedOn, id, kind, memo, String(at + 1), account, name],
    ...sides(amount, 0, currency),
    ...[currency, postedAt.toString({ smallestUnit: 'second' }), by, reversesId ?? '', key],
  ]);
}

/** The trial balance as CSV. */
export async function trialBalanceCsv(db: Db, filmId: string, through: string | null): Promise<string> {
  const balances = await inFilm(db, filmId, (tx) => trialBalance(tx, filmId, through));
  const rows = balances.map(({ account, name, kind, currency, debit, credit }: Balance) => [
    ...[account, name, kind, currency, plainAmount(debit, currency), plainAmount(credit, currency)],
    ...sides(debit, credit, currency),
  ]);
  const columns = [
    'account',
    'account name',
    'kind',
    'currency',
    'debits',
    'credits',
    'balance debit',
    'balance credit',
  ];
  return csvLines([columns, ...rows]);
}

/** The two columns of what is over: one of them is empty. */
function sides(debit: number, credit: number, currency: string): [debit: string, credit: string] {
  const over = debit - credit;
  return over >= 0 ? [plainAmount(over, currency), ''] : ['', plainAmount(-over, currency)];
}
