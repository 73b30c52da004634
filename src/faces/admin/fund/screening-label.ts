import { inLanguage } from '../../../domain/film/document/text.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { sayMoment } from '../../../ui/dates.ts';

/** A screening in a line: where and when, in its own zone. */
export function screeningLabel({ venue, startsAt }: Screening): string {
  const where = [inLanguage(venue.name, 'en', 'en'), inLanguage(venue.city ?? undefined, 'en', 'en')];
  return `${where.filter((part) => part !== '').join(', ')}, ${sayMoment(startsAt, venue.timezone, 'en')}`;
}
