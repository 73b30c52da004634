import type { ReactElement } from 'react';
import type { InboxPage, InquiryLine, InquiryState } from '../../../domain/audience/index.ts';
import { type Member, may } from '../../../domain/people/index.ts';
import {
  Badge,
  ButtonRow,
  DeskPage,
  DeskTable,
  EmptyState,
  Filters,
  LinkButton,
  type NoticeWords,
  Pagination,
  Submit,
  Tabs,
  When,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { type InboxQuery, inboxHref, stateLooks, type View, viewNames, views } from './views.ts';

export type ListPageProps = {
  readonly desk: Desk;
  readonly query: InboxQuery;
  readonly page: InboxPage;
  /** Only what waits is counted: the rest grows without end and asks for nothing. */
  readonly counts: { readonly unread: number; readonly open: number };
  readonly forms: readonly { readonly form: string; readonly title: string }[];
  readonly team: readonly Member[];
  readonly notice: NoticeWords | null;
};

/** The inbox: what was written to the film, newest first. */
export function ListPage(props: ListPageProps): ReactElement {
  const { desk, query, page, counts, notice } = props;
  const first = page.lines[0]?.id ?? '';
  const last = page.lines.at(-1)?.id ?? '';
  return (
    <DeskPage
      desk={desk}
      title="Inbox"
      about="What people wrote in the film’s forms."
      notice={notice}
      counts={{ '/inbox': counts.unread }}
      actions={
        may(desk.role, 'inbox.export') ? (
          <LinkButton href={inboxHref(desk.base, query, {}, '/inbox.csv')}>Export as CSV</LinkButton>
        ) : undefined
      }
      isWide
    >
      <Tabs
        label="Views of the inbox"
        tabs={viewNames.map((view) => ({
          href: inboxHref(desk.base, query, { view }),
          label: views[view].label,
          count: view === 'waiting' ? counts.unread + counts.open : undefined,
          isOpen: view === query.view,
        }))}
      />
      <InboxFilters {...props} />
      <DeskTable
        caption="Inquiries, newest first"
        rows={page.lines}
        keyOf={({ id }) => id}
        columns={columnsOf(desk)}
        empty={<Empty query={query} />}
      />
      {page.lines.length === 0 || !may(desk.role, 'inbox.answer') ? null : (
        <Bulk action={inboxHref(desk.base, query, {}, '/inbox/bulk')} view={query.view} />
      )}
      <Pagination
        newer={page.hasNewer && first !== '' ? inboxHref(desk.base, query, { newer: first }) : null}
        older={page.hasOlder && last !== '' ? inboxHref(desk.base, query, { older: last }) : null}
      />
    </DeskPage>
  );
}

function InboxFilters({ desk, query, forms, team }: ListPageProps): ReactElement {
  return (
    <Filters
      action={`${desk.base}/inbox`}
      kept={query.view === 'waiting' ? {} : { view: query.view }}
      filters={[
        { kind: 'search', name: 'search', label: 'Search', value: query.search },
        {
          kind: 'choice',
          name: 'form',
          label: 'Form',
          value: query.form,
          all: 'All forms',
          choices: forms.map(({ form, title }) => ({ value: form, label: title })),
        },
        {
          kind: 'choice',
          name: 'who',
          label: 'Assigned to',
          value: query.who,
          all: 'Anybody',
          choices: [
            { value: 'me', label: 'Me' },
            { value: 'nobody', label: 'Nobody' },
            ...team.map(({ personId, name }) => ({ value: personId, label: name })),
          ],
        },
      ]}
    />
  );
}

function columnsOf(desk: Desk) {
  return [
    ...(may(desk.role, 'inbox.answer')
      ? [
          {
            name: 'Choose',
            kind: 'choose' as const,
            cell: ({ id, version, name, address }: InquiryLine) => (
              <input
                type="checkbox"
                form={bulkForm}
                name="chosen[]"
                value={`${id}.${version}`}
                aria-label={`Choose ${name || address}`}
              />
            ),
          },
        ]
      : []),
    {
      name: 'From',
      kind: 'lead' as const,
      cell: (line: InquiryLine) => (
        <>
          <a
            className={line.state === 'new' ? 'inbox-unread' : undefined}
            href={`${desk.base}/inbox/${line.code}`}
          >
            <bdi>{line.name || line.address}</bdi>
          </a>
          <span className="desk-under inbox-excerpt" dir="auto">
            {excerptOf(line)}
          </span>
        </>
      ),
    },
    { name: 'Form', cell: ({ formTitle }: InquiryLine) => formTitle },
    {
      name: 'State',
      cell: ({ state }: InquiryLine) => (
        <Badge tone={stateLooks[state].tone}>{stateLooks[state].label}</Badge>
      ),
    },
    { name: 'Assigned to', cell: ({ assignedName }: InquiryLine) => assignedName ?? '–' },
    { name: 'Came', cell: ({ madeAt }: InquiryLine) => <When at={madeAt} now={desk.now} /> },
  ];
}

function excerptOf({ answers }: InquiryLine): string {
  const said = answers.filter(({ name }) => name !== 'name' && name !== 'email');
  const message = said.find(({ kind }) => kind === 'textarea') ?? said[0];
  const text = (message?.shown ?? '').replace(/\s+/g, ' ');
  return text.length <= 110 ? text : `${text.slice(0, 109).toWellFormed()}…`;
}

const bulkForm = 'chosen-inquiries';

function Bulk({ action, view }: { readonly action: string; readonly view: View }): ReactElement {
  const to = (state: InquiryState, label: string): ReactElement => (
    <Submit look="plain" name="state" value={state}>
      {label}
    </Submit>
  );
  return (
    <form id={bulkForm} method="post" action={action} className="desk-bulk">
      <p>With the chosen ones:</p>
      <ButtonRow>
        {view === 'closed' ? null : to('closed', 'Close')}
        {view === 'waiting' ? null : to('open', view === 'spam' ? 'Not spam' : 'Open again')}
        {view === 'spam' ? null : to('spam', 'Mark as spam')}
      </ButtonRow>
    </form>
  );
}

function Empty({ query }: { readonly query: InboxQuery }): ReactElement {
  if (query.search !== '' || query.form !== '' || query.who !== '')
    return (
      <EmptyState title="Nothing here fits.">Search for the beginning of a word, or show all.</EmptyState>
    );
  if (query.view === 'waiting')
    return (
      <EmptyState title="Nothing is waiting.">
        What people write in the film’s forms comes here and by mail. The forms stand under “Get in touch” on
        the film’s site.
      </EmptyState>
    );
  return <EmptyState title={`Nothing is under “${views[query.view].label}”.`} />;
}
