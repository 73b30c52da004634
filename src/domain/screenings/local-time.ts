import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '../film/document/time-zone.ts';

/**
 * A start as people at the venue were told it: the day, the wall clock where it is known, and the UTC offset
 * only where somebody named it to say which of two equal wall-clock times is meant.
 */
export type LocalStart = {
  /** `2024-11-03` */
  readonly date: string;
  /** `16:00`; null while only the day is known. */
  readonly time: string | null;
  /** `-05:00`; null where the earlier of two equal times, or the only one, is meant. */
  readonly offset: string | null;
};

/** When it starts for the whole world, and from when on it is over without anybody saying so. */
export type StartMoments = { readonly startsAt: Temporal.Instant; readonly overAt: Temporal.Instant };

export type WhyNoStart =
  | 'not_a_local_time'
  | 'no_such_day'
  | 'no_such_time'
  | 'offset_does_not_hold'
  | 'no_such_zone';

const localPattern = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})([+-]\d{2}:\d{2})?)?$/;

/** Reads `2024-11-03T16:00`, `2024-11-03`, or `2026-11-01T01:30-05:00`; null where it is none of them. */
export function parseLocalStart(text: string): LocalStart | null {
  const found = localPattern.exec(text);
  if (found === null) return null;
  const [, date = '', time = null, offset = null] = found;
  const year = Number(date.slice(0, 4));
  if (year < 1880 || year > 2200 || !isCalendarDay(date)) return null;
  if (time !== null && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  return { date, time, offset };
}

/** The same start as it is written in the film folder. */
export function writeLocalStart({ date, time, offset }: LocalStart): string {
  return time === null ? date : `${date}T${time}${offset ?? ''}`;
}

function isCalendarDay(date: string): boolean {
  try {
    Temporal.PlainDate.from(date, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

// Shorter than most films with a talk after them, longer than one that starts at 23:30 needs to cross midnight.
const shownHours = 3;

/**
 * The moments of a local start in its zone. Of two equal wall-clock times (clocks go back) the earlier is
 * meant unless the offset names the later; a wall-clock time that is skipped (clocks go forward) is refused.
 * A screening is over when its day is, at the venue, and never sooner than three hours after its start.
 */
export function startMoments(start: LocalStart, timezone: string): StartMoments | WhyNoStart {
  const key = `${writeLocalStart(start)} ${timezone}`;
  const kept = moments.get(key);
  if (kept !== undefined) return kept;
  if (moments.size >= momentsMax) moments.clear();
  const derived = deriveMoments(start, timezone);
  moments.set(key, derived);
  return derived;
}

// A file is checked row by row, looked at, and applied: without this, its zones are computed three times over.
const momentsMax = 20_000;
const moments = new Map<string, StartMoments | WhyNoStart>();

function deriveMoments(start: LocalStart, timezone: string): StartMoments | WhyNoStart {
  if (!isTimeZone(timezone)) return 'no_such_zone';
  const day = Temporal.PlainDate.from(start.date);
  const opens = day.toZonedDateTime(timezone);
  if (!opens.toPlainDate().equals(day)) return 'no_such_day';
  const dayEnds = day.add({ days: 1 }).toZonedDateTime(timezone).toInstant();
  if (start.time === null) return { startsAt: opens.toInstant(), overAt: dayEnds };
  const startsAt = wallClock(day.toPlainDateTime(start.time), timezone, start.offset);
  if (typeof startsAt === 'string') return startsAt;
  const shown = startsAt.add({ hours: shownHours });
  return { startsAt, overAt: Temporal.Instant.compare(shown, dayEnds) > 0 ? shown : dayEnds };
}

function wallClock(
  wall: Temporal.PlainDateTime,
  timezone: string,
  offset: string | null,
): Temporal.Instant | WhyNoStart {
  const earlier = wall.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  if (!earlier.toPlainDateTime().equals(wall)) return 'no_such_time';
  if (offset === null) return earlier.toInstant();
  const later = wall.toZonedDateTime(timezone, { disambiguation: 'later' });
  const meant = [earlier, later].find((each) => each.offset === offset);
  return meant === undefined ? 'offset_does_not_hold' : meant.toInstant();
}

/** Whether the wall clock shows this time twice on that day, so that somebody may have to say which. */
export function isTwice(start: LocalStart, timezone: string): boolean {
  if (start.time === null) return false;
  const wall = Temporal.PlainDate.from(start.date).toPlainDateTime(start.time);
  const earlier = wall.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(timezone, { disambiguation: 'later' });
  return earlier.toPlainDateTime().equals(wall) && earlier.offset !== later.offset;
}

/** What each no means, as the film folder, the CSV and the forms say it. */
export const whyNoStartWords: Readonly<Record<WhyNoStart, string>> = {
  not_a_local_time: 'the local time of the venue, such as 2024-11-03T16:00, or the day alone',
  no_such_day: 'a day that exists at the venue (its clocks skipped this one)',
  no_such_time: 'a time that exists at the venue (its clocks go forward over this one on that day)',
  offset_does_not_hold: 'an offset that holds at the venue at that time, or none',
  no_such_zone: 'a time zone such as America/New_York',
};
