import { Temporal } from 'temporal-polyfill';

/** Whichever of two moments comes first; null is none. */
export function sooner(
  one: Temporal.Instant | null,
  other: Temporal.Instant | null,
): Temporal.Instant | null {
  if (one === null || other === null) return one ?? other;
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}
