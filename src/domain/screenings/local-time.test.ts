import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTwice, parseLocalStart, startMoments, writeLocalStart } from './local-time.ts';

function startsAt(text: string, zone: string): string {
  const start = parseLocalStart(text);
  if (start === null) return 'not read';
  const moments = startMoments(start, zone);
  return typeof moments === 'string' ? moments : moments.startsAt.toString();
}

describe('a local start', () => {
  it.each([
    ['2026-03-08T01:30', 'America/New_York', '2026-03-08T06:30:00Z'],
    ['2026-03-08T02:30', 'America/New_York', 'no_such_time'],
    ['2026-03-08T03:30', 'America/New_York', '2026-03-08T07:30:00Z'],
    ['2026-03-29T01:30', 'Europe/London', 'no_such_time'],
    ['2026-09-27T02:50', 'Pacific/Chatham', 'no_such_time'],
    ['2026-09-27T03:50', 'Pacific/Chatham', '2026-09-26T14:05:00Z'],
    ['2026-03-08T02:30', 'Asia/Kolkata', '2026-03-07T21:00:00Z'],
    ['2011-12-30T20:00', 'Pacific/Apia', 'no_such_day'],
    ['2011-12-30', 'Pacific/Apia', 'no_such_day'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(startsAt(text, zone)).toBe(expected);
  });

  it('means the earlier of two equal wall-clock times, and the later only when its offset says so', () => {
    expect(startsAt('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
    expect(startsAt('2026-11-01T01:30-04:00', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
    expect(startsAt('2026-11-01T01:30-05:00', 'America/New_York')).toBe('2026-11-01T06:30:00Z');
    expect(startsAt('2026-11-01T01:30-06:00', 'America/New_York')).toBe('offset_does_not_hold');
    expect(startsAt('2026-10-25T01:30', 'Europe/London')).toBe('2026-10-25T00:30:00Z');
    expect(startsAt('2026-10-25T01:30+00:00', 'Europe/London')).toBe('2026-10-25T01:30:00Z');
  });

  it('knows when somebody must say which of two times is meant', () => {
    const twice = (text: string, zone: string) => {
      const start = parseLocalStart(text);
      return start !== null && isTwice(start, zone);
    };
    expect(twice('2026-11-01T01:30', 'America/New_York')).toBe(true);
    expect(twice('2026-03-08T02:30', 'America/New_York')).toBe(false);
    expect(twice('2026-11-01T01:30', 'Asia/Kolkata')).toBe(false);
  });

  it('is over when the day ends at the venue, and never while the film still runs', () => {
    const over = (text: string, zone: string) => {
      const start = parseLocalStart(text);
      const moments = start === null ? 'not read' : startMoments(start, zone);
      return typeof moments === 'string' ? moments : moments.overAt.toString();
    };
    expect(over('2026-11-01T19:00', 'America/New_York')).toBe('2026-11-02T05:00:00Z');
    expect(over('2026-11-01', 'America/New_York')).toBe('2026-11-02T05:00:00Z');
    expect(over('2026-11-01T23:30', 'America/New_York')).toBe('2026-11-02T07:30:00Z');
  });

  it.each([
    '',
    'tomorrow',
    '2024-02-30',
    '2024-13-01T10:00',
    '2024-11-03T24:00',
    '2024-11-03T9:00',
    '2024-11-03 16:00',
    '2024-11-03T16:00Z',
    '2024-11-03T16:00:00',
    '+002024-11-03T16:00',
    '0001-01-01',
    '9999-01-01',
    '２０２４-11-03',
    '2024-11-03T16:00+99:99:99',
  ])('does not read %j', (text) => {
    expect(parseLocalStart(text)).toBeNull();
  });

  it('is written back exactly as it was read, in every zone and on every day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        fc.constantFrom(
          'America/New_York',
          'Europe/London',
          'Asia/Kolkata',
          'Pacific/Chatham',
          'Australia/Lord_Howe',
        ),
        (date, zone) => {
          const text = date.toISOString().slice(0, 16);
          const start = parseLocalStart(text);
          if (start === null) throw new Error(text);
          expect(writeLocalStart(start)).toBe(text);
          const moments = startMoments(start, zone);
          if (typeof moments === 'string') return;
          const wall = moments.startsAt.toZonedDateTimeISO(zone).toPlainDateTime();
          expect(wall.toString({ smallestUnit: 'minute' })).toBe(text);
          expect(moments.overAt.epochMilliseconds).toBeGreaterThan(moments.startsAt.epochMilliseconds);
        },
      ),
      { numRuns: 500 },
    );
  });
});
