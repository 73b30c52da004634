import { isDeepStrictEqual } from 'node:util';
import type { Path } from './form/field.ts';
import { isRecord } from './form/show-field.ts';

/** A place that two people changed in different ways. */
export type Clash = { readonly path: Path; readonly mine: unknown; readonly theirs: unknown };

export type Merged = { readonly value: unknown; readonly clashes: readonly Clash[] };

/** Whose words stand at a place where both changed something, by the place's name (`film.title.es`). */
export type Choices = Readonly<Record<string, 'mine' | 'theirs'>>;

/**
 * Puts two changes of one state together, place by place. Where only one side changed something, that side
 * stands; where both did, and differently, it is a clash: `choices` decides, and mine stands until it does.
 */
export function merge(base: unknown, mine: unknown, theirs: unknown, choices: Choices = {}): Merged {
  const clashes: Clash[] = [];
  return { value: mergeAt([], base, mine, theirs, choices, clashes), clashes };
}

function mergeAt(
  path: Path,
  base: unknown,
  mine: unknown,
  theirs: unknown,
  choices: Choices,
  clashes: Clash[],
): unknown {
  if (isDeepStrictEqual(mine, base)) return theirs;
  if (isDeepStrictEqual(theirs, base) || isDeepStrictEqual(mine, theirs)) return mine;
  if (isRecord(mine) && isRecord(theirs) && (isRecord(base) || base === undefined)) {
    return mergeRecords(path, base ?? {}, mine, theirs, choices, clashes);
  }
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    const merged = mergeLists(base, mine, theirs);
    if (merged) return merged;
    if (isEditedInPlace(base, mine) && isEditedInPlace(base, theirs)) {
      return base.map((each, at) => mergeAt([...path, at], each, mine[at], theirs[at], choices, clashes));
    }
  }
  clashes.push({ path, mine, theirs });
  return choices[path.join('.')] === 'theirs' ? theirs : mine;
}

/** Whether things were edited where they stand: none came, went or moved. */
function isEditedInPlace(base: readonly unknown[], after: readonly unknown[]): boolean {
  if (base.length !== after.length) return false;
  return after.every(
    (item, at) => isDeepStrictEqual(item, base[at]) || !base.some((each) => isDeepStrictEqual(each, item)),
  );
}

function mergeRecords(
  path: Path,
  base: Readonly<Record<string, unknown>>,
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
  choices: Choices,
  clashes: Clash[],
): unknown {
  const entries: [string, unknown][] = [];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const value = mergeAt([...path, key], base[key], mine[key], theirs[key], choices, clashes);
    if (value !== undefined) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

/**
 * My single edit or my additions at the end, brought into a list that somebody else changed; null where
 * it cannot be told which thing is meant.
 */
function mergeLists(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
): unknown[] | null {
  const isAppended = mine.length > base.length && isDeepStrictEqual(mine.slice(0, base.length), base);
  if (isAppended) return [...theirs, ...mine.slice(base.length)];
  if (mine.length !== base.length) return null;
  const edited = [...mine.keys()].filter((at) => !isDeepStrictEqual(mine[at], base[at]));
  const merged = [...theirs];
  for (const at of edited) {
    const places = [...theirs.keys()].filter((there) => isDeepStrictEqual(theirs[there], base[at]));
    const [there] = places;
    if (there === undefined || places.length > 1) return null;
    merged[there] = mine[at];
  }
  return merged;
}
