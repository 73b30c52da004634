import type { ReactElement } from 'react';
import {
  type OrderInList,
  orderChannels,
  orderStates,
  type PaidCard,
  payMethods,
  sayOrderCode,
} from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import {
  type Column,
  DeskPage,
  DeskTable,
  EmptyState,
  LinkButton,
  Pagination,
  When,
} from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import { screeningWords } from '../boxoffice/parts.tsx';
import type { Desk } from '../desk.ts';
import { CardUnder } from './card-under.tsx';
import { OrderBadge } from './order-state.tsx';
import { addressOf, type OrdersView } from './views.ts';
import { channelWords, methodWords, stateWords } from './words.ts';

export type OrdersPageProps = {
  readonly desk: Desk;
  readonly view: OrdersView;
  readonly orders: readonly OrderInList[];
  readonly hasMore: boolean;
  readonly screenings: ReadonlyMap<string, Screening>;
  /** By order: the card that paid it. */
  readonly cards: ReadonlyMap<string, PaidCard>;
};

/** All orders, the newest first: searched, narrowed, taken out as CSV. */
export function OrdersPage(props: OrdersPageProps): ReactElement {
  const { desk, view, orders, hasMore } = props;
  const here = `${desk.base}/orders`;
  const { before, ...narrowed } = view;
  const isNarrowed = addressOf(narrowed) !== '';
  const isExport = may(desk.role, 'orders.export') && orders.length > 0;
  return (
    <DeskPage
      desk={desk}
      title="Orders"
      about="Everybody who bought, was given, or is just paying for places."
      isWide
      actions={
        isExport ? (
          <LinkButton href={`${here}/export.csv${addressOf(narrowed)}`}>As CSV</LinkButton>
        ) : undefined
      }
    >
      <OrderFilters {...props} isNarrowed={isNarrowed} />
      <DeskTable
        caption="Orders"
        rows={orders}
        keyOf={({ id }) => id}
        columns={columnsOf(props)}
        empty={
          isNarrowed ? (
            <EmptyState title="No order is like that.">
              <a href={here}>Show all</a>
            </EmptyState>
          ) : (
            <EmptyState title="No orders yet">
              The first one stands here the moment somebody sets places aside on a screening’s page, or the
              team sells at its desk.
            </EmptyState>
          )
        }
      />
      <Pagination
        newer={before === '' ? null : here + addressOf(narrowed)}
        older={hasMore ? here + addressOf({ ...narrowed, before: orders.at(-1)?.id ?? '' }) : null}
        words={{ newer: 'Newest', older: 'Older' }}
      />
    </DeskPage>
  );
}

function columnsOf({ desk, screenings, cards }: OrdersPageProps): Column<OrderInList>[] {
  return [
    {
      name: 'Buyer',
      kind: 'lead',
      cell: ({ id, buyer, code }) => (
        <>
          <a href={`${desk.base}/orders/${id}`}>{buyer?.name ?? 'Nobody yet'}</a>
          <span className="desk-under">
            {sayOrderCode(code)}
            {buyer?.address ? ` · ${buyer.address}` : ''}
          </span>
        </>
      ),
    },
    { name: 'State', cell: (order) => <OrderBadge order={order} now={desk.now} /> },
    {
      name: 'Screening',
      cell: ({ screeningId }) => {
        const screening = screenings.get(screeningId);
        return screening ? screeningWords(screening) : null;
      },
    },
    { name: 'Places', kind: 'figure', cell: ({ places }) => places },
    {
      name: 'Paid',
      cell: ({ id, method }) =>
        method === null ? null : (
          <>
            {methodWords[method]}
            <CardUnder card={cards.get(id)} />
          </>
        ),
    },
    { name: 'Total', kind: 'figure', cell: ({ total, currency }) => sayMoney(total, currency) },
    {
      name: 'Made',
      kind: 'when',
      cell: ({ madeAt, channel }) => (
        <>
          <When at={madeAt} now={desk.now} />
          <span className="desk-under">{channelWords[channel]}</span>
        </>
      ),
    },
  ];
}

function OrderFilters({
  desk,
  view,
  screenings,
  isNarrowed,
}: OrdersPageProps & { readonly isNarrowed: boolean }): ReactElement {
  const here = `${desk.base}/orders`;
  const nights = [...screenings.values()].sort(
    (one, other) => other.startsAt.epochMilliseconds - one.startsAt.epochMilliseconds,
  );
  return (
    <search>
      <form method="get" action={here} className="desk-filters">
        <Field
          name="search"
          label="Name, address, code or a card’s last four"
          value={view.search}
          type="search"
        />
        <Choice
          {...{ name: 'screening', label: 'Screening', all: 'All screenings', value: view.screening }}
          choices={nights.map((screening) => [screening.id, screeningWords(screening)])}
        />
        <Choice
          {...{ name: 'state', label: 'State', all: 'All but lapsed', value: view.state }}
          choices={orderStates.map((state) => [state, stateWords[state]])}
        />
        <Choice
          {...{ name: 'method', label: 'Paid', all: 'All ways', value: view.method }}
          choices={payMethods.map((method) => [method, methodWords[method]])}
        />
        <Choice
          {...{ name: 'channel', label: 'Where', all: 'Everywhere', value: view.channel }}
          choices={orderChannels.map((channel) => [channel, channelWords[channel]])}
        />
        <Field name="code" label="With the code" value={view.code} type="text" />
        <Field name="from" label="Made from" value={view.from} type="date" />
        <Field name="to" label="Through" value={view.to} type="date" />
        <button type="submit" className="button-plain">
          Show
        </button>
        {isNarrowed ? <a href={here}>Show all</a> : null}
      </form>
    </search>
  );
}

function Field({
  name,
  label,
  value,
  type,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type: 'search' | 'text' | 'date';
}): ReactElement {
  return (
    <div className={type === 'search' ? 'desk-filter is-search' : 'desk-filter'}>
      <label htmlFor={`filter-${name}`}>{label}</label>
      <input
        id={`filter-${name}`}
        type={type}
        name={name}
        defaultValue={value}
        maxLength={type === 'date' ? undefined : type === 'search' ? 200 : 40}
      />
    </div>
  );
}

function Choice({
  name,
  label,
  all,
  value,
  choices,
}: {
  readonly name: string;
  readonly label: string;
  readonly all: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
}): ReactElement {
  return (
    <div className="desk-filter is-choice">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name} defaultValue={value}>
        <option value="">{all}</option>
        {choices.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
