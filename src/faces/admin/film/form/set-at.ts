import type { Path } from './field.ts';
import { isRecord } from './show-field.ts';

/** A copy of a document with another value at a path; undefined takes it away, and what is left empty above it. */
export function setAt<T>(document: T, path: Path, value: unknown): T {
  return set(document, path, value) as T;
}

function set(here: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(here) ? [...here] : [];
    const below = set(list[step], rest, value);
    // A thing of a list goes by the list's own operation; an edit never makes the list shorter.
    list[step] = below ?? {};
    return list;
  }
  const entries = new Map(isRecord(here) ? Object.entries(here) : []);
  const below = set(entries.get(step), rest, value);
  const isEmpty = below === undefined || (Array.isArray(below) && below.length === 0);
  if (isEmpty) entries.delete(step);
  else entries.set(step, below);
  return entries.size === 0 ? undefined : Object.fromEntries(entries);
}
