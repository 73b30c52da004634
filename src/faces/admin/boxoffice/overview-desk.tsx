import type { ReactElement } from 'react';
import { type Availability, availabilitiesOf } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { deskScreenings, plainText, type Screening, shownState } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { type Column, DeskPage, DeskTable, EmptyState, LinkButton, Tabs } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { StateBadge, whenOf } from '../screenings/list-page.tsx';
import { HouseBar } from './parts.tsx';

// More nights than one can look through; the screenings' own list has pages.
const shownMax = 200;

/** How full every house is: where selling, giving and looking begin. */
export function addOverviewRoutes(app: DeskApp, house: House): void {
  app.get('/box-office', allow('boxoffice.read'), async (c) => {
    const { film, now } = c.var.desk;
    const when = c.req.query('when') === 'past' ? 'past' : 'coming';
    const found = await inFilm(house.db, film.id, async (tx) => {
      const order = when === 'past' ? '-date' : 'date';
      const query = { when, order, page: 1, perPage: shownMax } as const;
      const { screenings } = await deskScreenings(tx, film.id, now, query);
      const ids = screenings.map(({ id }) => id);
      return { screenings, houses: await availabilitiesOf(tx, film.id, ids, now) };
    });
    return answer(c, <OverviewPage desk={c.var.desk} when={when} {...found} />);
  });
}

type OverviewProps = {
  readonly desk: Desk;
  readonly when: 'coming' | 'past';
  readonly screenings: readonly Screening[];
  readonly houses: ReadonlyMap<string, Availability>;
};

function OverviewPage({ desk, when, screenings, houses }: OverviewProps): ReactElement {
  const here = `${desk.base}/box-office`;
  return (
    <DeskPage
      desk={desk}
      title="Tickets"
      about="How full each house is. Held places count as taken until their time to pay is over."
    >
      <Tabs
        label="Views"
        tabs={[
          { href: here, label: 'Coming', isOpen: when === 'coming' },
          { href: `${here}?when=past`, label: 'Past', isOpen: when === 'past' },
        ]}
      />
      <DeskTable
        caption="Screenings and their places"
        rows={screenings}
        keyOf={({ id }) => id}
        columns={columnsOf(desk, houses)}
        empty={
          <EmptyState title={when === 'past' ? 'Nothing is over yet.' : 'Nothing is coming.'}>
            A screening that is added stands here, and can be put on sale.
          </EmptyState>
        }
      />
    </DeskPage>
  );
}

function columnsOf(desk: Desk, houses: OverviewProps['houses']): Column<Screening>[] {
  const count = (id: string, which: 'sold' | 'free'): string =>
    houses.get(id)?.[which].toLocaleString('en') ?? '';
  return [
    {
      name: 'City',
      kind: 'lead',
      cell: ({ id, venue, kind }) => (
        <>
          <a href={`${desk.base}/screenings/${id}/tickets`}>
            {kind === 'virtual' ? 'Online' : plainText(venue.city ?? venue.name)}
          </a>
          <span className="desk-under">{plainText(venue.name)}</span>
        </>
      ),
    },
    { name: 'When', kind: 'when', cell: whenOf },
    { name: 'State', cell: (screening) => <StateBadge state={shownState(screening, desk.now)} /> },
    {
      name: 'House',
      cell: ({ id, doc }) => {
        const availability = houses.get(id);
        if (availability) return <HouseBar availability={availability} />;
        return (
          <span className="quiet">{doc.admission?.external === undefined ? 'Not set up' : 'Elsewhere'}</span>
        );
      },
    },
    { name: 'Sold', kind: 'figure', cell: ({ id }) => count(id, 'sold') },
    { name: 'Free', kind: 'figure', cell: ({ id }) => count(id, 'free') },
    {
      name: 'Actions',
      kind: 'actions',
      cell: ({ id, slug }) =>
        may(desk.role, 'boxoffice.sell') && houses.has(id) ? (
          <LinkButton href={`${desk.base}/screenings/${id}/sale`} label={`Sell at ${slug}`} look="link">
            Sell
          </LinkButton>
        ) : null,
    },
  ];
}
