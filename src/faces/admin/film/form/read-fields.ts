import { isDeepStrictEqual } from 'node:util';
import { type Field, keyOf, type Values } from './field.ts';
import { at, isRecord, rowsOf, showField } from './show-field.ts';

export type Read = {
  /** The part of the document as typed; undefined where nothing is left of it. */
  readonly part: unknown;
  /** What could not be read at all, by the field's name; the document's own rules come after. */
  readonly errors: Values;
};

type Reading = {
  readonly typed: Values;
  readonly languages: readonly string[];
  readonly errors: Record<string, string>;
};

/**
 * Reads what was typed into a part of the document. A field whose words are those that the form had shown
 * keeps its value exactly, so that a form sent back untouched changes nothing: not a text's shape, not a
 * language that the site no longer shows, not a number's last digit.
 */
export function readFields(
  fields: readonly Field[],
  typed: Values,
  part: unknown,
  languages: readonly string[],
): Read {
  const errors: Record<string, string> = {};
  return { part: readPart(fields, part, '', { typed, languages, errors }), errors };
}

function readPart(fields: readonly Field[], base: unknown, prefix: string, reading: Reading): unknown {
  let part = base;
  for (const field of fields) {
    const before = at(base, field.path);
    const after = readField(field, before, prefix, reading);
    if (after !== before) part = withValue(part, field.path, after);
  }
  return part;
}

function readField(field: Field, base: unknown, prefix: string, reading: Reading): unknown {
  const key = keyOf(prefix, field.path);
  const sent = Object.entries(reading.typed).filter(
    ([name, value]) => value !== '' && (name === key || name.startsWith(`${key}.`)),
  );
  const shown = Object.entries(showField(field, base, reading.languages, prefix)).filter(
    ([, value]) => value !== '',
  );
  if (isDeepStrictEqual(new Map(sent), new Map(shown))) return base;
  return readChanged(field, base, key, reading);
}

function readChanged({ kind, label }: Field, base: unknown, key: string, reading: Reading): unknown {
  const words = (reading.typed[key] ?? '').trim();
  switch (kind.is) {
    case 'text':
      return readText(base, key, kind.size, reading);
    case 'line':
      return spelt(words, kind.letters) || undefined;
    case 'number':
      return readNumber(words);
    case 'loose-date':
      return /^\d{4}$/.test(words) ? Number(words) : words || undefined;
    case 'tick':
      return words === 'yes' ? true : undefined;
    case 'codes':
      return readCodes(words, kind.of);
    case 'colour':
      return words.toLowerCase() || undefined;
    case 'focus':
      return readFocus(base, key, label, reading);
    case 'rows':
      return readRows(kind, base, key, reading);
    default:
      return words || undefined;
  }
}

function readText(base: unknown, key: string, size: string, { typed, languages }: Reading): unknown {
  const trim = (value: string) => (size === 'line' ? value.trim() : value.replace(/^(\s*\n)+/, '').trimEnd());
  const byLanguage: Record<string, string> = {};
  for (const language of languages) {
    const value = trim(typed[keyOf(key, [language])] ?? '');
    if (value !== '') byLanguage[language] = value;
  }
  // Languages that the site does not show now keep their words until it shows them again.
  if (isRecord(base)) {
    for (const [language, value] of Object.entries(base)) {
      if (!languages.includes(language) && typeof value === 'string') byLanguage[language] = value;
    }
  }
  const written = Object.keys(byLanguage);
  if (written.length === 0) return undefined;
  const [first = 'en'] = languages;
  return written.length === 1 && written[0] === first ? byLanguage[first] : byLanguage;
}

/** What is no number is handed on as it is, for the document's rules to refuse in words. */
function readNumber(words: string): unknown {
  if (words === '') return undefined;
  return /^-?\d{1,9}$/.test(words) ? Number(words) : words;
}

function readCodes(words: string, of: 'language' | 'country'): unknown {
  const codes = words.split(/[\s,;]+/).filter((code) => code !== '');
  if (codes.length === 0) return undefined;
  return codes.map((code) => (of === 'country' ? code.toUpperCase() : canonicalLanguage(code)));
}

function spelt(words: string, letters: 'lower' | 'language' | undefined): string {
  if (letters === 'lower') return words.toLowerCase();
  return letters === 'language' && words !== '' ? canonicalLanguage(words) : words;
}

function canonicalLanguage(code: string): string {
  try {
    return Intl.getCanonicalLocales(code.replaceAll('_', '-'))[0] ?? code;
  } catch {
    return code;
  }
}

function readFocus(base: unknown, key: string, label: string, { typed, errors }: Reading): unknown {
  const names = [keyOf(key, ['x']), keyOf(key, ['y'])];
  const sent = names.map((name) => (typed[name] ?? '').trim().replace(',', '.'));
  if (sent.every((each) => each === '')) return undefined;
  const fractions = sent.map((each) =>
    /^\d{1,3}(\.\d{1,4})?$/.test(each) ? Number(each) / 100 : Number.NaN,
  );
  for (const [index, fraction] of fractions.entries()) {
    const name = names[index];
    if (name !== undefined && !(fraction >= 0 && fraction <= 1))
      errors[name] = `${label}: a number from 0 to 100 is needed.`;
  }
  return fractions.some(Number.isNaN) ? base : fractions;
}

type RowsKind = Extract<Field['kind'], { is: 'rows' }>;

/** Rows by position; a row that was emptied goes, and the ones after it move up. */
function readRows({ shape, fields }: RowsKind, base: unknown, key: string, reading: Reading): unknown {
  const before = rowsOf(base, shape);
  const count = rowCount(key, reading.typed);
  const after: (readonly [number, unknown])[] = [];
  for (let index = 0; index < count; index += 1) {
    const row = readPart(fields, before[index], keyOf(key, [index]), reading);
    if (row !== undefined) after.push([index, row]);
  }
  if (after.length === 0) return undefined;
  return shape === 'list' ? after.map(([, row]) => row) : asMap(after, key, reading.errors);
}

function asMap(
  rows: readonly (readonly [number, unknown])[],
  key: string,
  errors: Record<string, string>,
): unknown {
  const entries = new Map<string, unknown>();
  for (const [index, row] of rows) {
    const name = String(at(row, ['key']) ?? '');
    if (name === '') errors[keyOf(key, [index, 'key'])] = 'A name is needed here.';
    else if (entries.has(name)) errors[keyOf(key, [index, 'key'])] = `“${name}” stands here twice.`;
    entries.set(name, at(row, ['value']));
  }
  return Object.fromEntries(entries);
}

/** One more than the highest position among the names below a key. */
export function rowCount(key: string, values: Values): number {
  let count = 0;
  for (const name of Object.keys(values)) {
    const index = name.startsWith(`${key}.`) ? /^\d{1,3}(?=\.|$)/.exec(name.slice(key.length + 1)) : null;
    if (index) count = Math.max(count, Number(index[0]) + 1);
  }
  return count;
}

/** A copy with another value at a path; undefined takes it away, and with it what is left empty above it. */
export function withValue(part: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy: Record<string, unknown> = isRecord(part) ? { ...part } : {};
  const below = withValue(copy[step], rest, value);
  if (below === undefined) delete copy[step];
  else copy[step] = below;
  return Object.keys(copy).length === 0 ? undefined : copy;
}
