import { diffWordsWithSpace } from 'diff';
import { type Change, changesBetween, type FilmDocument } from '../../../domain/film/index.ts';
import type { Field, Path } from './form/field.ts';
import { at, isRecord } from './form/show-field.ts';
import { languageName } from './pages/text-inputs.tsx';
import { type List, parts } from './parts/index.ts';
import { sayOf } from './place.ts';

/** A run of words that stayed, came or went. */
export type WordRun = { readonly is: 'same' | 'new' | 'gone'; readonly words: string };

export type ChangeLine = {
  readonly key: string;
  /** `The New York Times › Pull quote › Spanish`. */
  readonly label: string;
  readonly is: 'added' | 'removed' | 'changed' | 'moved';
  readonly runs: readonly WordRun[];
};

/** The changes of one part, under the name that its page has. */
export type ChangeGroup = { readonly part: string; readonly lines: readonly ChangeLine[] };

// A page of changes longer than this is read by nobody; the rest is counted.
const linesMax = 300;
const diffMs = 150;

/** What changed between two states of a film, in people's words rather than paths. */
export function wordsOfChanges(before: FilmDocument, after: FilmDocument): ChangeGroup[] {
  const groups = new Map<string, ChangeLine[]>();
  const changes = changesBetween(before, after).flatMap((change) => byLanguage(change, after));
  for (const [index, change] of changes.slice(0, linesMax).entries()) {
    const { part, label } = wordsOfPath(change.path, before, after);
    const lines = groups.get(part) ?? [];
    lines.push({ key: String(index), label, is: kindOf(change), runs: runsOf(change, after) });
    groups.set(part, lines);
  }
  const found = [...groups].map(([part, lines]) => ({ part, lines }));
  if (changes.length <= linesMax) return found;
  const rest: ChangeLine = {
    key: 'rest',
    label: `${changes.length - linesMax} more places`,
    is: 'changed',
    runs: [],
  };
  return [...found, { part: 'And', lines: [rest] }];
}

function kindOf({ before, after, movedFrom }: Change): ChangeLine['is'] {
  if (movedFrom !== undefined) return 'moved';
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

/** A text that became a text in several languages, or the other way, differs language by language. */
function byLanguage(change: Change, { film }: FilmDocument): Change[] {
  const [first = 'en'] = film.site_languages;
  const { path, before, after } = change;
  const isText = (value: unknown) =>
    typeof value === 'string' ||
    (isRecord(value) && Object.keys(value).every((key) => /^[a-z]{2,3}(-|$)/.test(key)));
  if (typeof before === typeof after || !isText(before) || !isText(after)) return [change];
  const [one, other] = [before, after].map((value) =>
    typeof value === 'string' ? { [first]: value } : value,
  );
  return changesBetween(one, other).map((each) => ({ ...each, path: [...path, ...each.path] }));
}

function runsOf({ before, after, movedFrom, path }: Change, document: FilmDocument): WordRun[] {
  if (movedFrom !== undefined) {
    const to = Number(path.at(-1)) + 1;
    return [{ is: 'same', words: `from place ${movedFrom + 1} to place ${to}` }];
  }
  const languages = document.film.site_languages;
  if (before === undefined) return [{ is: 'new', words: sayValue(after, languages) }];
  if (after === undefined) return [{ is: 'gone', words: sayValue(before, languages) }];
  return diffRuns(sayValue(before, languages), sayValue(after, languages));
}

function diffRuns(before: string, after: string): WordRun[] {
  const found = diffWordsWithSpace(before, after, { timeout: diffMs });
  if (found === undefined)
    return [
      { is: 'gone', words: before },
      { is: 'new', words: after },
    ];
  return found.map(({ value, added, removed }, index) => {
    if (added) return { is: 'new', words: value };
    if (removed) return { is: 'gone', words: value };
    return { is: 'same', words: shortened(value, index === 0, index === found.length - 1) };
  });
}

const keptCharacters = 70;

/** What stayed is shown as far as it helps to find the place. */
function shortened(words: string, isFirst: boolean, isLast: boolean): string {
  const wanted = keptCharacters * (isFirst || isLast ? 1 : 2);
  if (words.length <= wanted + 20) return words;
  const [head, tail] = [words.slice(0, keptCharacters), words.slice(-keptCharacters)];
  if (isFirst) return `… ${tail}`;
  return isLast ? `${head} …` : `${head} … ${tail}`;
}

/** A value of the document as people would read it out. */
export function sayValue(value: unknown, languages: readonly string[]): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (!Array.isArray(value) && !isRecord(value)) return String(value);
  if (Array.isArray(value)) {
    const isShort = value.every((each) => typeof each !== 'object');
    return value.map((each) => sayValue(each, languages)).join(isShort ? ', ' : '\n');
  }
  return Object.entries(value)
    .map(
      ([key, each]) =>
        `${languages.includes(key) ? languageName(key) : humanKey(key)}: ${sayValue(each, languages)}`,
    )
    .join('\n');
}

function humanKey(key: string): string {
  return key.replaceAll('_', ' ');
}

type PathWords = { readonly part: string; readonly label: string };

/** Where a path leads, as the pages of the editor name it. */
export function wordsOfPath(path: Path, before: FilmDocument, after: FilmDocument): PathWords {
  for (const part of parts) {
    const { root, fields, lists, title } = part;
    if (!startsWith(path, root)) continue;
    const rest = path.slice(root.length);
    const found = trail(rest, fields, lists, [...root], before, after);
    if (found) return { part: title, label: found.join(' › ') || 'All of it' };
  }
  return { part: 'The film', label: path.map((step) => humanKey(String(step))).join(' › ') };
}

function startsWith(path: Path, start: readonly string[]): boolean {
  return start.every((step, index) => path[index] === step);
}

/** The words for the rest of a path below a place; null where the place has no such thing. */
function trail(
  rest: Path,
  fields: readonly Field[],
  lists: readonly List[],
  root: Path,
  before: FilmDocument,
  after: FilmDocument,
): string[] | null {
  if (rest.length === 0) return [];
  const field = fields.find((each) => startsWith(rest, each.path));
  if (field) return [field.label, ...belowField(rest.slice(field.path.length), field)];
  for (const list of lists) {
    if (!startsWith(rest, list.path)) continue;
    const [step, ...below] = rest.slice(list.path.length);
    if (step === undefined) return list.slug === '' ? [] : [list.many];
    const itemPath = [...root, ...list.path, step];
    const item = at(after, itemPath) ?? at(before, itemPath);
    const name = list.titleOf(item, sayOf(after), String(step)) || `${list.one} ${Number(step) + 1}`;
    const inner = trail(below, list.fields, list.lists ?? [], itemPath, before, after);
    return [name, ...(inner ?? below.map((each) => humanKey(String(each))))];
  }
  return null;
}

function belowField(rest: Path, { kind }: Field): string[] {
  const [step, ...below] = rest;
  if (step === undefined) return [];
  if (kind.is === 'text') return [languageName(String(step))];
  if (kind.is !== 'rows') return [];
  const row = kind.shape === 'list' ? `${kind.row.toLowerCase()} ${Number(step) + 1}` : String(step);
  const inner = kind.fields.find((field) => startsWith(below, field.path));
  const isOwnValue = inner === undefined || inner.path.length === 0;
  return isOwnValue
    ? [row, ...below.map((each) => languageName(String(each)))]
    : [row, inner.label, ...belowField(below.slice(inner.path.length), inner)];
}
