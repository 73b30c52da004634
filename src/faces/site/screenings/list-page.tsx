import type { ReactElement } from 'react';
import type { Sale } from '../../../domain/boxoffice/index.ts';
import type { Near, Place, Screening } from '../../../domain/screenings/index.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Icon } from '../../../ui/components/icon.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Ticket } from '../../../ui/components/ticket.tsx';
import { formPath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo, SitePage, say } from '../pages/site-page.tsx';
import { cardOf, nearCardOf, placeOf } from './cards.ts';
import { type DrawnMap, Maps, nameOfPlace } from './map.tsx';
import { NearForm } from './near-form.tsx';
import { PastLines } from './past-lines.tsx';

/** What a visitor asked of the list. */
export type ListView = {
  readonly when: 'upcoming' | 'past';
  readonly by: 'date' | 'place';
  readonly kind: string | undefined;
  readonly place: Place | undefined;
  readonly page: number;
};

export type ListPageProps = {
  readonly model: PageModel;
  readonly view: ListView;
  readonly screenings: readonly Screening[];
  /** The box offices of those that sell here, and of those near. */
  readonly sales: ReadonlyMap<string, Sale>;
  /** How many there are on all pages. */
  readonly count: number;
  readonly pages: number;
  /** The latest past ones, below those to come; none where the page is about the past itself. */
  readonly past: readonly Screening[];
  readonly pastCount: number;
  readonly places: readonly Place[];
  readonly maps: readonly DrawnMap[];
  readonly near?: NearAnswer | undefined;
};

/** What came of a search by ZIP code or city. `found` is null where nobody knows the place. */
export type NearAnswer = {
  readonly typed: string;
  readonly place: string;
  readonly found: readonly Near[] | null;
};

/** `/screenings`: what is to come as tickets, the map beside it, what is past folded below. */
export function ListPage(props: ListPageProps): ReactElement {
  const { model, view, count, places, maps, near, pastCount, past } = props;
  const { list } = words(model.language).screenings;
  const title = titleOf(props);
  const isPlain =
    view.when === 'upcoming' && view.page === 1 && view.place === undefined && near === undefined;
  const townsToCome = places.filter(({ upcoming }) => upcoming > 0).length;
  return (
    <SitePage
      model={model}
      title={view.page > 1 ? `${title}, ${list.page(view.page, props.pages)}` : title}
      description={list.description(say(model, model.document.film.title))}
      isHidden={!isPlain}
      cardPath="/share/screenings.png"
      islands={isPlain && townsToCome > 1 ? ['near-me'] : []}
      className="screenings"
    >
      <header className="screenings-head">
        <h1>{title}</h1>
        {isPlain ? (
          <p className="lead">{list.lead(count, townsToCome)}</p>
        ) : (
          <Back model={model} view={view} />
        )}
      </header>
      <div className="screenings-body">
        <div className="screenings-side">
          <NearForm model={model} typed={near?.typed} hasIsland={isPlain && townsToCome > 1} />
          <Maps model={model} maps={maps} places={maps.length === 0 ? 0 : places.length} />
        </div>
        <div className="screenings-list">
          {near === undefined ? null : <NearList {...{ model, near, sales: props.sales }} />}
          {near === undefined || props.screenings.length > 0 ? <Listed {...props} /> : null}
          {past.length === 0 ? null : (
            <details className="past">
              <summary>{list.past(pastCount)}</summary>
              <PastLines model={model} screenings={past} />
              {past.length === pastCount ? null : (
                <p>
                  <a href={`${pathTo(model, '/screenings')}?when=past`}>{list.pastAll(pastCount)}</a>
                </p>
              )}
            </details>
          )}
          <Feeds model={model} />
        </div>
      </div>
    </SitePage>
  );
}

function titleOf({ model, view, near, pastCount }: ListPageProps): string {
  const { list, near: nearWords } = words(model.language).screenings;
  if (near !== undefined) return near.found === null ? list.title : nearWords.result(near.place);
  if (view.place !== undefined) return list.inPlace(nameOfPlace(model, view.place));
  return view.when === 'past' ? list.past(pastCount) : list.title;
}

function Back({ model, view }: { readonly model: PageModel; readonly view: ListView }): ReactElement {
  const { list } = words(model.language).screenings;
  const label = view.when === 'past' ? list.backToUpcoming : list.everywhere;
  return (
    <p className="screenings-back">
      <a href={pathTo(model, '/screenings')}>{label}</a>
    </p>
  );
}

function Listed(props: ListPageProps): ReactElement {
  const { model, view, screenings, sales, pages } = props;
  const { list } = words(model.language).screenings;
  if (screenings.length === 0) {
    return (
      <div className="screenings-none">
        <p>{list.none}</p>
        <ButtonLink href={pathTo(model, formPath('host'))}>{list.host}</ButtonLink>
      </div>
    );
  }
  return (
    <>
      {view.when === 'past' || view.place !== undefined ? null : <OrderLinks model={model} view={view} />}
      {view.when === 'past' ? (
        <PastLines model={model} screenings={screenings} />
      ) : (
        <Groups {...{ model, view, screenings, sales }} />
      )}
      {pages < 2 ? null : <Pages {...props} />}
    </>
  );
}

