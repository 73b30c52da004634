import type { Field } from './form/field.ts';
import { at, isRecord, rowsOf, textIn } from './form/show-field.ts';
import type { List } from './parts/index.ts';

/** How many texts are written in some language of the site, but not in this one: `es` → 3. */
export type Missing = ReadonlyMap<string, number>;

/** Counts what is missing in each language, in a part of the document and in its lists. */
export function missingLanguages(
  fields: readonly Field[],
  lists: readonly List[],
  part: unknown,
  languages: readonly string[],
): Missing {
  const missing = new Map<string, number>();
  count(fields, lists, part, languages, missing);
  return missing;
}

function count(
  fields: readonly Field[],
  lists: readonly List[],
  part: unknown,
  languages: readonly string[],
  missing: Map<string, number>,
): void {
  for (const { path, kind } of fields) {
    const value = at(part, path);
    if (kind.is === 'rows') {
      for (const row of rowsOf(value, kind.shape)) count(kind.fields, [], row, languages, missing);
    }
    if (kind.is !== 'text' || value === undefined) continue;
    // A name or a label without a language is meant for every one; prose without a language is not translated yet.
    if (kind.size === 'line' && typeof value === 'string') continue;
    for (const language of languages) {
      if (textIn(value, language, languages[0] ?? 'en') === '')
        missing.set(language, (missing.get(language) ?? 0) + 1);
    }
  }
  for (const list of lists) {
    for (const item of itemsOf(at(part, list.path)))
      count(list.fields, list.lists ?? [], item, languages, missing);
  }
}

function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}
