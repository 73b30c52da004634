import { isDeepStrictEqual } from 'node:util';

/** One place where two revisions differ; `before` or `after` is missing where it was added or taken away. */
export type Change = {
  /** Keys and positions from the top, in the newer document: `['film', 'logline', 'es']`, `['press', 2, 'quote']`. */
  readonly path: readonly (string | number)[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** Where a thing of a list stood before, when all that changed is its place. */
  readonly movedFrom?: number;
};

const changesMax = 2_000;
// Aligning takes time with the product of the two lengths; longer lists are compared by position.
const alignedMax = 400;

/**
 * What changed between two documents, place by place in reading order, at most 2,000 places. A thing that was
 * added to a list, taken out of it or moved in it is one change, whatever that does to the positions behind it.
 */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const found: Change[] = [];
  compare(before, after, [], found);
  return found.slice(0, changesMax);
}

function compare(before: unknown, after: unknown, path: (string | number)[], found: Change[]): void {
  if (found.length >= changesMax || isDeepStrictEqual(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, path, found);
  else if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(after), ...Object.keys(before)])) {
      compare(own(before, key), own(after, key), [...path, key], found);
    }
  } else found.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
}

function compareLists(before: unknown[], after: unknown[], path: (string | number)[], found: Change[]): void {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const [beforeEnd, afterEnd] = [before.length - end, after.length - end];
  const isShort = beforeEnd - start <= alignedMax && afterEnd - start <= alignedMax;
  const pairs = isShort
    ? align(before, after, start, beforeEnd, afterEnd)
    : byPosition(start, beforeEnd, afterEnd);
  for (const [from, to] of pairs) {
    const at = to ?? from ?? 0;
    const [one, other] = [from === null ? undefined : before[from], to === null ? undefined : after[to]];
    if (from !== null && to !== null && from !== to && isShort && isDeepStrictEqual(one, other))
      found.push({ path: [...path, at], before: one, after: other, movedFrom: from });
    else compare(one, other, [...path, at], found);
  }
}

/** Which position became which; null where there was none before, or is none after. */
type Pair = readonly [from: number | null, to: number | null];

function byPosition(start: number, beforeEnd: number, afterEnd: number): Pair[] {
  const pairs: Pair[] = [];
  for (let at = start; at < Math.max(beforeEnd, afterEnd); at += 1)
    pairs.push([at < beforeEnd ? at : null, at < afterEnd ? at : null]);
  return pairs;
}

/**
 * Pairs what differs of two lists: the longest run of things that kept their order is left out, equal things
 * elsewhere are moves, and what remains between two kept things is taken as edited in its order.
 */
function align(
  before: readonly unknown[],
  after: readonly unknown[],
  start: number,
  beforeEnd: number,
  afterEnd: number,
): Pair[] {
  const kept = commonRun(before, after, start, beforeEnd, afterEnd);
  const keptTo = new Set(kept.map(([, to]) => to));
  const keptFrom = new Set(kept.map(([from]) => from));
  const gone = span(start, beforeEnd).filter((from) => !keptFrom.has(from));
  const moves = new Map<number, number>();
  for (const to of span(start, afterEnd)) {
    if (keptTo.has(to)) continue;
    const at = gone.findIndex((from) => isDeepStrictEqual(before[from], after[to]));
    const [from] = at < 0 ? [] : gone.splice(at, 1);
    if (from !== undefined) moves.set(to, from);
  }
  const pairs: Pair[] = [];
  let [from, to] = [start, start];
  for (const [nextFrom, nextTo] of [...kept, [beforeEnd, afterEnd] as const]) {
    const left = gone.filter((each) => each >= from && each < nextFrom);
    for (const here of span(to, nextTo)) pairs.push([moves.get(here) ?? left.shift() ?? null, here]);
    for (const each of left) pairs.push([each, null]);
    [from, to] = [nextFrom + 1, nextTo + 1];
  }
  return pairs;
}

/** The longest common subsequence, by the classic table. */
function commonRun(
  before: readonly unknown[],
  after: readonly unknown[],
  start: number,
  beforeEnd: number,
  afterEnd: number,
): [from: number, to: number][] {
  const [rows, columns] = [beforeEnd - start, afterEnd - start];
  const isSame = (row: number, column: number) =>
    isDeepStrictEqual(before[start + row], after[start + column]);
  const lengths = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  const cell = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const length = isSame(row, column)
        ? cell(row + 1, column + 1) + 1
        : Math.max(cell(row + 1, column), cell(row, column + 1));
      lengths[row]?.fill(length, column, column + 1);
    }
  }
  const run: [number, number][] = [];
  for (let [row, column] = [0, 0]; row < rows && column < columns; ) {
    if (isSame(row, column)) run.push([start + row++, start + column++]);
    else if (cell(row + 1, column) >= cell(row, column + 1)) row += 1;
    else column += 1;
  }
  return run;
}

function span(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
