import { inLanguage } from '../../../domain/film/document/text.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { sayStart } from '../../../ui/dates.ts';

/** A screening in a line: where and when, in its own zone. */
export function screeningLabel(screening: Screening): string {
  const { venue } = screening;
  const where = [inLanguage(venue.name, 'en', 'en'), inLanguage(venue.city ?? undefined, 'en', 'en')];
  return `${where.filter((part) => part !== '').join(', ')}, ${sayStart(screening, 'en')}`;
}
