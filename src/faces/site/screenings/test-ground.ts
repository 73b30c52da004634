import type { ScreeningListing } from '../../../domain/screenings/index.ts';

/** Over, and only its day is on record. */
export const london: ScreeningListing = {
  slug: 'london-2024',
  kind: 'cinema',
  venue: {
    name: 'DocHouse',
    city: 'London',
    country: 'GB',
    point: [51.52, -0.12],
    timezone: 'Europe/London',
  },
  starts_at: '2024-11-14',
  state: 'past',
};

/** What a text may try to become when it is put into HTML, JSON-LD, a calendar or a feed. */
export const nasty = `</script><script>alert(1)</script>"><img src=x onerror=alert(1)>]]>&\u2028;,\\nEND:VEVENT`;

/** RFC 5545, 3.1: a line that begins with a space continues the one before. */
export function unfolded(calendar: string): string {
  return calendar.replace(/\r\n[ \t]/g, '').replace(/\r\n/g, '\n');
}
