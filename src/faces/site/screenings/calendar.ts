import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { isOver, type Screening, shownState } from '../../../domain/screenings/index.ts';
import { sayMoment } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { canonicalUrl, say } from '../pages/site-page.tsx';
import { placeOf, screeningPath } from './cards.ts';
import { type SaleCard, saleCardOf, saleLines, type WithSales } from './sale-card.ts';

// What a calendar blocks when the film's length is not on record.
const usualMinutes = 120;

/** Screenings as iCalendar (RFC 5545): UTC times, a sequence that grows with every change. */
export function calendarOf(model: PageModel, { screenings, sales }: WithSales, name: string): string {
  const calendar = ical({
    name,
    prodId: { company: 'Houselights', product: 'Screenings', language: model.language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    url: canonicalUrl(model, '/screenings'),
    ttl: 3600,
  });
  for (const screening of screenings)
    calendar.createEvent(eventOf(model, screening, saleCardOf(model, sales.get(screening.id) ?? null)));
  // Every line of a calendar ends in a break, the last one too (RFC 5545, 3.1).
  return `${calendar.toString()}\r\n`;
}

function eventOf(model: PageModel, screening: Screening, own: SaleCard | null) {
  const { venue, startsAt, local, id, version, changedAt, slug, kind } = screening;
  const { screenings } = words(model.language);
  const url = canonicalUrl(model, screeningPath(slug));
  const state = shownState(screening, model.now);
  const title = `${say(model, model.document.film.title)}: ${placeOf(model, screening)}`;
  const isLoud = state === 'cancelled' || state === 'postponed';
  const place = [venue.name, venue.street ?? '', venue.city ?? '', venue.region ?? '']
    .map((part) => oneLine(say(model, part)))
    .filter((part) => part !== '');
  const { point } = venue;
  return {
    id: `${id}@${new URL(model.origin).host}`,
    sequence: version - 1,
    stamp: dateOf(changedAt),
    lastModified: dateOf(changedAt),
    ...timesOf(model, startsAt, local),
    summary: oneLine(isLoud ? `${screenings.states[state]}: ${title}` : title),
    description: descriptionOf(model, screening, own),
    url,
    status: statusOf(state),
    location:
      kind === 'virtual'
        ? { title: oneLine(say(model, venue.name)) }
        : {
            title: place.join(', '),
            ...(point === null ? {} : { geo: { lat: point.latitude, lon: point.longitude } }),
          },
  };
}

function timesOf(model: PageModel, startsAt: Temporal.Instant, local: Screening['local']) {
  if (local.time === null) {
    const day = Temporal.PlainDate.from(local.date);
    return { start: dateOfDay(day), end: dateOfDay(day.add({ days: 1 })), allDay: true };
  }
  const minutes = model.document.film.runtime_minutes ?? usualMinutes;
  return { start: dateOf(startsAt), end: dateOf(startsAt.add({ minutes })) };
}

const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds);
// The generator writes a whole day's date from the Date's local parts.
const dateOfDay = ({ year, month, day }: Temporal.PlainDate): Date => new Date(year, month - 1, day);
/** Calendars break lines only where they mean to. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function statusOf(state: ReturnType<typeof shownState>): ICalEventStatus {
  if (state === 'cancelled') return ICalEventStatus.CANCELLED;
  return state === 'postponed' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
}

function descriptionOf(model: PageModel, screening: Screening, own: SaleCard | null): string {
  const { screenings } = words(model.language);
  const { doc, venue, startsAt, local, slug } = screening;
  return [
    local.time === null ? '' : sayMoment(startsAt, venue.timezone, model.language),
    local.time === null && !isOver(screening, model.now) ? screenings.page.dayOnly : '',
    doc.with === undefined || doc.with.length === 0
      ? ''
      : screenings.with(doc.with.map((name) => say(model, name)).join(', ')),
    ...saleLines(model, screening, own),
    canonicalUrl(model, screeningPath(slug)),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
