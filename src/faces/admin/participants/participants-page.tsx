import type { ReactElement } from 'react';
import type { Balance, Participant, ShareRule } from '../../../domain/ledger/index.ts';
import { may } from '../../../domain/people/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import {
  DeskPage,
  DeskTable,
  EmptyState,
  FormErrors,
  type FormState,
  type NoticeWords,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { Owed } from './owed.tsx';
import { sayShare } from './words.ts';

export type ParticipantsPageProps = {
  readonly desk: Desk;
  readonly all: readonly Participant[];
  readonly rules: readonly ShareRule[];
  readonly balances: readonly Balance[];
  readonly screenings: ReadonlyMap<string, Screening>;
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

/** Everybody with a share: their rules as sentences, and what they are owed. */
export function ParticipantsPage(props: ParticipantsPageProps): ReactElement {
  const { desk, all, rules, balances, screenings, form, notice } = props;
  const canPost = may(desk.role, 'books.post');
  const rulesOf = ({ id }: Participant): ShareRule[] =>
    rules.filter(({ participantId, endedAt }) => participantId === id && endedAt === null);
  const owedOf = ({ account }: Participant) =>
    balances
      .filter((balance) => balance.account === account)
      .map(({ currency, debit, credit }) => ({ currency, owed: credit - debit }));
  return (
    <DeskPage
      desk={desk}
      title="Participants"
      about="Whoever has a share in the film’s money: hosts, partners, agents. Each sale, fee and refund changes what they are owed in the same moment; what is paid out is booked here."
      notice={notice}
    >
      <DeskTable
        caption="Participants"
        rows={all}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="Nobody shares yet.">
            Add a host or a partner and say what their share is. It holds for what is sold from then on.
          </EmptyState>
        }
        columns={[
          {
            name: 'Participant',
            kind: 'lead',
            cell: ({ id, name }) => <a href={`${desk.base}/participants/${id}`}>{name}</a>,
          },
          {
            name: 'Share',
            cell: (participant) => {
              const own = rulesOf(participant);
              if (own.length === 0) return 'None now';
              return (
                <ul className="share-rules">
                  {own.map((rule) => (
                    <li key={rule.id}>{sayShare(rule, screenings.get(rule.screeningId ?? '') ?? null)}</li>
                  ))}
                </ul>
              );
            },
          },
          { name: 'Owed', kind: 'figure', cell: (participant) => <Owed owed={owedOf(participant)} /> },
        ]}
      />
      {canPost ? (
        <section className="desk-section" aria-labelledby="add-title">
          <h2 id="add-title">Add a participant</h2>
          <FormErrors form={form} />
          <form method="post" action={`${desk.base}/participants`} className="stack">
            <TextField
              name="name"
              label="Name"
              form={form}
              charactersMax={100}
              hint="As their statement says it, such as Northwest Film Forum."
            />
            <Submit>Add</Submit>
          </form>
        </section>
      ) : null}
    </DeskPage>
  );
}
