import type { ReactElement } from 'react';
import type { Temporal } from 'temporal-polyfill';
import type { DoorCounts, DoorScan, ListedTicket } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { Badge, DeskPage, DeskTable, EmptyState, Facts, LinkButton, Tabs } from '../../../ui/admin/index.ts';
import { sayShortDay, sayStart, sayTime } from '../../../ui/dates.ts';
import { doorWords } from '../../../ui/islands/parts/door-words.ts';
import type { Desk } from '../desk.ts';
import { textIn } from './text-in.ts';

type Door = { readonly screening: Screening; readonly counts: DoorCounts };

/** What a door is called: its place. */
export function placeName({ venue }: Screening): string {
  return [textIn(venue.name), textIn(venue.city)].filter(Boolean).join(', ');
}

/** Every door that is still to be opened, or was open within two days. */
export function DoorsPage({
  desk,
  doors,
}: {
  readonly desk: Desk;
  readonly doors: readonly Door[];
}): ReactElement {
  const at = ({ slug }: Screening, part = '') => `${desk.base}/door/${slug}${part}`;
  return (
    <DeskPage
      desk={desk}
      title="Door"
      about={<p>Open a door on each phone that scans, while it has a network. It then works without one.</p>}
    >
      <DeskTable
        caption="Doors"
        rows={doors}
        keyOf={({ screening }) => screening.id}
        columns={[
          {
            name: 'Screening',
            kind: 'lead',
            cell: ({ screening }) => <a href={at(screening, '/record')}>{placeName(screening)}</a>,
          },
          {
            name: 'Starts',
            kind: 'when',
            cell: ({ screening: { startsAt, venue } }) =>
              `${sayShortDay(startsAt, venue.timezone, 'en')}, ${sayTime(startsAt, venue.timezone, 'en')}`,
          },
          { name: 'Tickets', kind: 'figure', cell: ({ counts }) => counts.expected },
          { name: 'Inside', kind: 'figure', cell: ({ counts }) => counts.admitted },
          {
            name: 'Actions',
            kind: 'actions',
            cell: ({ screening, counts }) => (
              <div className="button-row">
                {may(desk.role, 'door.scan') ? (
                  <LinkButton href={at(screening)} look="main">
                    Open the door
                  </LinkButton>
                ) : null}
                {counts.expected === 0 ? null : (
                  <LinkButton href={at(screening, '/list.pdf')}>List on paper</LinkButton>
                )}
              </div>
            ),
          },
        ]}
        empty={
          <EmptyState title="No door yet.">
            A screening has one as soon as it has places of its own to give.
          </EmptyState>
        }
      />
    </DeskPage>
  );
}

type RecordProps = Door & {
  readonly desk: Desk;
  readonly tickets: readonly ListedTicket[];
  readonly scans: readonly DoorScan[];
  readonly only: 'all' | 'conflicts';
};

/** What happened at one door: its counts, every scan, and what two phones each let in. */
export function DoorRecordPage(props: RecordProps): ReactElement {
  const { desk, screening, counts, tickets, scans, only } = props;
  const here = `${desk.base}/door/${screening.slug}`;
  return (
    <DeskPage
      desk={desk}
      title={placeName(screening)}
      about={<p>{sayStart(screening, 'en')}</p>}
      from={{ href: `${desk.base}/door`, label: 'Door' }}
      actions={
        <>
          {tickets.length === 0 ? null : <LinkButton href={`${here}/list.pdf`}>List on paper</LinkButton>}
          {may(desk.role, 'door.scan') ? (
            <LinkButton href={here} look="main">
              Open the door
            </LinkButton>
          ) : null}
        </>
      }
    >
      <Facts
        facts={[
          ['Tickets', String(counts.expected)],
          ['Inside', String(counts.admitted)],
          ['Conflicts', String(counts.conflicts)],
          ['Refused scans', String(counts.refused)],
          ['Taken back', String(counts.undone)],
        ]}
      />
      <Tabs
        label="Scans"
        tabs={[
          { href: `${here}/record`, label: 'All', isOpen: only === 'all' },
          { href: `${here}/record?only=conflicts`, label: 'Conflicts', isOpen: only === 'conflicts' },
        ]}
      />
      {only === 'conflicts' ? (
        <p>
          The same ticket was let in more than once, by phones that could not know of each other. The first
          that was told of is the admission; the others are kept beside it.
        </p>
      ) : null}
      <Scans {...props} scans={only === 'all' ? scans : inConflict(scans)} />
    </DeskPage>
  );
}

