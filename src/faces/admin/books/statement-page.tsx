import type { ReactElement } from 'react';
import type { Account, Statement, StatementLine } from '../../../domain/ledger/index.ts';
import { DeskPage, DeskTable, EmptyState, Facts, LinkButton } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { Day } from './parts.tsx';
import { groupWords, kindWords, sidesSaid } from './words.ts';

export type StatementPageProps = {
  readonly desk: Desk;
  readonly account: Account;
  readonly currency: string;
  /** In which currencies anything was posted to the account. */
  readonly currencies: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly statement: Statement;
};

/** What moved in one account: before the period, in it, and what stands at its end. */
export function StatementPage(props: StatementPageProps): ReactElement {
  const { desk, account, currency, from, to, statement } = props;
  const isTurned = account.kind !== 'asset' && account.kind !== 'expense';
  // On the side on which such an account grows, so that what it holds is more than nothing.
  const balance = (amount: number): string => sayMoney(isTurned ? -amount : amount, currency);
  const period = Object.entries({ from, to }).filter(([, day]) => day !== '');
  const inJournal = `?${new URLSearchParams([['account', account.code], ...period])}`;
  return (
    <DeskPage
      desk={desk}
      title={account.name}
      about={`${kindWords[account.kind].name}. ${sidesSaid}`}
      from={{ href: `${desk.base}/books`, label: 'Books' }}
      actions={
        <LinkButton href={`${desk.base}/books/journal.csv${inJournal}`}>Its journal as CSV</LinkButton>
      }
    >
      <PeriodForm {...props} />
      <Facts
        facts={[
          ...(from === '' ? [] : [['Before', balance(statement.prior)] as const]),
          ['Debits', sayMoney(statement.debit, currency)],
          ['Credits', sayMoney(statement.credit, currency)],
          [to === '' ? 'Now' : 'At the end', balance(statement.closing)],
        ]}
      />
      <DeskTable
        caption="Entries, the newest first"
        rows={statement.lines}
        keyOf={(line) => `${line.groupId} ${line.amount}`}
        columns={[
          { name: 'Day', cell: ({ bookedOn }) => <Day day={bookedOn} /> },
          { name: 'What', kind: 'lead', cell: (line) => <LineLink desk={desk} line={line} /> },
          {
            name: 'Debit',
            kind: 'figure',
            cell: ({ amount }) => (amount > 0 ? sayMoney(amount, currency) : null),
          },
          {
            name: 'Credit',
            kind: 'figure',
            cell: ({ amount }) => (amount < 0 ? sayMoney(-amount, currency) : null),
          },
        ]}
        empty={<EmptyState title="Nothing moved in this account in that time." />}
      />
      {statement.hasMore ? (
        <p>
          These are the newest of them; the sums count all.{' '}
          <a href={`${desk.base}/books/journal${inJournal}`}>All of them in the journal</a>
        </p>
      ) : null}
    </DeskPage>
  );
}

function LineLink({ desk, line }: { readonly desk: Desk; readonly line: StatementLine }): ReactElement {
  return (
    <>
      <a href={`${desk.base}/books/groups/${line.groupId}`}>{line.memo || groupWords(line.kind)}</a>
      {line.memo === '' ? null : <span className="desk-under">{groupWords(line.kind)}</span>}
    </>
  );
}

function PeriodForm({ desk, account, currency, currencies, from, to }: StatementPageProps): ReactElement {
  return (
    <search>
      <form method="get" action={`${desk.base}/books/accounts/${account.code}`} className="desk-filters">
        <div className="desk-filter">
          <label htmlFor="period-from">From</label>
          <input id="period-from" type="date" name="from" defaultValue={from} />
        </div>
        <div className="desk-filter">
          <label htmlFor="period-to">Through</label>
          <input id="period-to" type="date" name="to" defaultValue={to} />
        </div>
        <div className="desk-filter">
          <label htmlFor="period-currency">Currency</label>
          <select id="period-currency" name="currency" defaultValue={currency}>
            {[...new Set([currency, ...currencies])].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </div>
        <button type="submit" className="button-plain">
          Show
        </button>
      </form>
    </search>
  );
}
