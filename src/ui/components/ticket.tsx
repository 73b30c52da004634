import type { ReactElement } from 'react';
import { machineTime, sayDateParts, sayTime } from '../dates.ts';
import { words } from '../words/index.ts';
import { ButtonLink } from './button.tsx';
import { Icon } from './icon.tsx';
import type { AccessMark, ScreeningCard, StateSign } from './screening-card.ts';

export type TicketProps = {
  readonly card: ScreeningCard;
  readonly language: string;
  /** The level of the city's heading in the page. */
  readonly heading?: 'h2' | 'h3' | 'h4';
};

/** One screening in a list, like a ticket: the day on the stub, the city large, one button. */
export function Ticket({ card, language, heading: Heading = 'h3' }: TicketProps): ReactElement {
  const { screenings } = words(language);
  const { startsAt, timezone, state } = card;
  const place = card.city === '' ? screenings.online : card.city;
  const isOver = state === 'past' || state === 'cancelled';
  return (
    <li
      className={isOver ? 'ticket ticket-over' : 'ticket'}
      data-lat={card.point?.latitude}
      data-lon={card.point?.longitude}
    >
      <Stub card={card} language={language} />
      <div className="ticket-words">
        <Heading className="ticket-city">
          <a href={card.href}>
            {place}
            {card.region === '' || card.city === '' ? null : <small> {card.region}</small>}
          </a>
        </Heading>
        <p className="ticket-where">
          {card.isTimeKnown === false ? null : (
            <>
              <time dateTime={machineTime(startsAt, timezone)}>{sayTime(startsAt, timezone, language)}</time>
              {' · '}
            </>
          )}
          {card.venue}
          {card.distance === undefined ? null : <span className="ticket-distance"> · {card.distance}</span>}
        </p>
        {card.with.length === 0 && card.guests === null ? null : (
          <p className="ticket-with">
            {[card.with.length === 0 ? null : screenings.with(card.with.join(', ')), card.guests]
              .filter((line) => line !== null)
              .join(' · ')}
          </p>
        )}
        <AccessMarks marks={card.access} language={language} />
      </div>
      <div className="ticket-side">
        <StateMark sign={card.sign} />
        {card.price === null || isOver ? null : <p className="ticket-price">{card.price}</p>}
        {isOver ? null : <TicketButton card={card} place={place} details={screenings.details} />}
      </div>
    </li>
  );
}

/** What one does about it. Where that is to read on, the ticket's one link lies over the button. */
function TicketButton({
  card: { action, venue },
  place,
  details,
}: {
  readonly card: ScreeningCard;
  readonly place: string;
  readonly details: string;
}): ReactElement {
  if (action === null)
    return (
      <span className="button button-outline" aria-hidden="true">
        {details}
      </span>
    );
  return (
    <ButtonLink
      href={action.href}
      look={action.isQuiet ? 'outline' : 'solid'}
      label={`${action.label}: ${place}, ${venue}`}
    >
      {action.label}
    </ButtonLink>
  );
}

function Stub({ card: { startsAt, timezone }, language }: TicketProps): ReactElement {
  const { weekday, day, month, year } = sayDateParts(startsAt, timezone, language);
  return (
    <p className="ticket-stub">
      <span className="ticket-weekday">{weekday} </span>
      <span className="ticket-day">{day} </span>
      <span className="ticket-month">
        {month} {year}
      </span>
    </p>
  );
}

/** A screening's state as a word and a shape, so that colour alone never says it. */
export function StateMark({ sign: { shape, words: said } }: { readonly sign: StateSign }): ReactElement {
  return <p className={`state state-${shape.replace(' ', '-')}`}>{said}</p>;
}

/** What the place offers to those who need it, as signs with their words. */
export function AccessMarks({
  marks,
  language,
}: {
  readonly marks: readonly AccessMark[];
  readonly language: string;
}): ReactElement | null {
  if (marks.length === 0) return null;
  const { screenings } = words(language);
  return (
    <ul className="access" aria-label={screenings.accessLabel}>
      {marks.map((mark) => (
        <li key={mark}>
          <Icon name={mark} />
          {screenings.access[mark]}
        </li>
      ))}
    </ul>
  );
}
