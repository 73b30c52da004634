import type { ReactElement } from 'react';
import { may } from '../../../domain/people/index.ts';
import type { MailState } from '../../../platform/mail/mails.ts';
import type { OutboxLine, OutboxView, WholeMail } from '../../../platform/mail/outbox.ts';
import {
  Badge,
  DeskNotice,
  DeskPage,
  DeskTable,
  EmptyState,
  Facts,
  Filters,
  type NoticeWords,
  Pagination,
  PostButton,
  Tabs,
  When,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

const stateWords: Readonly<
  Record<MailState, { readonly words: string; readonly tone: 'good' | 'warn' | 'bad' | 'plain' }>
> = {
  waiting: { words: 'Waiting', tone: 'plain' },
  trying: { words: 'Going out', tone: 'plain' },
  sent: { words: 'Sent', tone: 'good' },
  uncertain: { words: 'Uncertain', tone: 'warn' },
  'given up': { words: 'Failed', tone: 'bad' },
};

function StateBadge({ state }: { readonly state: MailState }): ReactElement {
  return <Badge tone={stateWords[state].tone}>{stateWords[state].words}</Badge>;
}

export type OutboxPageProps = {
  readonly desk: Desk;
  readonly mails: readonly OutboxLine[];
  readonly hasMore: boolean;
  readonly view: OutboxView;
  readonly search: string;
  readonly before: string;
  readonly hasServer: boolean;
  /** Made for trying things out: nothing of it is sent. */
  readonly isDemo: boolean;
  readonly notice: NoticeWords | null;
};

const tabWords: Readonly<Record<OutboxView, string>> = {
  all: 'All',
  unsent: 'Waiting',
  sent: 'Sent',
  failed: 'Failed or uncertain',
};

/** Every mail that this film wrote, and how each stands. */
export function OutboxPage({
  desk,
  mails,
  hasMore,
  view,
  search,
  before,
  hasServer,
  isDemo,
  notice,
}: OutboxPageProps): ReactElement {
  const here = `${desk.base}/outbox`;
  const at = (wanted: OutboxView, from = '') => {
    const query = new URLSearchParams({
      ...(wanted !== 'all' && { view: wanted }),
      ...(search && { search }),
      ...(from && { before: from }),
    }).toString();
    return query === '' ? here : `${here}?${query}`;
  };
  return (
    <DeskPage
      desk={desk}
      title="Outbox"
      about="Every mail that this film writes, and whether it went."
      notice={notice}
    >
      {isDemo ? <NothingLeaves /> : null}
      {isDemo || hasServer ? null : <NoServer />}
      <Tabs
        label="Mails"
        tabs={(['all', 'unsent', 'sent', 'failed'] as const).map((each) => ({
          href: at(each),
          label: tabWords[each],
          isOpen: each === view,
        }))}
      />
      <Filters
        action={here}
        kept={view === 'all' ? {} : { view }}
        filters={[{ kind: 'search', name: 'search', label: 'Address or subject', value: search }]}
      />
      <DeskTable
        caption="Mails"
        rows={mails}
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Subject',
            kind: 'lead',
            cell: ({ id, subject, lastFailure }) => (
              <>
                <a href={`${here}/${id}`}>{subject}</a>
                {lastFailure === null ? null : <span className="desk-under">{lastFailure}</span>}
              </>
            ),
          },
          { name: 'To', cell: ({ to }) => to },
          { name: 'State', cell: ({ state }) => <StateBadge state={state} /> },
          { name: 'Written', cell: ({ writtenAt }) => <When at={writtenAt} now={desk.now} /> },
        ]}
        empty={
          <EmptyState title="No mail here.">
            {view === 'all' && search === '' ? (
              'Confirmations, replies and notices stand here as soon as they are written.'
            ) : (
              <a href={here}>Show all</a>
            )}
          </EmptyState>
        }
      />
      <Pagination
        newer={before === '' ? null : at(view)}
        older={hasMore ? at(view, mails.at(-1)?.id) : null}
        words={{ newer: 'Newest', older: 'Older' }}
      />
    </DeskPage>
  );
}

function NothingLeaves(): ReactElement {
  return (
    <DeskNotice
      tone="warn"
      words={
        <p>This is a demo film, and its people are made up. Its mails are written here and never sent.</p>
      }
    />
  );
}

function NoServer(): ReactElement {
  return (
    <DeskNotice
      tone="warn"
      words={
        <p>
          No mail server is set up, so mails wait here and nobody gets them. Set <code>SMTP_URL</code> and{' '}
          <code>MAIL_FROM</code>, and start again: what waits then goes out.
        </p>
      }
    />
  );
}

/** One mail as it was written. Its HTML is shown on a page of its own, shut off from everything. */
export function MailPage({
  desk,
  mail,
  notice,
}: {
  readonly desk: Desk;
  readonly mail: WholeMail;
  readonly notice: NoticeWords | null;
}): ReactElement {
  const here = `${desk.base}/outbox/${mail.id}`;
  const isStuck = mail.state === 'given up' || mail.state === 'uncertain';
  return (
    <DeskPage
      desk={desk}
      title={mail.subject}
      from={{ href: `${desk.base}/outbox`, label: 'Outbox' }}
      notice={notice}
    >
      <Facts
        facts={[
          ['State', <StateBadge key="state" state={mail.state} />],
          ['To', mail.to],
          ...(mail.replyTo === null ? [] : [['Answers go to', mail.replyTo] as const]),
          ['Written', <When key="written" at={mail.writtenAt} now={desk.now} />],
          ...(mail.sentAt === null
            ? []
            : [['Sent', <When key="sent" at={mail.sentAt} now={desk.now} />] as const]),
          ...(mail.papers.length === 0 ? [] : [['With it', mail.papers.join(', ')] as const]),
          ...(mail.tries === 0 ? [] : [['Tries', String(mail.tries)] as const]),
          ...(mail.lastFailure === null ? [] : [['What went wrong', mail.lastFailure] as const]),
        ]}
      />
      {isStuck && may(desk.role, 'mail.retry') ? (
        <div className="desk-section">
          <p>
            {mail.state === 'uncertain'
              ? 'The mail server took this mail and did not say whether it will deliver it. Sending it again may make it arrive twice.'
              : 'This mail was given up. Once the reason is mended, send it again.'}
          </p>
          <PostButton action={`${here}/retry`}>Send again</PostButton>
        </div>
      ) : null}
      <h2>As text</h2>
      <pre className="mail-text">{mail.text}</pre>
      <p>
        <a href={`${here}/html`} target="_blank" rel="noopener">
          As HTML, in a new tab
        </a>
      </p>
    </DeskPage>
  );
}
