import type { ReactElement } from 'react';
import { type AccountKind, accountKinds, type Balance, sidesOf } from '../../../domain/ledger/index.ts';
import { may } from '../../../domain/people/index.ts';
import { DeskPage, EmptyState, LinkButton, type NoticeWords } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { BooksTabs, SidesHead } from './parts.tsx';
import { kindWords } from './words.ts';

export type BalancesPageProps = {
  readonly desk: Desk;
  readonly balances: readonly Balance[];
  /** The last day that counts; empty: everything. */
  readonly through: string;
  readonly notice: NoticeWords | null;
};

/** How the film stands, and the trial balance that it is read from. */
export function BalancesPage({ desk, balances, through, notice }: BalancesPageProps): ReactElement {
  const here = `${desk.base}/books`;
  const query = through === '' ? '' : `?through=${through}`;
  const canPost = may(desk.role, 'books.post');
  return (
    <DeskPage
      desk={desk}
      title="Books"
      about="Every figure is the sum of the journal’s entries. What was entered is never changed, only taken back."
      notice={notice}
      actions={
        <>
          {canPost ? (
            <LinkButton href={`${here}/entry`} look="main">
              Enter money
            </LinkButton>
          ) : null}
          {balances.length === 0 ? null : (
            <LinkButton href={`${here}/balances.csv${query}`}>Balances as CSV</LinkButton>
          )}
        </>
      }
    >
      <BooksTabs desk={desk} open="balances" />
      <ThroughForm here={here} through={through} />
      {balances.length === 0 ? (
        <EmptyState
          title={through === '' ? 'Nothing is in the books yet.' : 'Nothing was booked up to that day.'}
          action={
            canPost ? (
              <LinkButton href={`${here}/entry`}>Enter what the film has in the bank</LinkButton>
            ) : undefined
          }
        >
          Begin with what there is: an opening balance, what the makers put in, the costs so far.
        </EmptyState>
      ) : (
        sidesOf(balances).map(({ currency, debit, credit }) => (
          <CurrencySection
            key={currency}
            {...{ desk, currency, debit, credit }}
            balances={balances.filter((each) => each.currency === currency)}
          />
        ))
      )}
    </DeskPage>
  );
}

function ThroughForm({ here, through }: { readonly here: string; readonly through: string }): ReactElement {
  return (
    <search>
      <form method="get" action={here} className="desk-filters">
        <div className="desk-filter">
          <label htmlFor="through">Through the day</label>
          <input id="through" type="date" name="through" defaultValue={through} />
        </div>
        <button type="submit" className="button-plain">
          Show
        </button>
        {through === '' ? null : <a href={here}>Through today</a>}
      </form>
    </search>
  );
}

type SectionProps = {
  readonly desk: Desk;
  readonly currency: string;
  readonly debit: number;
  readonly credit: number;
  readonly balances: readonly Balance[];
};

const over = ({ debit, credit }: Balance): number => debit - credit;

function CurrencySection({ desk, currency, debit, credit, balances }: SectionProps): ReactElement {
  const sumOf = (kind: AccountKind): number =>
    balances.filter((each) => each.kind === kind).reduce((sum, each) => sum + over(each), 0);
  const money = (amount: number): string => sayMoney(amount, currency);
  const result = -sumOf('income') - sumOf('expense');
  const sums = [
    [kindWords.asset.name, sumOf('asset')],
    [kindWords.liability.name, -sumOf('liability')],
    ['Income', -sumOf('income')],
    ['Costs', sumOf('expense')],
    [result < 0 ? 'Not yet earned back' : 'Earned beyond the costs', Math.abs(result)],
  ] as const;
  return (
    <section className="desk-section" aria-labelledby={`books-${currency}`}>
      <h2 id={`books-${currency}`}>{currency}</h2>
      <dl className="books-sums">
        {sums.map(([name, amount]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{money(amount)}</dd>
          </div>
        ))}
      </dl>
      <table className="desk-table books-balances">
        <caption className="only-read">Trial balance in {currency}</caption>
        <SidesHead />
        {accountKinds.map((kind) => (
          <KindRows
            key={kind}
            desk={desk}
            kind={kind}
            balances={balances.filter((each) => each.kind === kind)}
          />
        ))}
        <tfoot>
          <tr>
            <th scope="row" className="is-lead">
              Both sides
            </th>
            <td className="is-figure" data-name="Debit">
              {money(debit)}
            </td>
            <td className="is-figure" data-name="Credit">
              {money(credit)}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function KindRows({
  desk,
  kind,
  balances,
}: {
  readonly desk: Desk;
  readonly kind: AccountKind;
  readonly balances: readonly Balance[];
}): ReactElement | null {
  if (balances.length === 0) return null;
  return (
    <tbody>
      <tr className="books-kind">
        <th scope="rowgroup" colSpan={3}>
          {kindWords[kind].name}
        </th>
      </tr>
      {balances.map((each) => (
        <tr key={each.account}>
          <th scope="row" className="is-lead">
            <a href={`${desk.base}/books/accounts/${each.account}?currency=${each.currency}`}>{each.name}</a>
          </th>
          <td className="is-figure" data-name="Debit">
            {over(each) >= 0 ? sayMoney(over(each), each.currency) : null}
          </td>
          <td className="is-figure" data-name="Credit">
            {over(each) < 0 ? sayMoney(-over(each), each.currency) : null}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
