import { inLanguage, type Text } from '../film/document/text.ts';

/** The words of a text for a cell of one language: those of the first language stand for a text without any. */
export function wordsIn(text: Text | undefined, language: string, standard: string): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return language === standard ? text : '';
  return text[language] ?? '';
}

/** A text from its cells, in the order of `languages`: plain where only the first language says anything. */
export function textOf(cells: readonly string[], languages: readonly string[]): Text | undefined {
  const [first = '', ...others] = cells;
  if (others.every((words) => words === '')) return first === '' ? undefined : first;
  const said = languages.map((language, at) => [language, cells[at] ?? ''] as const);
  return Object.fromEntries(said.filter(([, words]) => words !== ''));
}

/**
 * A list for a cell of one language. Once any of it is translated, all of it is written, so that entries of two
 * languages stand in the same order; what has no words in that language repeats those of the first.
 */
export function entriesIn(
  entries: readonly (readonly (Text | undefined)[])[],
  language: string,
  standard: string,
): string[][] {
  const isTranslated = entries.flat().some((text) => wordsIn(text, language, standard) !== '');
  if (!isTranslated) return [];
  return entries.map((parts) =>
    parts.map((text) => wordsIn(text, language, standard) || inLanguage(text, language, standard)),
  );
}

/** Entries of parts in one cell: `Brett Story | director; Mars Verrone`. Marks within words are escaped. */
export function joinList(entries: readonly (readonly string[])[], separator: string): string {
  const isEmpty = entries.every((parts) => parts.every((part) => part === ''));
  if (isEmpty) return '';
  return entries
    .map((parts) => {
      const last = parts.findLastIndex((part) => part !== '');
      return parts
        .slice(0, last + 1)
        .map(escaped)
        .join(' | ');
    })
    .join(separator);
}

function escaped(part: string): string {
  return part.replace(/[\\;|]/g, (mark) => `\\${mark}`).replace(/\r?\n/g, '\\n');
}

/** The entries of a cell, each in its parts. Entries end at a semicolon or a line's end. */
export function splitParts(cell: string): string[][] {
  if (cell.trim() === '') return [];
  const entries: string[][] = [];
  let parts: string[] = [];
  let part = '';
  const endEntry = (): void => {
    parts.push(part.trim());
    part = '';
    if (parts.some((each) => each !== '')) entries.push(parts);
    parts = [];
  };
  for (let at = 0; at < cell.length; at += 1) {
    const character = cell[at];
    if (character === '\\' && at + 1 < cell.length) {
      at += 1;
      part += cell[at] === 'n' ? '\n' : cell[at];
    } else if (character === ';' || character === '\n') endEntry();
    else if (character === '|') {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  endEntry();
  return entries;
}

/**
 * Entries in several languages as texts, by their place in the list. Null where another language has another
 * number of entries, because then nobody could say which belong together.
 */
export function listOf(
  lists: readonly string[][][],
  languages: readonly string[],
): (Text | undefined)[][] | undefined | null {
  const [first = [], ...others] = lists;
  if (others.some((list) => list.length > 0 && list.length !== first.length)) return null;
  if (first.length === 0) return undefined;
  return first.map((entry, at) => {
    const length = Math.max(...lists.map((list) => list[at]?.length ?? 0), entry.length);
    return Array.from({ length }, (_, part) => {
      const cells = lists.map((list) => list[at]?.[part] ?? '');
      const isOne = cells.every((words) => words === cells[0] || words === '');
      return isOne ? cells.find((words) => words !== '') : textOf(cells, languages);
    });
  });
}
