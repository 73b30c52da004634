import type { ReactElement } from 'react';
import type { Sale } from '../../../domain/boxoffice/index.ts';
import {
  accessOf,
  isOver,
  type Neighbours,
  type Screening,
  type ScreeningState,
  shownState,
} from '../../../domain/screenings/index.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Icon } from '../../../ui/components/icon.tsx';
import { AccessMarks, StateMark } from '../../../ui/components/ticket.tsx';
import { machineTime, sayDateParts, sayDay, sayTime } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import { SaleBox } from '../../checkout/sale-box.tsx';
import type { PageModel } from '../model.ts';
import { pathTo, SitePage, say } from '../pages/site-page.tsx';
import { actionOf, placeOf, regionOf, screeningPath } from './cards.ts';
import { priceOf, saleCardOf, stateSign } from './sale-card.ts';
import { structuredScreening } from './structured-screening.ts';

export type ScreeningPageProps = {
  readonly model: PageModel;
  readonly screening: Screening;
  /** What is sold here; null where nothing is. */
  readonly sale: Sale | null;
  /** Whether the solidarity fund pays places here. */
  readonly hasGrants: boolean;
  readonly neighbours: Neighbours;
};

/** One screening: where, when, whether it still holds, and how one gets in. */
export function ScreeningPage(props: ScreeningPageProps): ReactElement {
  const { model, screening, sale, hasGrants, neighbours } = props;
  const { language } = model;
  const { screenings } = words(language);
  const { venue, local, startsAt, slug } = screening;
  const state = shownState(screening, model.now);
  const place = placeOf(model, screening);
  const day = sayDay(startsAt, venue.timezone, language);
  const region = regionOf(model, screening);
  const path = pathTo(model, screeningPath(slug));
  return (
    <SitePage
      model={model}
      title={`${place}, ${day}`}
      description={[say(model, model.document.film.title), day, say(model, venue.name), place].join(' · ')}
      structured={structuredScreening(model, screening, sale)}
      cardPath={`/share/screenings/${screening.slug}.png`}
      className="screening"
    >
      <p className="screening-back">
        <a href={pathTo(model, '/screenings')}>{screenings.page.all}</a>
      </p>
      <article className={`screening-sheet screening-is-${state.replace(' ', '-')}`}>
        <Stub screening={screening} language={language} />
        <header className="screening-head">
          <Loudly state={state} model={model} />
          <h1 className="screening-city">
            {screening.kind === 'virtual' ? screenings.online : say(model, venue.city ?? '')}
            {region === '' ? null : <small> {region}</small>}
          </h1>
          <p className="screening-when">
            <time dateTime={local.time === null ? local.date : machineTime(startsAt, venue.timezone)}>
              {day}
              {local.time === null ? null : `, ${sayTime(startsAt, venue.timezone, language)}`}
            </time>
          </p>
          {local.time === null && state !== 'past' ? <p>{screenings.page.dayOnly}</p> : null}
        </header>
        <div className="screening-do">
          <StateMark sign={stateSign(model, screening, saleCardOf(model, sale))} />
          <Action model={model} screening={screening} />
          {state === 'past' ? null : (
            <ButtonLink href={`${path}.ics`} look="outline" icon="calendar">
              {screenings.page.calendar}
            </ButtonLink>
          )}
        </div>
        {sale === null ? null : <SaleBox {...{ model, sale, hasGrants }} />}
        <Details {...{ model, screening, sale }} />
      </article>
      <Others model={model} neighbours={neighbours} />
    </SitePage>
  );
}

function Stub({ screening, language }: { readonly screening: Screening; readonly language: string }) {
  const { weekday, day, month, year } = sayDateParts(screening.startsAt, screening.venue.timezone, language);
  return (
    <p className="screening-stub" aria-hidden="true">
      <span>{weekday}</span>
      <span className="screening-day">{day}</span>
      <span>
        {month} {year}
      </span>
    </p>
  );
}

