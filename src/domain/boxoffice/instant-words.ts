import type { Temporal } from 'temporal-polyfill';

/** Instants as text, each object once: in a rush thousands are the same one, and saying it takes longer than most else. */
export function openInstantWords(): (instant: Temporal.Instant | null) => string | null {
  const said = new Map<Temporal.Instant, string>();
  return (instant) => {
    if (instant === null) return null;
    const words = said.get(instant) ?? instant.toString();
    said.set(instant, words);
    return words;
  };
}
