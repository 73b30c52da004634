import type { ReactElement } from 'react';
import { may } from '../../../domain/people/roles.ts';
import {
  plainText,
  type Screening,
  type ScreeningState,
  shownState,
} from '../../../domain/screenings/index.ts';
import {
  Badge,
  type Column,
  DeskPage,
  type DeskPlace,
  DeskTable,
  EmptyState,
  LinkButton,
  type NoticeWords,
  Pagination,
  PostButton,
  Submit,
} from '../../../ui/admin/index.ts';
import { sayShortDay, sayTime } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import type { Desk } from '../desk.ts';
import type { DeskView } from './list-desk.tsx';
import { addressOf, markedStates, Narrow, Views } from './list-filters.tsx';
import { ScreeningName } from './screening-name.tsx';

type PageProps = {
  readonly desk: Desk;
  readonly view: DeskView;
  readonly screenings: readonly Screening[];
  readonly count: number;
  readonly pages: number;
  readonly cities: readonly string[];
  readonly notice: NoticeWords | null;
};

const said = words('en').screenings;

/** What a state looks like at the desk. */
export function StateBadge({ state }: { readonly state: ScreeningState }): ReactElement {
  const tones = { 'on sale': 'good', postponed: 'warn', cancelled: 'bad' } as const;
  const tone = state === 'on sale' || state === 'postponed' || state === 'cancelled' ? tones[state] : 'plain';
  return <Badge tone={tone}>{said.states[state]}</Badge>;
}

/** All screenings: narrowed, ordered, acted on together, taken in and out as CSV. */
export function ScreeningsPage(props: PageProps): ReactElement {
  const { desk, view, count, notice } = props;
  const mayEdit = may(desk.role, 'screenings.edit');
  const at = `${desk.base}/screenings`;
  return (
    <DeskPage
      desk={desk satisfies DeskPlace}
      title="Screenings"
      about={<p>{count === 1 ? 'One screening' : `${count} screenings`}. Times are those of the venue.</p>}
      notice={notice}
      isWide
      actions={
        <>
          {mayEdit ? <LinkButton href={`${at}/import`}>Import CSV</LinkButton> : null}
          <LinkButton href={`${at}/export.csv${addressOf({ ...view, page: undefined })}`}>
            Export CSV
          </LinkButton>
          {mayEdit ? (
            <LinkButton look="main" href={`${at}/new`}>
              Add a screening
            </LinkButton>
          ) : null}
        </>
      }
    >
      <Views {...props} />
      <Narrow {...props} />
      <List {...props} mayEdit={mayEdit} />
    </DeskPage>
  );
}

function List(props: PageProps & { readonly mayEdit: boolean }): ReactElement {
  const { desk, view, screenings, pages, mayEdit } = props;
  const { page = 1 } = view;
  const at = `${desk.base}/screenings`;
  const isNarrowed = Object.keys(view).some((name) => name !== 'page' && name !== 'order');
  const to = (next: number): string => at + addressOf({ ...view, page: next });
  return (
    <>
      <DeskTable
        caption="Screenings"
        columns={columnsOf(desk, view, mayEdit)}
        rows={screenings}
        keyOf={({ id }) => id}
        empty={<Nothing at={at} isNarrowed={isNarrowed} mayEdit={mayEdit} />}
      />
      {mayEdit && screenings.length > 0 ? <Together action={`${at}/marks${addressOf(view)}`} /> : null}
      <Pagination
        newer={page > 1 ? to(page - 1) : null}
        older={page < pages ? to(page + 1) : null}
        words={{ newer: 'Previous page', older: 'Next page' }}
      />
    </>
  );
}

const bulkForm = 'chosen-screenings';

function columnsOf(desk: Desk, view: DeskView, mayEdit: boolean): Column<Screening>[] {
  const { base, now } = desk;
  const columns: Column<Screening>[] = [
    {
      name: 'City',
      kind: 'lead',
      cell: (screening) => (
        <ScreeningName desk={desk} screening={screening}>
          {screening.kind === 'virtual'
            ? said.online
            : plainText(screening.venue.city ?? screening.venue.name)}
        </ScreeningName>
      ),
    },
    { name: 'Venue', cell: ({ venue }) => plainText(venue.name) },
    { name: 'When', kind: 'when', cell: (screening) => whenOf(screening) },
    { name: 'Kind', cell: ({ kind }) => said.kinds[kind] },
    {
      name: 'State',
      cell: (screening) => (
        <>
          <StateBadge state={shownState(screening, now)} />
          {screening.isPrivate ? <Badge>Private</Badge> : null}
        </>
      ),
    },
  ];
  if (!mayEdit) return columns;
  return [
    {
      name: 'Choose',
      kind: 'choose',
      cell: ({ id, slug }) => (
        <input type="checkbox" name="ids[]" value={id} form={bulkForm} aria-label={`Choose ${slug}`} />
      ),
    },
    ...columns,
    {
      name: 'Actions',
      kind: 'actions',
      cell: (screening) => (
        <RowActions at={`${base}/screenings/${screening.id}`} back={addressOf(view)} screening={screening} />
      ),
    },
  ];
}

/** `Sat, Jan 16, 2027, 6:30 PM EST`, or the day alone. */
export function whenOf({ startsAt, venue, local }: Screening): string {
  const day = sayShortDay(startsAt, venue.timezone, 'en');
  return local.time === null ? `${day}, hour open` : `${day}, ${sayTime(startsAt, venue.timezone, 'en')}`;
}

function RowActions({
  at,
  back,
  screening,
}: {
  readonly at: string;
  /** The view to come back to. */
  readonly back: string;
  readonly screening: Screening;
}): ReactElement {
  const { slug, state } = screening;
  const isOff = state === 'cancelled' || state === 'postponed';
  return (
    <>
      <PostButton action={`${at}/copies`} look="link" label={`Copy ${slug}`}>
        Copy
      </PostButton>
      {isOff ? (
        <PostButton action={`${at}/restoration${back}`} look="link" label={`Restore ${slug}`}>
          Restore
        </PostButton>
      ) : null}
      {state === 'cancelled' ? null : (
        <PostButton action={`${at}/cancellation${back}`} look="link" label={`Cancel ${slug}`}>
          Cancel
        </PostButton>
      )}
    </>
  );
}

function Together({ action }: { readonly action: string }): ReactElement {
  return (
    <form id={bulkForm} method="post" action={action} className="desk-bulk">
      <p>With the chosen ones:</p>
      {markedStates.map((state) => (
        <Submit key={state} look="plain" name="state" value={state}>
          {said.states[state]}
        </Submit>
      ))}
      <Submit look="plain" name="state" value="restored">
        Restore
      </Submit>
    </form>
  );
}

function Nothing(props: { readonly at: string; readonly isNarrowed: boolean; readonly mayEdit: boolean }) {
  const { at, isNarrowed, mayEdit } = props;
  if (isNarrowed) {
    return (
      <EmptyState title="No screening fits" action={<LinkButton href={at}>Show all</LinkButton>}>
        <p>Widen the search, or look at all of them.</p>
      </EmptyState>
    );
  }
  const action = mayEdit ? (
    <LinkButton look="main" href={`${at}/new`}>
      Add the first screening
    </LinkButton>
  ) : undefined;
  return (
    <EmptyState title="No screenings yet" action={action}>
      <p>
        Type one once and it stands on the site, the map, the calendar and the feeds. A spreadsheet works too:
        import it as CSV.
      </p>
    </EmptyState>
  );
}
