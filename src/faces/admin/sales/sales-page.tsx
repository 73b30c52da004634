import type { ReactElement } from 'react';
import {
  type SalesReport,
  type SalesRow,
  type SalesSums,
  salesTotals,
  salesViews,
} from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { DeskPage, EmptyState, LinkButton, Tabs } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import { Day } from '../books/parts.tsx';
import { screeningWords } from '../boxoffice/parts.tsx';
import type { Desk } from '../desk.ts';
import { SalesOverTime, WhereItWent } from './charts.tsx';
import type { LabelledRow } from './labels.ts';
import { addressOf, type SalesQuery, viewWords } from './views.ts';

export type SalesPageProps = {
  readonly desk: Desk;
  readonly view: SalesQuery;
  readonly rows: readonly LabelledRow[];
  readonly others: SalesReport['others'];
  /** The same sales by day, for what is drawn. */
  readonly byDay: readonly SalesRow[];
  readonly screenings: readonly Screening[];
  /** Of the one screening that is shown. */
  readonly places: number | null;
};

/** Sales taken apart, drawn and in figures; every figure is a sum of the books' entries. */
export function SalesPage(props: SalesPageProps): ReactElement {
  const { desk, view, rows, others, byDay, places } = props;
  const here = `${desk.base}/sales`;
  const isEmpty = rows.length === 0 && others.length === 0;
  return (
    <DeskPage
      desk={desk}
      title="Reports"
      about="What was sold and what it brought. Money is read from the books: the columns sum to what the balances say."
      isWide
      actions={
        isEmpty ? undefined : <LinkButton href={`${here}/export.csv${addressOf(view)}`}>As CSV</LinkButton>
      }
    >
      <Tabs
        label="Taken apart by"
        tabs={salesViews.map((by) => ({
          href: here + addressOf({ ...view, by }),
          label: viewWords[by],
          isOpen: view.by === by,
        }))}
      />
      <SalesFilters {...props} />
      {isEmpty ? (
        <EmptyState title="Nothing was sold in these days.">
          Every order counts here as soon as it is confirmed.
        </EmptyState>
      ) : (
        <>
          <div className="charts">
            <SalesOverTime rows={byDay} places={places} />
            {salesTotals(rows).map((total) => (
              <WhereItWent key={total.currency} total={total} />
            ))}
          </div>
          <SalesTable {...props} />
        </>
      )}
    </DeskPage>
  );
}

function SalesFilters({ desk, view, screenings }: SalesPageProps): ReactElement {
  const here = `${desk.base}/sales`;
  const isNarrowed = view.screening !== '' || view.from !== '' || view.to !== '';
  return (
    <search>
      <form method="get" action={here} className="desk-filters">
        <input type="hidden" name="by" value={view.by} />
        <div className="desk-filter is-choice">
          <label htmlFor="filter-screening">Screening</label>
          <select id="filter-screening" name="screening" defaultValue={view.screening}>
            <option value="">All screenings</option>
            {screenings.map((screening) => (
              <option key={screening.id} value={screening.id}>
                {screeningWords(screening)}
              </option>
            ))}
          </select>
        </div>
        <div className="desk-filter">
          <label htmlFor="filter-from">From</label>
          <input id="filter-from" type="date" name="from" defaultValue={view.from} />
        </div>
        <div className="desk-filter">
          <label htmlFor="filter-to">Through</label>
          <input id="filter-to" type="date" name="to" defaultValue={view.to} />
        </div>
        <button type="submit" className="button-plain">
          Show
        </button>
        {isNarrowed ? <a href={here + addressOf({ by: view.by })}>Show all</a> : null}
      </form>
    </search>
  );
}

/** The columns of money, each as its account counts it. */
const columns = [
  ['income', 'Ticket income'],
  ['fees', 'Processing fees'],
  ['shares', 'Shares'],
  ['left', 'Left with the film'],
  ['gifts', 'Fund: gifts less grants'],
] as const;

function figureOf(sums: SalesSums, column: (typeof columns)[number][0]): number {
  return column === 'left' ? sums.income - sums.fees - sums.shares : sums[column];
}

function SalesTable({ desk, view, rows, others }: SalesPageProps): ReactElement {
  const totals = salesTotals([...rows, ...others]);
  return (
    <>
      <table className="desk-table sales">
        <caption className="only-read">Sales by {viewWords[view.by].toLowerCase()}</caption>
        <thead>
          <tr>
            <th scope="col">{viewWords[view.by]}</th>
            <th scope="col" className="is-figure">
              Tickets
            </th>
            {columns.map(([column, name]) => (
              <th key={column} scope="col" className="is-figure">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.currency} ${row.key}`}>
              <th scope="row" className="is-lead">
                <Label desk={desk} view={view} row={row} />
              </th>
              <Figures sums={row} tickets={row.tickets} />
            </tr>
          ))}
          {others.map((sums) => (
            <tr key={`other ${sums.currency}`}>
              <th scope="row" className="is-lead">
                Not of orders
                <span className="desk-under">Entered by hand, or of another part of the film</span>
              </th>
              <Figures sums={sums} tickets={null} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          {totals.map((total) => (
            <tr key={total.currency}>
              <th scope="row" className="is-lead">
                In all{totals.length > 1 ? `, ${total.currency}` : ''}
              </th>
              <Figures sums={total} tickets={total.tickets} />
            </tr>
          ))}
        </tfoot>
      </table>
      {view.screening === '' && may(desk.role, 'books.read') ? (
        <p className="quiet">
          The same sums stand in the{' '}
          <a href={`${desk.base}/books${view.to === '' ? '' : `?through=${view.to}`}`}>balances</a>.
        </p>
      ) : null}
    </>
  );
}

function Label({
  desk,
  view,
  row: { key, label, href },
}: {
  readonly desk: Desk;
  readonly view: SalesQuery;
  readonly row: LabelledRow;
}): ReactElement {
  if (view.by === 'day' && key !== null) return <Day day={key} />;
  if (href === null || (view.by === 'code' && !may(desk.role, 'codes.read'))) return <>{label}</>;
  return <a href={desk.base + href}>{label}</a>;
}

function Figures({
  sums,
  tickets,
}: {
  readonly sums: SalesSums & { readonly currency: string };
  readonly tickets: number | null;
}): ReactElement {
  return (
    <>
      <td className="is-figure" data-name="Tickets">
        {tickets === null ? null : tickets.toLocaleString('en')}
      </td>
      {columns.map(([column, name]) => (
        <td key={column} className="is-figure" data-name={name}>
          {figureOf(sums, column) === 0 && column !== 'income'
            ? null
            : sayMoney(figureOf(sums, column), sums.currency)}
        </td>
      ))}
    </>
  );
}
