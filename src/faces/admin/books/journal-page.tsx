import type { ReactElement } from 'react';
import type { Account, LedgerGroup } from '../../../domain/ledger/index.ts';
import { DeskPage, DeskTable, EmptyState, LinkButton, Pagination } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { BooksTabs, Day } from './parts.tsx';
import type { JournalQuery } from './views.ts';
import { groupWords } from './words.ts';

export type JournalPageProps = {
  readonly desk: Desk;
  readonly query: JournalQuery;
  readonly groups: readonly LedgerGroup[];
  readonly hasMore: boolean;
  readonly accounts: readonly Account[];
  readonly kinds: readonly string[];
};

/** Everything that was posted, group by group, the newest first. */
export function JournalPage({
  desk,
  query,
  groups,
  hasMore,
  accounts,
  kinds,
}: JournalPageProps): ReactElement {
  const here = `${desk.base}/books/journal`;
  const { after: _, ...narrowed } = query;
  const asked = Object.entries(narrowed).filter(([, value]) => value !== '');
  const view = (more: Record<string, string>) =>
    `?${new URLSearchParams([...asked, ...Object.entries(more)])}`;
  const last = groups.at(-1);
  return (
    <DeskPage
      desk={desk}
      title="Journal"
      about="Everything that was entered, the newest first. Each line is money that went from one account to another."
      actions={
        groups.length === 0 ? undefined : (
          <LinkButton href={`${desk.base}/books/journal.csv${view({})}`}>Journal as CSV</LinkButton>
        )
      }
    >
      <BooksTabs desk={desk} open="journal" />
      <JournalFilters {...{ here, query, accounts, kinds }} isNarrowed={asked.length > 0} />
      <DeskTable
        caption="Groups of entries"
        rows={groups}
        keyOf={({ id }) => id}
        columns={[
          { name: 'Day', cell: ({ bookedOn }) => <Day day={bookedOn} /> },
          {
            name: 'What',
            kind: 'lead',
            cell: (group) => (
              <>
                <a href={`${desk.base}/books/groups/${group.id}`}>{group.memo || groupWords(group.kind)}</a>
                <span className="desk-under">
                  {groupWords(group.kind)} by {group.by}
                  {group.reversedById === null ? '' : ', taken back'}
                </span>
              </>
            ),
          },
          { name: 'From', cell: ({ lines }) => namesOf(lines.filter(({ amount }) => amount < 0)) },
          { name: 'To', cell: ({ lines }) => namesOf(lines.filter(({ amount }) => amount > 0)) },
          { name: 'Amount', kind: 'figure', cell: ({ lines }) => <Amounts lines={lines} /> },
        ]}
        empty={
          <EmptyState
            title={asked.length > 0 ? 'Nothing like that was entered.' : 'Nothing was entered yet.'}
          >
            {asked.length > 0 ? (
              <a href={here}>Show everything</a>
            ) : (
              'What the team enters, and later every order, fee and share, stands here.'
            )}
          </EmptyState>
        }
      />
      <Pagination
        newer={query.after === '' ? null : `${here}${view({})}`}
        older={hasMore && last ? `${here}${view({ after: `${last.bookedOn}.${last.id}` })}` : null}
        words={{ newer: 'Newest', older: 'Older' }}
      />
    </DeskPage>
  );
}

function namesOf(lines: LedgerGroup['lines']): string {
  return [...new Set(lines.map(({ name }) => name))].join(', ');
}

function Amounts({ lines }: { readonly lines: LedgerGroup['lines'] }): ReactElement {
  const sums = new Map<string, number>();
  for (const { amount, currency } of lines)
    if (amount > 0) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return <>{[...sums].map(([currency, amount]) => sayMoney(amount, currency)).join(' + ')}</>;
}

type FilterProps = Pick<JournalPageProps, 'query' | 'accounts' | 'kinds'> & {
  readonly here: string;
  readonly isNarrowed: boolean;
};

function JournalFilters({ here, query, accounts, kinds, isNarrowed }: FilterProps): ReactElement {
  return (
    <search>
      <form method="get" action={here} className="desk-filters">
        <div className="desk-filter is-choice">
          <label htmlFor="filter-account">Account</label>
          <select id="filter-account" name="account" defaultValue={query.account}>
            <option value="">All accounts</option>
            {accounts.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="desk-filter is-choice">
          <label htmlFor="filter-kind">Kind</label>
          <select id="filter-kind" name="kind" defaultValue={query.kind}>
            <option value="">All kinds</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {groupWords(kind)}
              </option>
            ))}
          </select>
        </div>
        <div className="desk-filter">
          <label htmlFor="filter-from">From</label>
          <input id="filter-from" type="date" name="from" defaultValue={query.from} />
        </div>
        <div className="desk-filter">
          <label htmlFor="filter-to">Through</label>
          <input id="filter-to" type="date" name="to" defaultValue={query.to} />
        </div>
        <button type="submit" className="button-plain">
          Show
        </button>
        {isNarrowed ? <a href={here}>Show all</a> : null}
      </form>
    </search>
  );
}
