import type { ReactElement } from 'react';
import type { Temporal } from 'temporal-polyfill';

const day = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const full = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
});

/** How long ago or how far ahead, as people say it; the exact time is in the title. */
export function When({
  at,
  now,
}: {
  readonly at: Temporal.Instant;
  readonly now: Temporal.Instant;
}): ReactElement {
  return (
    <time dateTime={at.toString()} title={full.format(at.epochMilliseconds)}>
      {sayWhen(at, now)}
    </time>
  );
}

/** `just now`, `5 minutes ago`, `in 3 days`, `in 5 weeks`; beyond a season, the day. */
export function sayWhen(at: Temporal.Instant, now: Temporal.Instant): string {
  const minutes = Math.round((at.epochMilliseconds - now.epochMilliseconds) / 60_000);
  const size = Math.abs(minutes);
  if (size < 1) return 'just now';
  if (size >= 130_000) return day.format(at.epochMilliseconds);
  const [count, unit] =
    size < 60
      ? [size, 'minute']
      : size < 1_440
        ? [Math.round(size / 60), 'hour']
        : size < 40_000
          ? [Math.round(size / 1_440), 'day']
          : [Math.round(size / 10_080), 'week'];
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return minutes < 0 ? `${words} ago` : `in ${words}`;
}
