import type { ReactElement } from 'react';
import type { LedgerGroup } from '../../../domain/ledger/index.ts';
import { Tabs } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';

const dayFormat = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A day of the books: `25 Nov 2026`. It has no zone; it is the film's own day. */
export function Day({ day }: { readonly day: string }): ReactElement {
  return (
    <time className="books-day" dateTime={day}>
      {dayFormat.format(Date.parse(`${day}T00:00:00Z`))}
    </time>
  );
}

/** The views of the books beside each other. */
export function BooksTabs({
  desk,
  open,
}: {
  readonly desk: Desk;
  readonly open: 'balances' | 'journal' | 'accounts';
}): ReactElement {
  const here = `${desk.base}/books`;
  return (
    <Tabs
      label="Books"
      tabs={[
        { href: here, label: 'Balances', isOpen: open === 'balances' },
        { href: `${here}/journal`, label: 'Journal', isOpen: open === 'journal' },
        { href: `${here}/accounts`, label: 'Accounts', isOpen: open === 'accounts' },
      ]}
    />
  );
}

/** The head of a table with two sides. */
export function SidesHead(): ReactElement {
  return (
    <thead>
      <tr>
        <th scope="col">Account</th>
        <th scope="col" className="is-figure">
          Debit
        </th>
        <th scope="col" className="is-figure">
          Credit
        </th>
      </tr>
    </thead>
  );
}

/** The lines of a group: what it debits above, what it credits below and set in, as books are written. */
export function Lines({
  desk,
  lines,
}: {
  readonly desk: Desk;
  readonly lines: LedgerGroup['lines'];
}): ReactElement {
  const isCredit = ({ amount }: { amount: number }): boolean => amount < 0;
  const inOrder = [...lines.filter((line) => !isCredit(line)), ...lines.filter(isCredit)];
  return (
    <table className="desk-table books-lines">
      <caption className="only-read">Entries</caption>
      <SidesHead />
      <tbody>
        {inOrder.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group's lines never change
          <tr key={at}>
            <th scope="row" className={isCredit(line) ? 'is-lead is-credit' : 'is-lead'}>
              <a href={`${desk.base}/books/accounts/${line.account}?currency=${line.currency}`}>
                {line.name}
              </a>
            </th>
            <td className="is-figure" data-name="Debit">
              {isCredit(line) ? null : sayMoney(line.amount, line.currency)}
            </td>
            <td className="is-figure" data-name="Credit">
              {isCredit(line) ? sayMoney(-line.amount, line.currency) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