function OrderLinks({ model, view }: { readonly model: PageModel; readonly view: ListView }): ReactElement {
  const { list } = words(model.language).screenings;
  const links = [
    { by: 'date', label: list.byDate },
    { by: 'place', label: list.byPlace },
  ] as const;
  return (
    <nav className="screenings-order" aria-label={list.by}>
      {links.map(({ by, label }) => (
        <a
          key={by}
          href={listPath(model, { ...view, by, page: 1 })}
          aria-current={view.by === by ? 'true' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

/** The address of a list: parameters in one order, those that go without saying left out. */
export function listPath(model: PageModel, { when, by, kind, place, page }: ListView): string {
  const query = new URLSearchParams();
  if (by === 'place') query.set('by', by);
  if (kind !== undefined) query.set('kind', kind);
  if (page > 1) query.set('page', String(page));
  if (place !== undefined) query.set('place', place.slug);
  if (when === 'past') query.set('when', when);
  const text = query.toString();
  return pathTo(model, '/screenings') + (text === '' ? '' : `?${text}`);
}

type Group = { readonly key: string; readonly title: string; readonly screenings: Screening[] };

/** Months or places, in the order in which they come. */
function groupsOf(model: PageModel, view: ListView, screenings: readonly Screening[]): Group[] {
  const groups: Group[] = [];
  for (const screening of screenings) {
    const title = view.by === 'place' ? placeOf(model, screening) : monthOf(model, screening);
    const last = groups.at(-1);
    if (last !== undefined && last.title === title) last.screenings.push(screening);
    else groups.push({ key: screening.id, title, screenings: [screening] });
  }
  return groups;
}

function monthOf({ language }: PageModel, { local }: Screening): string {
  const [year, month] = local.date.split('-').map(Number);
  const name = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const said = name.format(Date.UTC(year ?? 0, (month ?? 1) - 1, 1));
  return said.charAt(0).toLocaleUpperCase(language) + said.slice(1);
}

function Groups(props: Pick<ListPageProps, 'model' | 'view' | 'screenings' | 'sales'>): ReactElement {
  const { model, view, screenings, sales } = props;
  const { language } = model;
  return (
    <div className="screenings-groups" data-near-list="">
      {groupsOf(model, view, screenings).map(({ key, title, screenings: some }) => (
        <section key={key} aria-labelledby={`from-${key}`}>
          <h2 className="screenings-group" id={`from-${key}`}>
            {title}
          </h2>
          <ul className="tickets">
            {some.map((screening) => (
              <Ticket
                key={screening.id}
                card={cardOf(model, screening, sales.get(screening.id) ?? null)}
                {...{ language, heading: 'h3' }}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function NearList({
  model,
  near,
  sales,
}: Pick<ListPageProps, 'model' | 'sales'> & { readonly near: NearAnswer }): ReactElement {
  const { near: said } = words(model.language).screenings;
  if (near.found === null) return <Notice isAnswer>{said.unknown(near.typed)}</Notice>;
  if (near.found.length === 0) return <Notice isAnswer>{said.none}</Notice>;
  return (
    <ul className="tickets">
      {near.found.map((each) => (
        <Ticket
          key={each.screening.id}
          card={nearCardOf(model, each, sales.get(each.screening.id) ?? null)}
          language={model.language}
          heading="h2"
        />
      ))}
    </ul>
  );
}

function Pages({ model, view, pages }: ListPageProps): ReactElement {
  const { list } = words(model.language).screenings;
  const { page } = view;
  return (
    <nav className="screenings-pages" aria-label={list.pages}>
      {page > 1 ? (
        <a rel="prev" href={listPath(model, { ...view, page: page - 1 })}>
          {list.earlier}
        </a>
      ) : null}
      <span>{list.page(page, pages)}</span>
      {page < pages ? (
        <a rel="next" href={listPath(model, { ...view, page: page + 1 })}>
          {list.later}
        </a>
      ) : null}
    </nav>
  );
}

function Feeds({ model }: { readonly model: PageModel }): ReactElement {
  const { list } = words(model.language).screenings;
  const path = pathTo(model, '/screenings');
  return (
    <aside className="screenings-feeds" aria-label={list.feeds}>
      <p>{list.feeds}</p>
      <ul>
        <li>
          <a href={`${path}.ics`}>
            <Icon name="calendar" /> {list.calendar}
          </a>
        </li>
        <li>
          <a href={`${path}.rss`}>
            <Icon name="feed" /> {list.rss}
          </a>
        </li>
        <li>
          <a href={`${path}.json`}>
            <Icon name="download" /> {list.json}
          </a>
        </li>
      </ul>
    </aside>
  );
}
