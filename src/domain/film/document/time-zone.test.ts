import { describe, expect, it } from 'vitest';
import { isTimeZone } from './time-zone.ts';

describe('a time zone', () => {
  it.each(['Asia/Kolkata', 'America/Indiana/Indianapolis', 'Europe/Kyiv', 'UTC', 'America/Port-au-Prince'])(
    'may be %s',
    (name) => expect(isTimeZone(name)).toBe(true),
  );
  it.each([
    '',
    'EST',
    '+02:00',
    'America/Nowhere',
    '../../etc/passwd',
    'America/New_York\u0000',
    `Etc/${'x'.repeat(90)}`,
  ])('may not be %j', (name) => expect(isTimeZone(name)).toBe(false));
});
