import type { FilmDocument } from '../../../domain/film/index.ts';
import { keyOf } from './form/field.ts';
import { at, isRecord, showFields } from './form/show-field.ts';
import { missingLanguages } from './missing-languages.ts';
import type { PartGroup, PartLine } from './pages/overview-page.tsx';
import { languageName } from './pages/text-inputs.tsx';
import { groups, type Part, parts } from './parts/index.ts';

/** How every part of a film stands, by group. */
export function overviewOf(document: FilmDocument, base: string): PartGroup[] {
  return groups.map((title) => ({
    title,
    // The pictures have a page that shows them beside each other.
    href: title === 'Pictures' ? `${base}/film/pictures` : null,
    parts: parts.filter(({ group }) => group === title).map((part) => lineOf(document, part, base)),
  }));
}

function lineOf(document: FilmDocument, part: Part, base: string): PartLine {
  const languages = document.film.site_languages;
  const value = at(document, part.root);
  const missing = missingLanguages(part.fields, part.lists, value, languages);
  const counts = part.lists.map(({ path, one, many }) => {
    const count = countOf(at(value, path));
    return count === 1 ? `1 ${one}` : `${count === 0 ? 'no' : count} ${many}`;
  });
  const shown = showFields(part.fields, value, languages);
  const filled = part.fields.filter(({ path }) =>
    Object.entries(shown).some(
      ([name, words]) => words !== '' && (name === keyOf('', path) || name.startsWith(`${keyOf('', path)}.`)),
    ),
  );
  const isEmpty = filled.length === 0 && part.lists.every(({ path }) => countOf(at(value, path)) === 0);
  const fields = part.fields.length === 0 ? [] : [fieldWords(filled.map(({ label }) => label))];
  return {
    href: `${base}/film/${part.slug}`,
    title: part.title,
    state: [...fields, ...counts].filter((words) => words !== '').join(', ') || 'Empty',
    isEmpty,
    missing: [...missing].map(
      ([language, count]) =>
        `${count} ${count === 1 ? 'text' : 'texts'} missing in ${languageName(language)}`,
    ),
  };
}

function fieldWords(labels: readonly string[]): string {
  if (labels.length === 0) return 'nothing yet';
  return labels.length <= 4
    ? labels.join(', ')
    : `${labels.slice(0, 3).join(', ')} and ${labels.length - 3} more`;
}

function countOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : 0;
}
