import { Temporal } from 'temporal-polyfill';

/** The film's own zone; its books are kept by the days of it. */
export const filmZone = 'America/New_York';

/**
 * The time of a season. It is planned by whole days up to the end of today; of today, what has not passed yet is drawn
 * together into what has, so that a season of a day is the same at whatever hour it is made.
 */
export type SeasonClock = {
  readonly today: Temporal.PlainDate;
  /** The end of what is planned. */
  readonly end: Temporal.Instant;
  /** A planned moment as it is written down: never later than now. */
  moment(planned: Temporal.Instant): Temporal.Instant;
  /** So many days from today, at a time on the wall clock of a zone. */
  planned(day: number, time: string, zone: string): Temporal.Instant;
};

export function seasonClock(now: Temporal.Instant): SeasonClock {
  const zoned = now.toZonedDateTimeISO(filmZone);
  const today = zoned.toPlainDate();
  const midnight = zoned.startOfDay().toInstant().epochMilliseconds;
  const passed = now.epochMilliseconds - midnight;
  const dayMs = zoned.hoursInDay * 3_600_000;
  return {
    today,
    end: Temporal.Instant.fromEpochMilliseconds(midnight + dayMs),
    moment: ({ epochMilliseconds }) => {
      const into = epochMilliseconds - midnight;
      const at = into <= 0 ? into : Math.floor((Math.min(into, dayMs) / dayMs) * passed);
      return Temporal.Instant.fromEpochMilliseconds(midnight + at);
    },
    planned: (day, time, zone) =>
      today.add({ days: day }).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant(),
  };
}
