import type { ReactElement } from 'react';
import { isOver, type Screening, shownState } from '../../../domain/screenings/index.ts';
import { StateMark } from '../../../ui/components/ticket.tsx';
import { machineTime, sayDateParts } from '../../../ui/dates.ts';
import type { PageModel } from '../model.ts';
import { pathTo, say } from '../pages/site-page.tsx';
import { placeOf, screeningPath } from './cards.ts';
import { stateSign } from './sale-card.ts';

/** What is over, a line each: the day, the town, the house. */
export function PastLines({
  model,
  screenings,
}: {
  readonly model: PageModel;
  readonly screenings: readonly Screening[];
}): ReactElement {
  const { language } = model;
  return (
    <ul className="past-lines">
      {screenings.map((screening) => {
        const { venue, startsAt, slug } = screening;
        const { day, month, year } = sayDateParts(startsAt, venue.timezone, language);
        const state = shownState(screening, model.now);
        return (
          <li key={screening.id}>
            <time dateTime={machineTime(startsAt, venue.timezone).slice(0, 10)}>
              {day} {month} {year}
            </time>
            <a href={pathTo(model, screeningPath(slug))}>{placeOf(model, screening)}</a>
            <span className="past-venue">{say(model, venue.name)}</span>
            {isOver(screening, model.now) && state === 'past' ? null : (
              <StateMark sign={stateSign(model, screening, null)} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
