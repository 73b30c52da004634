import type { FilmDocument } from '../../../domain/film/index.ts';
import { formPath } from '../../../ui/paths.ts';
import { at, isRecord } from './form/show-field.ts';
import type { Place } from './place.ts';

/** Where the desk shows the site as the newest draft has it. */
export const draftPath = '/film/draft';

/** The page of the site, below its base, that shows what a page of the editor is about. */
export function shownAt(document: FilmDocument, { part, path: [root, key] }: Place): string {
  const item = root === undefined || key === undefined ? undefined : at(document, [root, key]);
  if (!isRecord(item)) return part.shownAt;
  if (part.slug === 'forms') return formPath(String(key));
  if (part.slug === 'pages') return `/${String(item.slug)}`;
  return part.shownAt;
}
