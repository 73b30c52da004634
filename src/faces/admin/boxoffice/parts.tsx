import type { ReactElement } from 'react';
import type { Availability } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { plainText, type Screening } from '../../../domain/screenings/index.ts';
import { Tabs } from '../../../ui/admin/index.ts';
import { sayShortDay, sayTime } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import type { Desk } from '../desk.ts';

/** `Seattle, Sun, Nov 3, 2024, 4:00 PM PST`: which screening a page is about. */
export function screeningWords({ venue, kind, startsAt, local }: Screening): string {
  const place = kind === 'virtual' ? words('en').screenings.online : plainText(venue.city ?? venue.name);
  const day = sayShortDay(startsAt, venue.timezone, 'en');
  return local.time === null
    ? `${place}, ${day}`
    : `${place}, ${day}, ${sayTime(startsAt, venue.timezone, 'en')}`;
}

export type ScreeningView = 'screening' | 'tickets' | 'sale' | 'guests' | 'waitlist' | 'change';

/** Everything of one screening beside each other, as far as the role goes. */
export function ScreeningTabs({
  desk,
  id,
  open,
}: {
  readonly desk: Desk;
  readonly id: string;
  readonly open: ScreeningView;
}): ReactElement | null {
  const at = `${desk.base}/screenings/${id}`;
  const tabs = [
    { view: 'screening', href: at, label: 'Screening', permission: 'screenings.edit' },
    { view: 'tickets', href: `${at}/tickets`, label: 'Tickets', permission: 'boxoffice.read' },
    { view: 'sale', href: `${at}/sale`, label: 'Sell', permission: 'boxoffice.sell' },
    { view: 'guests', href: `${at}/guests`, label: 'Guests', permission: 'boxoffice.sell' },
    { view: 'waitlist', href: `${at}/waitlist`, label: 'Waitlist', permission: 'boxoffice.read' },
    { view: 'change', href: `${at}/change`, label: 'Move or cancel', permission: 'boxoffice.manage' },
  ] as const;
  const shown = tabs.filter(({ permission }) => may(desk.role, permission));
  if (shown.length < 2) return null;
  return (
    <Tabs
      label="This screening"
      tabs={shown.map(({ view, href, label }) => ({ href, label, isOpen: view === open }))}
    />
  );
}

/** How full a house is: figures, and the same as a bar. */
export function HouseFigures({ availability }: { readonly availability: Availability }): ReactElement {
  const { places, sold, held, free } = availability;
  const figures = [
    ['Places', places],
    ['Sold and given', sold],
    ['Held for now', held],
    ['Free', free],
  ] as const;
  return (
    <div className="house">
      <dl className="books-sums">
        {figures.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      <HouseBar availability={availability} />
    </div>
  );
}

/** Sold, held and free of a house as one bar; the figures beside it say the same. */
export function HouseBar({ availability }: { readonly availability: Availability }): ReactElement {
  const { places, sold, held } = availability;
  const whole = Math.max(places, sold + held, 1);
  const percent = (part: number): string => `${(part / whole) * 100}%`;
  return (
    <svg className="house-bar" aria-hidden="true">
      <rect className="house-free" width={percent(places)} height="100%" />
      <rect className="house-sold" width={percent(sold)} height="100%" />
      <rect className="house-held" x={percent(sold)} width={percent(held)} height="100%" />
      {sold > places ? (
        <rect className="house-over" x={percent(places)} width={percent(sold - places)} height="100%" />
      ) : null}
    </svg>
  );
}

/** A14: that a room now holds fewer than were sold, in words; null where it does not. */
export function OversoldWords({
  availability,
}: {
  readonly availability: Availability;
}): ReactElement | null {
  const { places, sold } = availability;
  const over = sold - places;
  if (over <= 0) return null;
  return (
    <div className="desk-notice tone-warn" role="status">
      <p className="desk-notice-words">
        {sold} places are sold or given, and the room now has {places}:{' '}
        <strong>{over === 1 ? 'one person too many' : `${over} people too many`}</strong>. Every ticket stays
        good, nobody was told, and nothing more is sold until {over} {over === 1 ? 'place' : 'places'} and
        more come back.
      </p>
    </div>
  );
}
