import { isDeepStrictEqual } from 'node:util';

/** One place where two revisions differ; `before` or `after` is missing where it was added or taken away. */
export type Change = {
  /** Keys and positions from the top: `['film', 'logline', 'es']`, `['press', 2, 'quote']`. */
  readonly path: readonly (string | number)[];
  readonly before?: unknown;
  readonly after?: unknown;
};

const changesMax = 2_000;

/**
 * What changed between two documents, place by place in reading order, at most 2,000 places. Lists are
 * compared by position after what stands unchanged at their start and end, so that one added line is one change.
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
      compare(before[key], after[key], [...path, key], found);
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
  for (let at = start; at < Math.max(beforeEnd, afterEnd); at += 1) {
    compare(
      at < beforeEnd ? before[at] : undefined,
      at < afterEnd ? after[at] : undefined,
      [...path, at],
      found,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