/** Every scan that let in a ticket which was let in more than once. */
function inConflict(scans: readonly DoorScan[]): DoorScan[] {
  const tickets = new Set(
    scans
      .filter(({ verdict, undoneAt }) => verdict === 'conflict' && undoneAt === null)
      .map(({ ticketId }) => ticketId),
  );
  return scans.filter(({ ticketId, verdict }) => verdict !== 'refused' && tickets.has(ticketId));
}

function Scans({ screening, tickets, scans, only }: RecordProps): ReactElement {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const ticketOf = ({ ticketId }: DoorScan) => (ticketId === null ? undefined : byId.get(ticketId));
  const rows = scans.toSorted(
    (one, other) => other.scannedAt.epochMilliseconds - one.scannedAt.epochMilliseconds,
  );
  return (
    <DeskTable
      caption="Scans, the newest first"
      rows={rows}
      keyOf={({ nonce }) => nonce}
      columns={[
        {
          name: 'Ticket',
          kind: 'lead',
          cell: (scan) => {
            const ticket = ticketOf(scan);
            if (ticket === undefined) return 'None of this screening';
            return (
              <>
                {ticket.code}
                <span className="desk-under">{ticket.name}</span>
              </>
            );
          },
        },
        { name: 'What became of it', cell: (scan) => <Verdict scan={scan} /> },
        { name: 'Device', cell: ({ device }) => device },
        {
          name: 'Scanned',
          kind: 'when',
          cell: ({ scannedAt }) => <VenueTime at={scannedAt} screening={screening} />,
        },
        {
          name: 'Told us',
          kind: 'when',
          cell: ({ receivedAt }) => <VenueTime at={receivedAt} screening={screening} />,
        },
      ]}
      empty={
        <EmptyState title={only === 'all' ? 'Nothing was scanned yet.' : 'No conflict.'}>
          {only === 'all' ? 'Scans appear here as the phones tell of them.' : null}
        </EmptyState>
      }
    />
  );
}

/** By the clock at the venue; with the day where it is another than the screening's. */
function VenueTime({
  at,
  screening: { startsAt, venue },
}: {
  readonly at: Temporal.Instant;
  readonly screening: Screening;
}): ReactElement {
  const { timezone } = venue;
  const day = sayShortDay(at, timezone, 'en');
  const isThatDay = day === sayShortDay(startsAt, timezone, 'en');
  return (
    <time dateTime={at.toString()}>
      {isThatDay ? '' : `${day}, `}
      {sayTime(at, timezone, 'en')}
    </time>
  );
}

function Verdict({ scan }: { readonly scan: DoorScan }): ReactElement {
  const { verdict, reason, undoneAt } = scan;
  if (undoneAt !== null) return <Badge>Taken back</Badge>;
  if (verdict === 'conflict') return <Badge tone="warn">Conflict: let in again</Badge>;
  if (verdict === 'refused') return <Badge>Refused: {doorWords[reason].title.toLowerCase()}</Badge>;
  if (reason === 'was_cancelled') return <Badge tone="warn">Admitted (was cancelled)</Badge>;
  if (reason === 'was_replaced') return <Badge tone="warn">Admitted (was handed on)</Badge>;
  return <Badge tone="good">Admitted</Badge>;
}
