import type { ReactElement } from 'react';
import type { Participant, ShareRule, Statement } from '../../../domain/ledger/index.ts';
import { may } from '../../../domain/people/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import {
  DeskPage,
  DeskTable,
  LinkButton,
  type NoticeWords,
  PostButton,
  When,
} from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import { Day } from '../books/parts.tsx';
import type { Desk } from '../desk.ts';
import { Owed } from './owed.tsx';
import { sayShare } from './words.ts';

export type ParticipantPageProps = {
  readonly desk: Desk;
  readonly participant: Participant;
  readonly owed: readonly { readonly currency: string; readonly owed: number }[];
  readonly rules: readonly ShareRule[];
  readonly screenings: ReadonlyMap<string, Screening>;
  readonly currency: string;
  readonly statement: Statement;
  readonly notice: NoticeWords | null;
};

/** One participant: what they are owed, by which shares, and every change of it. */
export function ParticipantPage(props: ParticipantPageProps): ReactElement {
  const { desk, participant, owed, rules, screenings, notice } = props;
  const here = `${desk.base}/participants/${participant.id}`;
  const canPost = may(desk.role, 'books.post');
  const isOwed = owed.some((each) => each.owed > 0);
  return (
    <DeskPage
      desk={desk}
      title={participant.name}
      from={{ href: `${desk.base}/participants`, label: 'Participants' }}
      notice={notice}
      actions={
        canPost ? (
          <>
            {isOwed ? (
              <LinkButton href={`${here}/payout`} look="main">
                Pay out
              </LinkButton>
            ) : null}
            <LinkButton href={`${here}/shares/new`} look={rules.length === 0 ? 'main' : 'plain'}>
              Add a share
            </LinkButton>
          </>
        ) : undefined
      }
    >
      <dl className="books-sums">
        <div>
          <dt>Owed</dt>
          <dd>
            <Owed owed={owed} />
          </dd>
        </div>
      </dl>
      <section className="desk-section" aria-labelledby="shares-title">
        <h2 id="shares-title">Shares</h2>
        <Shares {...{ desk, here, rules, screenings, canPost }} />
      </section>
      <StatementSection {...props} />
    </DeskPage>
  );
}

function Shares({
  desk,
  here,
  rules,
  screenings,
  canPost,
}: Pick<ParticipantPageProps, 'desk' | 'rules' | 'screenings'> & {
  readonly here: string;
  readonly canPost: boolean;
}): ReactElement {
  return (
    <DeskTable
      caption="Shares"
      rows={rules}
      keyOf={({ id }) => id}
      empty={<p>No share yet.</p>}
      columns={[
        {
          name: 'Share',
          kind: 'lead',
          cell: (rule) => sayShare(rule, screenings.get(rule.screeningId ?? '') ?? null),
        },
        { name: 'From', kind: 'when', cell: ({ startsAt }) => <When at={startsAt} now={desk.now} /> },
        {
          name: 'Until',
          kind: 'when',
          cell: ({ endedAt }) => (endedAt === null ? 'No end' : <When at={endedAt} now={desk.now} />),
        },
        {
          name: 'Change',
          kind: 'actions',
          cell: ({ id, endedAt }) =>
            canPost && endedAt === null ? (
              <PostButton action={`${here}/shares/${id}/end`} look="link">
                End it
              </PostButton>
            ) : null,
        },
      ]}
    />
  );
}

const kindWords: Readonly<Record<string, string>> = { share: 'Share of a sale', payout: 'Paid out' };

function StatementSection({
  desk,
  participant,
  statement,
  currency,
}: ParticipantPageProps): ReactElement | null {
  if (statement.lines.length === 0) return null;
  return (
    <section className="desk-section" aria-labelledby="statement-title">
      <h2 id="statement-title">Statement, {currency}</h2>
      <DeskTable
        caption="Statement"
        rows={statement.lines}
        keyOf={({ groupId }) => groupId}
        empty={null}
        columns={[
          { name: 'Day', kind: 'lead', cell: ({ bookedOn }) => <Day day={bookedOn} /> },
          {
            name: 'What',
            cell: ({ kind, memo, groupId }) => (
              <a href={`${desk.base}/books/groups/${groupId}`}>
                {kindWords[kind] ?? kind}
                {memo === '' ? '' : `: ${memo}`}
              </a>
            ),
          },
          { name: 'Amount', kind: 'figure', cell: ({ amount }) => sayMoney(0 - amount, currency) },
        ]}
      />
      <p>
        <a href={`${desk.base}/books/accounts/${participant.account}?currency=${currency}`}>
          Their account in the books, by period
        </a>
      </p>
    </section>
  );
}
