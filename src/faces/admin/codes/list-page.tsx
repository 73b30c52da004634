import type { ReactElement } from 'react';
import { type Code, codeState, codeStates } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import {
  Badge,
  type Column,
  DeskPage,
  DeskTable,
  EmptyState,
  Filters,
  LinkButton,
  type NoticeWords,
  Pagination,
} from '../../../ui/admin/index.ts';
import { sayShortDay } from '../../../ui/dates.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import type { CodePlace } from './code-values.ts';
import type { CodesView } from './list-desk.tsx';
import { giftWords, stateWords } from './words.ts';

export type CodesPageProps = {
  readonly desk: Desk;
  readonly view: CodesView;
  readonly codes: readonly Code[];
  readonly hasMore: boolean;
  readonly places: readonly CodePlace[];
  readonly zone: string;
  readonly notice: NoticeWords | null;
};

/** All codes with what is used of them, the newest first. */
export function CodesPage(props: CodesPageProps): ReactElement {
  const { desk, view, codes, hasMore, notice, places } = props;
  const here = `${desk.base}/codes`;
  const { before: _, ...narrowed } = view;
  const asked = Object.entries(narrowed).filter(([, value]) => value !== '');
  const address = (more: Record<string, string>) => {
    const query = new URLSearchParams([...asked, ...Object.entries(more)]).toString();
    return query === '' ? '' : `?${query}`;
  };
  const mayManage = may(desk.role, 'boxoffice.manage');
  const make = (
    <LinkButton look="main" href={`${here}/new`}>
      Make a code
    </LinkButton>
  );
  return (
    <DeskPage
      desk={desk}
      title="Codes"
      about="Words that make places cheaper or free, or open a ticket type that others do not see."
      notice={notice}
      actions={
        <>
          {codes.length === 0 ? null : (
            <LinkButton href={`${here}/export.csv${address({})}`}>As CSV</LinkButton>
          )}
          {mayManage ? make : null}
        </>
      }
    >
      <Filters
        action={here}
        filters={[
          { kind: 'search', name: 'search', label: 'Code or note', value: view.search },
          {
            ...{ kind: 'choice', name: 'state', label: 'State', all: 'All states', value: view.state },
            choices: codeStates.map((value) => ({ value, label: stateWords[value] })),
          },
          {
            ...{ kind: 'choice', name: 'screening', label: 'Screening', all: 'All', value: view.screening },
            choices: places
              .filter(({ value }) => value.startsWith('s:'))
              .map(({ screeningId, label }) => ({ value: screeningId ?? '', label })),
          },
        ]}
      />
      <DeskTable
        caption="Codes"
        rows={codes}
        keyOf={({ id }) => id}
        columns={columnsOf(props)}
        empty={
          asked.length > 0 ? (
            <EmptyState title="No code is like that.">
              <a href={here}>Show all</a>
            </EmptyState>
          ) : (
            <EmptyState title="No codes yet" action={mayManage ? make : undefined}>
              A code for a union local, a hundred for a partner, one that opens a hidden type for the press.
            </EmptyState>
          )
        }
      />
      <Pagination
        newer={view.before === '' ? null : here + address({})}
        older={hasMore ? here + address({ before: codes.at(-1)?.id ?? '' }) : null}
        words={{ newer: 'Newest', older: 'Older' }}
      />
    </DeskPage>
  );
}

function columnsOf({ desk, places, zone }: CodesPageProps): Column<Code>[] {
  return [
    {
      name: 'Code',
      kind: 'lead',
      cell: ({ id, word, note }) => (
        <>
          <a href={`${desk.base}/codes/${id}`}>{word}</a>
          {note === '' ? null : <span className="desk-under">{note}</span>}
        </>
      ),
    },
    { name: 'Gives', cell: giftWords },
    { name: 'Good for', cell: (code) => placeWords(code, places) },
    {
      name: 'Until',
      cell: ({ goodUntil }) => (goodUntil === null ? null : sayShortDay(goodUntil, zone, 'en')),
    },
    {
      name: 'State',
      cell: (code) => {
        const state = codeState(code, desk.now);
        return <Badge tone={state === 'good' ? 'good' : 'plain'}>{stateWords[state]}</Badge>;
      },
    },
    {
      name: 'Used',
      kind: 'figure',
      cell: ({ uses, usesMax, money, moneyMax, currency }) => (
        <>
          {uses}
          {usesMax === null ? '' : ` of ${usesMax}`}
          {currency === null || (money === 0 && moneyMax === null) ? null : (
            <span className="desk-under">
              {sayMoney(money, currency)}
              {moneyMax === null ? '' : ` of ${sayMoney(moneyMax, currency)}`}
            </span>
          )}
        </>
      ),
    },
  ];
}

/** Where a code is good, by the places that there are to choose from. */
export function placeWords(code: Code, places: readonly CodePlace[]): string {
  const place = places.find(
    ({ screeningId, ticketTypeId }) => screeningId === code.screeningId && ticketTypeId === code.ticketTypeId,
  );
  return place?.label ?? 'A screening that is over';
}
