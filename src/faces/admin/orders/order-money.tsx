import type { ReactElement } from 'react';
import type { LedgerGroup } from '../../../domain/ledger/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { sayMoney } from '../../../ui/money.ts';
import { Day } from '../books/parts.tsx';
import { groupWords } from '../books/words.ts';
import type { Desk } from '../desk.ts';

/** What the books know of an order: every group about it, in the order of their posting. */
export function OrderMoney({
  desk,
  groups,
  isConfirmed,
}: {
  readonly desk: Desk;
  readonly groups: readonly LedgerGroup[];
  readonly isConfirmed: boolean;
}): ReactElement | null {
  if (!isConfirmed && groups.length === 0) return null;
  return (
    <section className="desk-section">
      <h2>Its money</h2>
      {groups.length === 0 ? (
        <p className="quiet">Nothing was paid, so the books know nothing of it.</p>
      ) : (
        <table className="desk-table books-lines">
          <caption className="only-read">Entries in the books</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className="is-figure">
                Went to it
              </th>
              <th scope="col" className="is-figure">
                Came from it
              </th>
            </tr>
          </thead>
          {groups.map((group) => (
            <Group key={group.id} desk={desk} group={group} />
          ))}
        </table>
      )}
    </section>
  );
}

function Group({ desk, group }: { readonly desk: Desk; readonly group: LedgerGroup }): ReactElement {
  const isCredit = ({ amount }: { readonly amount: number }): boolean => amount < 0;
  const lines = [...group.lines.filter((line) => !isCredit(line)), ...group.lines.filter(isCredit)];
  const inBooks = may(desk.role, 'books.read');
  const title = (
    <>
      {groupWords(group.kind)}, <Day day={group.bookedOn} />
    </>
  );
  return (
    <tbody>
      <tr>
        <th scope="colgroup" colSpan={3} className="order-group">
          {inBooks ? <a href={`${desk.base}/books/groups/${group.id}`}>{title}</a> : title}
        </th>
      </tr>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group's lines never change
        <tr key={at}>
          <th scope="row" className={isCredit(line) ? 'is-lead is-credit' : 'is-lead'}>
            {line.name}
          </th>
          <td className="is-figure" data-name="Went to it">
            {isCredit(line) ? null : sayMoney(line.amount, line.currency)}
          </td>
          <td className="is-figure" data-name="Came from it">
            {isCredit(line) ? sayMoney(-line.amount, line.currency) : null}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
