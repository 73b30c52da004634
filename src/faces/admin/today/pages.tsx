import type { ReactElement } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { may } from '../../../domain/people/index.ts';
import { plainText, type Screening } from '../../../domain/screenings/index.ts';
import type { HealthLine } from '../../../platform/health/index.ts';
import {
  Badge,
  DeskPage,
  DeskTable,
  EmptyState,
  type NoticeWords,
  sayWhen,
} from '../../../ui/admin/index.ts';
import { sayZone } from '../../../ui/dates.ts';
import type { Desk } from '../desk.ts';
import { ScreeningName } from '../screenings/screening-name.tsx';

/** How the newest draft stands to what the public reads. */
export type Draft =
  | { readonly kind: 'never published' | 'published' }
  | {
      readonly kind: 'ahead';
      readonly drafts: number;
      readonly by: string | null;
      readonly at: Temporal.Instant;
    };

/** A null is what this role does not see. */
export type Today = {
  readonly inquiries: {
    readonly unread: number;
    readonly open: number;
    readonly oldest: Temporal.Instant | null;
  } | null;
  /** What buyers' banks took back or ask about; `dueAt`: until when the first wants an answer. */
  readonly disputes: { readonly toAnswer: number; readonly dueAt: Temporal.Instant | null } | null;
  readonly mails: { readonly waiting: number; readonly failed: number } | null;
  readonly draft: Draft | null;
  readonly screenings: readonly Screening[];
};

export type TodayPageProps = {
  readonly desk: Desk;
  readonly today: Today;
  readonly health: readonly HealthLine[];
  readonly notice: NoticeWords | null;
};

export function TodayPage({ desk, today, health, notice }: TodayPageProps): ReactElement {
  return (
    <DeskPage
      desk={desk}
      title="Today"
      about={sayDay(desk.now)}
      notice={notice}
      counts={{ '/inbox': today.inquiries?.unread ?? 0 }}
    >
      <div className="today">
        <Waiting desk={desk} today={today} />
        <Next desk={desk} screenings={today.screenings} />
        {health.length === 0 ? null : <Health lines={health} />}
      </div>
    </DeskPage>
  );
}

const dayFormat = new Intl.DateTimeFormat('en', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});
const sayDay = (now: Temporal.Instant): string => dayFormat.format(now.epochMilliseconds);

type Task = { readonly href: string; readonly words: string; readonly about: string };

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function tasksOf({ base, now, role }: Desk, { inquiries, disputes, mails, draft }: Today): Task[] {
  const tasks: Task[] = [];
  if (disputes && disputes.toAnswer > 0)
    tasks.push({
      href: `${base}/payments#disputes`,
      words: counted(
        disputes.toAnswer,
        'disputed payment wants an answer',
        'disputed payments want an answer',
      ),
      about: `A buyer’s bank asks for the money back.${disputes.dueAt === null ? '' : ` The first answer is due ${sayWhen(disputes.dueAt, now)}.`}`,
    });
  if (inquiries && inquiries.unread + inquiries.open > 0) {
    const oldest = inquiries.oldest === null ? '' : `The oldest came ${sayWhen(inquiries.oldest, now)}.`;
    tasks.push({
      href: `${base}/inbox`,
      words: counted(
        inquiries.unread + inquiries.open,
        'inquiry wants an answer',
        'inquiries want an answer',
      ),
      about: `${inquiries.unread} unread, ${inquiries.open} read and open. ${oldest}`,
    });
  }
  if (mails && mails.failed > 0)
    tasks.push({
      href: `${base}/outbox?view=failed`,
      words: counted(mails.failed, 'mail failed', 'mails failed'),
      about: 'See why, and send them again.',
    });
  if (draft?.kind === 'never published')
    tasks.push({
      href: `${base}/film`,
      words: 'The film is not published yet',
      about: 'The public sees nothing until somebody publishes.',
    });
  if (draft?.kind === 'ahead') {
    const by = draft.by === null ? '' : ` by ${draft.by}`;
    tasks.push({
      href: `${base}/film`,
      words: draft.drafts === 1 ? 'A draft is not published' : `${draft.drafts} drafts are not published`,
      about: `Last saved ${sayWhen(draft.at, now)}${by}. ${may(role, 'film.publish') ? 'Look at it and publish.' : ''}`,
    });
  }
  return tasks;
}

function Waiting({ desk, today }: { readonly desk: Desk; readonly today: Today }): ReactElement {
  const tasks = tasksOf(desk, today);
  return (
    <section className="today-part" aria-labelledby="waiting">
      <h2 id="waiting">What needs an answer</h2>
      {tasks.length === 0 ? (
        <p className="quiet">Nothing right now.</p>
      ) : (
        <ul className="task-list">
          {tasks.map(({ href, words, about }) => (
            <li key={href}>
              <a href={href}>{words}</a>
              <p className="quiet">{about}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** `Sat, Jan 16, 6:30 PM EST`: the venue's own time; where only the day is known, the day. */
function sayStart({ startsAt, local, venue }: Screening): string {
  const timeZone = venue.timezone;
  const day = { weekday: 'short', day: 'numeric', month: 'short', timeZone } as const;
  const time = local.time === null ? {} : ({ hour: 'numeric', minute: '2-digit' } as const);
  const words = new Intl.DateTimeFormat('en', { ...day, ...time }).format(startsAt.epochMilliseconds);
  return local.time === null ? words : `${words} ${sayZone(startsAt, timeZone)}`;
}

/** Near enough that days and weeks say more than the date. */
const isSoon = ({ startsAt }: Screening, now: Temporal.Instant): boolean =>
  now.until(startsAt).total('hours') < 24 * 84;

function Next({
  desk,
  screenings,
}: {
  readonly desk: Desk;
  readonly screenings: readonly Screening[];
}): ReactElement {
  return (
    <section className="today-part" aria-labelledby="next">
      <h2 id="next">What happens next</h2>
      <DeskTable
        caption="The next screenings"
        rows={screenings}
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Where',
            kind: 'lead',
            cell: (screening) => (
              <>
                <ScreeningName desk={desk} screening={screening}>
                  {plainText(screening.venue.name)}
                </ScreeningName>
                <span className="desk-under">{plainText(screening.venue.city ?? '')}</span>
              </>
            ),
          },
          {
            name: 'When',
            kind: 'when',
            cell: (screening) => (
              <>
                {sayStart(screening)}
                {isSoon(screening, desk.now) ? (
                  <span className="desk-under">{sayWhen(screening.startsAt, desk.now)}</span>
                ) : null}
              </>
            ),
          },
        ]}
        empty={
          <EmptyState
            title="No screening is ahead."
            action={
              may(desk.role, 'screenings.edit') ? (
                <a className="button-plain" href={`${desk.base}/screenings`}>
                  To the screenings
                </a>
              ) : null
            }
          />
        }
      />
      {screenings.length === 0 ? null : (
        <p>
          <a href={`${desk.base}/screenings`}>All screenings</a>
        </p>
      )}
    </section>
  );
}

const stateWords = { good: 'Well', warn: 'Look at it', bad: 'Trouble' } as const;

function Health({ lines }: { readonly lines: readonly HealthLine[] }): ReactElement {
  return (
    <section className="today-part" aria-labelledby="health">
      <h2 id="health">How the installation is</h2>
      <ul className="health">
        {lines.map(({ name, state, words, todo }) => (
          <li key={name} className={`health-line is-${state}`}>
            <p className="health-name">
              {name} <Badge tone={state}>{stateWords[state]}</Badge>
            </p>
            <p>{words}</p>
            {todo === null ? null : <p className="quiet">{todo}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
