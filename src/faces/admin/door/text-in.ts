import { inLanguage, type Text } from '../../../domain/film/document/text.ts';

/** A text of the film at the desk, which speaks English. */
export function textIn(text: Text | null): string {
  return inLanguage(text ?? undefined, 'en', 'en');
}
