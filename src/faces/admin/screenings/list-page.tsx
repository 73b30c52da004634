import type { ReactElement } from 'react';
import { may } from '../../../domain/people/roles.ts';
import {
  plainText,
  type Screening,
  type ScreeningState,
  screeningKinds,
  screeningStates,
  shownState,
} from '../../../domain/screenings/index.ts';
import {
  Badge,
  type Column,
  DeskPage,
  type DeskPlace,
  DeskTable,
  EmptyState,
  Filters,
  LinkButton,
  type NoticeWords,
  Pagination,
  PostButton,
  Submit,
} from '../../../ui/admin/index.ts';
import { sayDay, sayTime } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import type { Desk } from '../desk.ts';
import type { DeskView } from './list-desk.tsx';

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
      <Narrow {...props} />
      <List {...props} mayEdit={mayEdit} />
    </DeskPage>
  );
}

/** `?state=on+sale&page=2`: what a view keeps in the address. */
export function addressOf(view: DeskView): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function Narrow({ desk, view, cities }: PageProps): ReactElement {
  const choice = (name: 'state' | 'kind' | 'city' | 'order' | 'private', label: string, all: string) => ({
    kind: 'choice' as const,
    name,
    label,
    all,
    value: view[name] ?? '',
  });
  return (
    <Filters
      action={`${desk.base}/screenings`}
      kept={{ ...(view.from ? { from: view.from } : {}), ...(view.to ? { to: view.to } : {}) }}
      filters={[
        { kind: 'search', name: 'search', label: 'Address, venue or city', value: view.search ?? '' },
        {
          ...choice('state', 'State', 'All states'),
          choices: screeningStates.map((value) => ({ value, label: said.states[value] })),
        },
        {
          ...choice('kind', 'Kind', 'All kinds'),
          choices: screeningKinds.map((value) => ({ value, label: said.kinds[value] })),
        },
        {
          ...choice('city', 'City', 'All cities'),
          choices: cities.map((value) => ({ value, label: value })),
        },
        {
          ...choice('private', 'Seen by', 'All'),
          choices: [
            { value: 'no', label: 'Everybody' },
            { value: 'yes', label: 'Nobody (private)' },
          ],
        },
        {
          ...choice('order', 'Order', 'The next first'),
          choices: [
            { value: 'date', label: 'First to last' },
            { value: '-date', label: 'Last to first' },
            { value: 'city', label: 'City' },
            { value: 'venue', label: 'Venue' },
            { value: 'state', label: 'State' },
            { value: 'changed', label: 'Changed last' },
          ],
        },
      ]}
    />
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
        columns={columnsOf(desk, mayEdit)}
        rows={screenings}
        keyOf={({ id }) => id}
        empty={<Nothing at={at} isNarrowed={isNarrowed} mayEdit={mayEdit} />}
      />
      {mayEdit && screenings.length > 0 ? <Together at={at} /> : null}
      <Pagination
        newer={page > 1 ? to(page - 1) : null}
        older={page < pages ? to(page + 1) : null}
        words={{ newer: 'Previous page', older: 'Next page' }}
      />
    </>
  );
}

const bulkForm = 'chosen-screenings';

function columnsOf({ base, now }: Desk, mayEdit: boolean): Column<Screening>[] {
  const at = (screening: Screening): string => `${base}/screenings/${screening.id}`;
  const columns: Column<Screening>[] = [
    {
      name: 'City',
      kind: 'lead',
      cell: (screening) => (
        <a href={at(screening)}>
          {screening.kind === 'virtual' ? said.online : plainText(screening.venue.city ?? '')}
        </a>
      ),
    },
    { name: 'Venue', cell: ({ venue }) => plainText(venue.name) },
    { name: 'When', cell: (screening) => whenOf(screening) },
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
      kind: 'actions',
      cell: ({ id, slug }) => (
        <input type="checkbox" name="ids[]" value={id} form={bulkForm} aria-label={`Choose ${slug}`} />
      ),
    },
    ...columns,
    {
      name: 'Actions',
      kind: 'actions',
      cell: (screening) => <RowActions at={at(screening)} screening={screening} />,
    },
  ];
}

/** `Saturday, January 16, 2027, 6:30 PM EST`, or the day alone. */
export function whenOf({ startsAt, venue, local }: Screening): string {
  const day = sayDay(startsAt, venue.timezone, 'en');
  return local.time === null ? `${day}, hour open` : `${day}, ${sayTime(startsAt, venue.timezone, 'en')}`;
}

function RowActions({ at, screening }: { readonly at: string; readonly screening: Screening }): ReactElement {
  const { slug, state } = screening;
  const isOff = state === 'cancelled' || state === 'postponed';
  return (
    <>
      <PostButton action={`${at}/copies`} look="link" label={`Copy ${slug}`}>
        Copy
      </PostButton>
      {isOff ? (
        <PostButton action={`${at}/restoration`} look="link" label={`Restore ${slug}`}>
          Restore
        </PostButton>
      ) : null}
      {state === 'cancelled' ? null : (
        <PostButton action={`${at}/cancellation`} look="link" label={`Cancel ${slug}`}>
          Cancel
        </PostButton>
      )}
    </>
  );
}

function Together({ at }: { readonly at: string }): ReactElement {
  return (
    <form id={bulkForm} method="post" action={`${at}/marks`} className="button-row">
      <span>With the chosen ones:</span>
      {(['planned', 'on sale', 'sold out', 'postponed', 'cancelled'] as const).map((state) => (
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
