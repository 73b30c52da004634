import type { Temporal } from 'temporal-polyfill';

type Style = 'day' | 'shortDay' | 'time' | 'weekday' | 'dayNumber' | 'month' | 'year' | 'zone';

const styles: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  shortDay: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  weekday: { weekday: 'short' },
  dayNumber: { day: 'numeric' },
  month: { month: 'short' },
  year: { year: 'numeric' },
  zone: { timeZoneName: 'short', year: 'numeric' },
};

// A formatter costs some 50 µs to make and 1 µs to use. Languages × zones × styles stay few per process;
// the bound keeps a film with venues in every zone of the world from growing this without end.
const formattersMax = 2_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, timeZone: string, style: Style): Intl.DateTimeFormat {
  const key = `${language}|${timeZone}|${style}`;
  const kept = formatters.get(key);
  if (kept !== undefined) return kept;
  if (formatters.size >= formattersMax) formatters.clear();
  const made = new Intl.DateTimeFormat(language, { ...styles[style], timeZone });
  formatters.set(key, made);
  return made;
}

// The same few dates stand on every page, and formatting one costs as much as a dozen elements.
const saidMax = 20_000;
const said = new Map<string, string>();

function once(key: string, make: () => string): string {
  const found = said.get(key);
  if (found !== undefined) return found;
  if (said.size >= saidMax) said.clear();
  const made = make();
  said.set(key, made);
  return made;
}

function say(at: Temporal.Instant, timeZone: string, language: string, style: Style): string {
  const milliseconds = at.epochMilliseconds;
  return once(`${milliseconds}|${timeZone}|${language}|${style}`, () =>
    formatter(language, timeZone, style).format(milliseconds),
  );
}

/** `Sunday, November 3, 2024`, as the calendar hangs at the venue. */
export function sayDay(at: Temporal.Instant, timeZone: string, language: string): string {
  return say(at, timeZone, language, 'day');
}

/** `Sun, Nov 3, 2024`: the same, for lists. */
export function sayShortDay(at: Temporal.Instant, timeZone: string, language: string): string {
  return say(at, timeZone, language, 'shortDay');
}

/** `4:00 PM PST`: the venue's own time, with the zone's abbreviation on that very day. */
export function sayTime(at: Temporal.Instant, timeZone: string, language: string): string {
  return `${say(at, timeZone, language, 'time')} ${sayZone(at, timeZone)}`;
}

/** `Sunday, November 3, 2024, 4:00 PM PST`. */
export function sayMoment(at: Temporal.Instant, timeZone: string, language: string): string {
  return `${sayDay(at, timeZone, language)}, ${sayTime(at, timeZone, language)}`;
}

/** As much of a screening as says when it begins. */
export type Starting = {
  readonly startsAt: Temporal.Instant;
  readonly local: { readonly time: string | null };
  readonly venue: { readonly timezone: string };
};

/** When a screening begins, in its venue's time: the moment, or the day alone while the hour is not known. */
export function sayStart({ startsAt, local, venue }: Starting, language: string): string {
  return local.time === null
    ? sayDay(startsAt, venue.timezone, language)
    : sayMoment(startsAt, venue.timezone, language);
}

export type DateParts = {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
};

/** The same day in pieces, for a ticket's stub: `Sun`, `3`, `Nov`, `2024`. */
export function sayDateParts(at: Temporal.Instant, timeZone: string, language: string): DateParts {
  return {
    weekday: say(at, timeZone, language, 'weekday'),
    day: say(at, timeZone, language, 'dayNumber').replace(/[^\p{N}]/gu, ''),
    month: say(at, timeZone, language, 'month').replace(/\.$/, ''),
    year: say(at, timeZone, language, 'year'),
  };
}

/**
 * What people there call their time: `PST`, `BST`, `CEST`; `GMT+9` where no abbreviation is in use.
 * The abbreviations are asked of the English of the zone's own part of the world, because other locales
 * answer with an offset where a person would name the zone.
 */
export function sayZone(at: Temporal.Instant, timeZone: string): string {
  return once(`${at.epochMilliseconds}|${timeZone}|zone`, () => zoneOf(at, timeZone));
}

function zoneOf(at: Temporal.Instant, timeZone: string): string {
  const english = /^(Europe|Africa|Atlantic)\//.test(timeZone)
    ? 'en-GB'
    : /^(Australia|Antarctica)\//.test(timeZone)
      ? 'en-AU'
      : 'en-US';
  const parts = formatter(english, timeZone, 'zone').formatToParts(at.epochMilliseconds);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** `2024-11-03T16:00:00-08:00`: for machines, still in the venue's own time. */
export function machineTime(at: Temporal.Instant, timeZone: string): string {
  return once(`${at.epochMilliseconds}|${timeZone}|machine`, () =>
    at.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' }),
  );
}

/** A year, a month or a day of a notice or a source: `2024`, `October 2024`, `October 17, 2024`. */
export function sayLooseDate(date: string | number, language: string): string {
  const [year = '', month, day] = String(date).split('-');
  if (month === undefined) return year;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1));
  return looseFormatter(language, day !== undefined).format(at);
}

const looseFormatters = new Map<string, Intl.DateTimeFormat>();

function looseFormatter(language: string, hasDay: boolean): Intl.DateTimeFormat {
  const key = `${language}|${hasDay}`;
  const kept = looseFormatters.get(key);
  if (kept !== undefined) return kept;
  if (looseFormatters.size >= 200) looseFormatters.clear();
  const made = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(hasDay ? { day: 'numeric' } : {}),
  });
  looseFormatters.set(key, made);
  return made;
}
