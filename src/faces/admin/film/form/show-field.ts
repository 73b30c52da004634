import { type Field, keyOf, type Values } from './field.ts';

/** What the fields of a page say of a part of the document, by the name that each has in the form. */
export function showFields(
  fields: readonly Field[],
  part: unknown,
  languages: readonly string[],
  prefix = '',
): Values {
  const shown: Record<string, string> = {};
  for (const field of fields) Object.assign(shown, showField(field, at(part, field.path), languages, prefix));
  return shown;
}

/** One field's value as a form shows it. Every name that the form will send is there, empty where nothing is. */
export function showField(
  { path, kind }: Field,
  value: unknown,
  languages: readonly string[],
  prefix = '',
): Values {
  const key = keyOf(prefix, path);
  switch (kind.is) {
    case 'text':
      return Object.fromEntries(
        languages.map((language) => [
          keyOf(key, [language]),
          endings(textIn(value, language, languages[0] ?? 'en')),
        ]),
      );
    case 'tick':
      return { [key]: value === true ? 'yes' : '' };
    case 'codes':
      return { [key]: Array.isArray(value) ? value.join(', ') : '' };
    case 'file':
      return { [key]: asText(value), [keyOf(key, ['sha256'])]: '' };
    case 'focus': {
      const [x, y] = Array.isArray(value) ? (value as unknown[]) : [];
      return { [keyOf(key, ['x'])]: percent(x), [keyOf(key, ['y'])]: percent(y) };
    }
    case 'rows': {
      const shown: Record<string, string> = {};
      for (const [index, row] of rowsOf(value, kind.shape).entries()) {
        Object.assign(shown, showFields(kind.fields, row, languages, keyOf(key, [index])));
      }
      return shown;
    }
    default:
      return { [key]: endings(asText(value)) };
  }
}

/** A list as it is; a map as rows of `{key, value}` in its own order. */
export function rowsOf(value: unknown, shape: 'list' | 'map'): readonly unknown[] {
  if (shape === 'list') return Array.isArray(value) ? value : [];
  return isRecord(value) ? Object.entries(value).map(([key, each]) => ({ key, value: each })) : [];
}

/** The words of a text in exactly this language; a text without a language is in the default one. */
export function textIn(value: unknown, language: string, defaultLanguage: string): string {
  if (typeof value === 'string') return language === defaultLanguage ? value : '';
  if (!isRecord(value)) return '';
  return Object.hasOwn(value, language) ? asText(value[language]) : '';
}

/** What stands at a path of a document; undefined where the path ends early. */
export function at(part: unknown, path: readonly (string | number)[]): unknown {
  let here: unknown = part;
  for (const step of path) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (isRecord(here) && Object.hasOwn(here, step)) here = here[step];
    else return undefined;
  }
  return here;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A fraction as people type it: 0.333 → `33.3`. */
function percent(fraction: unknown): string {
  return typeof fraction === 'number' ? String(Math.round(fraction * 1000) / 10) : '';
}

/** Lines end as a browser sends them back, so that what was not touched compares as equal. */
function endings(value: string): string {
  return value.replace(/\r\n?/g, '\n');
}
