import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { machineTime, sayDateParts, sayDay, sayLooseDate, sayMoment, sayTime, sayZone } from './dates.ts';

const at = (iso: string): Temporal.Instant => Temporal.Instant.from(iso);
const plain = (words: string): string => words.replace(/\s/g, ' ');

describe('a screening’s time', () => {
  test('is the venue’s own, on both sides of the night when the clocks go back', () => {
    const before = at('2024-11-02T23:00:00Z');
    const after = at('2024-11-04T00:00:00Z');
    expect(plain(sayTime(before, 'America/Los_Angeles', 'en'))).toBe('4:00 PM PDT');
    expect(plain(sayTime(after, 'America/Los_Angeles', 'en'))).toBe('4:00 PM PST');
  });

  test('falls on the venue’s day, not on the server’s', () => {
    const evening = at('2024-11-15T03:30:00Z');
    expect(sayDay(evening, 'America/Los_Angeles', 'en')).toBe('Thursday, November 14, 2024');
    expect(sayDay(evening, 'Europe/London', 'en')).toBe('Friday, November 15, 2024');
  });

  test('is told apart in the hour that comes twice', () => {
    expect(plain(sayTime(at('2024-11-03T05:30:00Z'), 'America/New_York', 'en'))).toBe('1:30 AM EDT');
    expect(plain(sayTime(at('2024-11-03T06:30:00Z'), 'America/New_York', 'en'))).toBe('1:30 AM EST');
  });

  test('carries the abbreviation that people there use', () => {
    const summer = at('2025-07-12T18:00:00Z');
    const winter = at('2025-01-12T18:00:00Z');
    expect(sayZone(summer, 'Europe/London')).toBe('BST');
    expect(sayZone(winter, 'Europe/London')).toBe('GMT');
    expect(sayZone(summer, 'Europe/Madrid')).toBe('CEST');
    expect(sayZone(summer, 'America/Toronto')).toBe('EDT');
    expect(sayZone(winter, 'Australia/Sydney')).toBe('AEDT');
    expect(sayZone(summer, 'Asia/Tokyo')).toBe('GMT+9');
  });

  test('is said in the page’s language', () => {
    const seattle = at('2024-11-04T00:00:00Z');
    expect(plain(sayMoment(seattle, 'America/Los_Angeles', 'es'))).toBe(
      'domingo, 3 de noviembre de 2024, 16:00 PST',
    );
    expect(sayDateParts(seattle, 'America/Los_Angeles', 'es')).toEqual({
      weekday: 'dom',
      day: '3',
      month: 'nov',
      year: '2024',
    });
  });

  test('stays exact for machines', () => {
    expect(machineTime(at('2024-11-04T00:00:00Z'), 'America/Los_Angeles')).toBe('2024-11-03T16:00:00-08:00');
    expect(machineTime(at('2025-10-23T23:00:00Z'), 'America/New_York')).toBe('2025-10-23T19:00:00-04:00');
  });
});

describe('a notice’s date', () => {
  test('says as much as is known', () => {
    expect(sayLooseDate(2024, 'en')).toBe('2024');
    expect(sayLooseDate('2024-10', 'en')).toBe('October 2024');
    expect(sayLooseDate('2024-10-17', 'en')).toBe('October 17, 2024');
    expect(sayLooseDate('2024-10-17', 'es')).toBe('17 de octubre de 2024');
  });
});
