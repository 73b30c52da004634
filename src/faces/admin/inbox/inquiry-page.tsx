import type { ReactElement } from 'react';
import type { ConsentLine, Inquiry, InquiryState, ThreadEntry } from '../../../domain/audience/index.ts';
import { type Member, may } from '../../../domain/people/index.ts';
import {
  Badge,
  ButtonRow,
  ChoiceField,
  DeskPage,
  Facts,
  FormErrors,
  type FormState,
  freshForm,
  HiddenFields,
  LongTextField,
  type NoticeWords,
  PostButton,
  Submit,
  When,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { AboutInquiry } from './about-inquiry.tsx';
import { stateLooks } from './views.ts';

export type InquiryPageProps = {
  readonly desk: Desk;
  readonly inquiry: Inquiry;
  readonly thread: readonly ThreadEntry[];
  readonly consents: readonly ConsentLine[];
  readonly team: readonly Member[];
  /** From which address the visitor sees the answer's Reply-To; null: none is named in the film. */
  readonly replyTo: string | null;
  /** Whether mails leave the installation at all. */
  readonly hasServer: boolean;
  readonly notice: NoticeWords | null;
  readonly answerForm?: FormState;
  readonly noteForm?: FormState;
  readonly unread: number;
};

/** One inquiry: what was written, what became of it, and everything that can be done with it. */
export function InquiryPage(props: InquiryPageProps): ReactElement {
  const { desk, inquiry, notice, unread } = props;
  const { label, tone } = stateLooks[inquiry.state];
  const mayAnswer = may(desk.role, 'inbox.answer');
  return (
    <DeskPage
      desk={desk}
      title={inquiry.name || inquiry.address}
      about={
        <>
          <Badge tone={tone}>{label}</Badge> {inquiry.formTitle}, <When at={inquiry.madeAt} now={desk.now} />
        </>
      }
      notice={notice}
      from={{ href: `${desk.base}/inbox`, label: 'Inbox' }}
      counts={{ '/inbox': unread }}
    >
      <div className="inquiry">
        <div className="inquiry-thread">
          <Written {...props} />
          <Thread {...props} />
          {mayAnswer ? <Answering {...props} /> : null}
          {mayAnswer ? <Noting {...props} /> : null}
        </div>
        <aside className="inquiry-side" aria-label="About this inquiry">
          {mayAnswer ? <Stating {...props} /> : null}
          {mayAnswer ? <Assigning {...props} /> : null}
          <AboutInquiry {...props} />
          {mayAnswer ? <Erasing {...props} /> : null}
        </aside>
      </div>
    </DeskPage>
  );
}

function Written({ inquiry }: InquiryPageProps): ReactElement {
  return (
    <section aria-labelledby="written">
      <h2 id="written">What they wrote</h2>
      <Facts
        facts={inquiry.answers.map(({ label, kind, shown }) => [
          label,
          kind === 'email' ? (
            <a key={label} href={`mailto:${shown}`}>
              {shown}
            </a>
          ) : (
            <span key={label} className="inquiry-words" dir="auto">
              {shown}
            </span>
          ),
        ])}
      />
    </section>
  );
}

function Thread({ desk, thread }: InquiryPageProps): ReactElement | null {
  if (thread.length === 0) return null;
  return (
    <section aria-labelledby="thread">
      <h2 id="thread">Since then</h2>
      <ol className="inquiry-entries">
        {thread.map((entry) => (
          <li key={entry.id} className={`inquiry-entry is-${entry.kind}`}>
            <p className="inquiry-entry-head">
              {entry.kind === 'reply' ? 'Answer by mail' : 'Note'} by {entry.personName},{' '}
              <When at={entry.at} now={desk.now} />{' '}
              {entry.kind === 'reply' ? <MailMark entry={entry} /> : null}
            </p>
            <p className="inquiry-words" dir="auto">
              {entry.body}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function MailMark({ entry: { mail } }: { readonly entry: ThreadEntry }): ReactElement {
  if (mail === null) return <Badge>On its way</Badge>;
  if (mail.state === 'sent') return <Badge tone="good">Sent</Badge>;
  if (mail.state === 'waiting' || mail.state === 'trying')
    return (
      <>
        <Badge>Waiting to go out</Badge> {mail.lastFailure}
      </>
    );
  return (
    <>
      <Badge tone="bad">{mail.state === 'uncertain' ? 'Perhaps sent' : 'Not sent'}</Badge> {mail.lastFailure}
    </>
  );
}

function Answering({
  desk,
  inquiry,
  replyTo,
  hasServer,
  answerForm = freshForm,
}: InquiryPageProps): ReactElement {
  const hint = [
    `Goes to ${inquiry.address}, in your name.`,
    replyTo === null
      ? 'Their answer goes to the address that mails come from, because the film names no other.'
      : `Their answer goes to ${replyTo}.`,
    hasServer ? '' : 'No mail server is set: the mail waits in the outbox.',
  ].join(' ');
  return (
    <section aria-labelledby="answer">
      <h2 id="answer">Answer by mail</h2>
      <form method="post" action={`${desk.base}/inbox/${inquiry.code}/answers`} className="desk-form">
        <FormErrors form={answerForm} idPrefix="answer" outcome="Nothing was sent yet." />
        <HiddenFields fields={{ version: String(inquiry.version) }} />
        <LongTextField
          name="body"
          label="Your answer"
          form={answerForm}
          hint={hint}
          rows={8}
          charactersMax={10_000}
          idPrefix="answer"
        />
        <ButtonRow>
          <Submit>Send the answer</Submit>
        </ButtonRow>
      </form>
    </section>
  );
}

function Noting({ desk, inquiry, noteForm = freshForm }: InquiryPageProps): ReactElement {
  return (
    <section aria-labelledby="note">
      <h2 id="note">Note for the team</h2>
      <form method="post" action={`${desk.base}/inbox/${inquiry.code}/notes`} className="desk-form">
        <FormErrors form={noteForm} idPrefix="note" />
        <LongTextField
          name="body"
          label="Your note"
          form={noteForm}
          hint="Only the team reads it."
          rows={3}
          charactersMax={10_000}
          idPrefix="note"
        />
        <ButtonRow>
          <Submit look="plain">Keep the note</Submit>
        </ButtonRow>
      </form>
    </section>
  );
}

const steps: readonly {
  readonly to: InquiryState;
  readonly label: string;
  readonly from: readonly InquiryState[];
}[] = [
  { to: 'closed', label: 'Close', from: ['new', 'open', 'answered'] },
  { to: 'open', label: 'Open again', from: ['answered', 'closed'] },
  { to: 'open', label: 'Not spam', from: ['spam'] },
  { to: 'spam', label: 'Mark as spam', from: ['new', 'open', 'answered', 'closed'] },
  { to: 'new', label: 'Mark as unread', from: ['open'] },
];

function Stating({ desk, inquiry }: InquiryPageProps): ReactElement {
  return (
    <section aria-labelledby="state">
      <h2 id="state">State</h2>
      <ButtonRow>
        {steps
          .filter(({ from }) => from.includes(inquiry.state))
          .map(({ to, label }) => (
            <PostButton
              key={label}
              action={`${desk.base}/inbox/${inquiry.code}/state`}
              fields={{ state: to, version: String(inquiry.version) }}
            >
              {label}
            </PostButton>
          ))}
      </ButtonRow>
    </section>
  );
}

function Assigning({ desk, inquiry, team }: InquiryPageProps): ReactElement {
  const able = team.filter(({ role }) => may(role, 'inbox.answer'));
  return (
    <section aria-labelledby="assigned">
      <h2 id="assigned">Assigned to</h2>
      <form method="post" action={`${desk.base}/inbox/${inquiry.code}/assignment`} className="desk-form">
        <HiddenFields fields={{ version: String(inquiry.version) }} />
        <ChoiceField
          name="person"
          label="Who looks after it"
          form={{ values: { person: inquiry.assignedTo ?? '' }, errors: {} }}
          none="Nobody yet"
          isOptional
          choices={able.map(({ personId, name }) => ({ value: personId, label: name }))}
        />
        <ButtonRow>
          <Submit look="plain">Assign</Submit>
          {inquiry.assignedTo === desk.person.id ? null : (
            <Submit look="plain" name="mine" value="yes">
              Give it to me
            </Submit>
          )}
        </ButtonRow>
      </form>
    </section>
  );
}

function Erasing({ desk, inquiry }: InquiryPageProps): ReactElement {
  return (
    <details className="inquiry-erase">
      <summary>Erase for good</summary>
      <p>
        Takes away what they wrote, the notes, the answers and the mails about it. There is no way back. What
        they agreed to for the newsletter stays as proof.
      </p>
      <form method="post" action={`${desk.base}/inbox/${inquiry.code}/erasure`}>
        <HiddenFields fields={{ version: String(inquiry.version) }} />
        <label className="desk-choice">
          <input type="checkbox" name="sure" value="yes" required />
          <span>Yes, erase {inquiry.name || inquiry.address}’s inquiry</span>
        </label>
        <ButtonRow>
          <Submit look="danger">Erase</Submit>
        </ButtonRow>
      </form>
    </details>
  );
}