/** What nobody may overlook, before anything else is read. */
function Loudly({ state, model }: { readonly state: ScreeningState; readonly model: PageModel }) {
  if (state === 'planned' || state === 'on sale') return null;
  const { page } = words(model.language).screenings;
  const { title, about } = page[state];
  const isLoud = state === 'cancelled' || state === 'postponed';
  return (
    <div className={isLoud ? 'screening-loud' : 'screening-note'} role={isLoud ? 'status' : undefined}>
      <p className="screening-loud-title">{title}</p>
      <p>
        {about} {state === 'past' ? null : <a href={pathTo(model, '/screenings')}>{page.elsewhere}</a>}
      </p>
    </div>
  );
}

/** Tickets that are sold elsewhere; those sold here have a box of their own below. */
function Action({ model, screening }: { readonly model: PageModel; readonly screening: Screening }) {
  const action = actionOf(model, screening, null);
  return action === null ? null : <ButtonLink href={action.href}>{action.label}</ButtonLink>;
}

function Details({ model, screening, sale }: Pick<ScreeningPageProps, 'model' | 'screening' | 'sale'>) {
  const { page, kinds } = words(model.language).screenings;
  const { doc, kind } = screening;
  // What is sold here has its prices in a box of its own.
  const price = saleCardOf(model, sale) === null ? priceOf(model, screening, null) : null;
  const access = accessOf(screening);
  return (
    <dl className="screening-details">
      <div>
        <dt>{page.where}</dt>
        <dd>
          <Address model={model} screening={screening} />
        </dd>
      </div>
      {price === null ? null : (
        <div>
          <dt>{page.price}</dt>
          <dd>{price}</dd>
        </div>
      )}
      {doc.guests === undefined || doc.guests.length === 0 ? null : (
        <div>
          <dt>{page.guests}</dt>
          {doc.guests.map(({ name, about }) => (
            <dd key={say(model, name)}>
              <strong>{say(model, name)}</strong>
              {about === undefined ? null : <span className="screening-about">{say(model, about)}</span>}
            </dd>
          ))}
        </div>
      )}
      {doc.with === undefined || doc.with.length === 0 ? null : (
        <div>
          <dt>{page.presenters}</dt>
          <dd>{doc.with.map((name) => say(model, name)).join(', ')}</dd>
        </div>
      )}
      {access.length === 0 && isOver(screening, model.now) ? null : (
        <div>
          <dt>{page.access}</dt>
          <dd>
            {access.length === 0 ? page.accessNone : <AccessMarks marks={access} language={model.language} />}
          </dd>
        </div>
      )}
      <div>
        <dt>{page.kind}</dt>
        <dd>{kinds[kind]}</dd>
      </div>
    </dl>
  );
}

function Address({ model, screening }: { readonly model: PageModel; readonly screening: Screening }) {
  const { page } = words(model.language).screenings;
  const { venue, kind } = screening;
  if (kind === 'virtual') return <address>{say(model, venue.name)}</address>;
  const lines = [
    say(model, venue.street ?? ''),
    [placeOf(model, screening), venue.postcode ?? ''].filter((part) => part !== '').join(' '),
  ].filter((line) => line !== '');
  const { point } = venue;
  return (
    <>
      <address>
        <strong>{say(model, venue.name)}</strong>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </address>
      {point === null ? null : (
        <p className="screening-maps">
          <a
            rel="noopener"
            href={`https://www.openstreetmap.org/?mlat=${point.latitude}&mlon=${point.longitude}#map=16/${point.latitude}/${point.longitude}`}
          >
            <Icon name="place" /> {page.map}
          </a>
          <a href={`geo:${point.latitude},${point.longitude}`}>{page.geo}</a>
        </p>
      )}
    </>
  );
}

function Others({ model, neighbours }: { readonly model: PageModel; readonly neighbours: Neighbours }) {
  const { page } = words(model.language).screenings;
  const others = [
    { screening: neighbours.previous, label: page.previous, rel: 'prev' },
    { screening: neighbours.next, label: page.next, rel: 'next' },
  ];
  if (others.every(({ screening }) => screening === null)) return null;
  return (
    <nav className="screening-others" aria-label={page.neighbours}>
      {others.map(({ screening, label, rel }) =>
        screening === null ? null : (
          <a key={rel} rel={rel} href={pathTo(model, screeningPath(screening.slug))}>
            <span>{label}</span>
            <strong>{placeOf(model, screening)}</strong>
            <span>{sayDay(screening.startsAt, screening.venue.timezone, model.language)}</span>
          </a>
        ),
      )}
    </nav>
  );
}
