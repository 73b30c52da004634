import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { sayOrderCode } from '../../domain/boxoffice/index.ts';
import { words } from '../../ui/words/index.ts';
import type { TicketPapers } from './ticket-papers.ts';

// What a calendar blocks when the film's length is not on record.
const usualMinutes = 120;

/**
 * An order's screening as a calendar file (RFC 5545). It carries the screening's own id, so that a calendar which has
 * it from the site keeps one entry; no link that opens the order, because calendars are shared.
 */
export function ticketsCalendar(papers: TicketPapers, publicUrl: string): string {
  const { film, screening, language, filmTitle, when, where, order, tickets } = papers;
  const { id, version, changedAt, slug, state, venue } = screening;
  const url = film.pageAt(publicUrl, `/screenings/${slug}`, language);
  const said = words(language).boxoffice;
  const calendar = ical({
    prodId: { company: 'Houselights', product: 'Tickets', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${id}@${new URL(url).host}`,
    sequence: version - 1,
    stamp: dateOf(changedAt),
    lastModified: dateOf(changedAt),
    ...timesOf(papers),
    summary: filmTitle.replace(/\s+/g, ' '),
    description: [
      said.tickets.order(sayOrderCode(order.code)),
      ...tickets.map(({ code, type, guestName }) =>
        [code, type, guestName ?? ''].filter(Boolean).join(' · '),
      ),
      when,
      url,
    ].join('\n'),
    url,
    status: state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    location: {
      title: where.join(', '),
      ...(venue.point === null ? {} : { geo: { lat: venue.point.latitude, lon: venue.point.longitude } }),
    },
  });
  // Every line of a calendar ends in a break, the last one too (RFC 5545, 3.1).
  return `${calendar.toString()}\r\n`;
}

function timesOf({ film, screening: { startsAt, local } }: TicketPapers) {
  if (local.time === null) {
    const day = Temporal.PlainDate.from(local.date);
    return { start: dateOfDay(day), end: dateOfDay(day.add({ days: 1 })), allDay: true };
  }
  const minutes = film.document.film.runtime_minutes ?? usualMinutes;
  return { start: dateOf(startsAt), end: dateOf(startsAt.add({ minutes })) };
}

const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds);
// The generator writes a whole day's date from the Date's local parts.
const dateOfDay = ({ year, month, day }: Temporal.PlainDate): Date => new Date(year, month - 1, day);
