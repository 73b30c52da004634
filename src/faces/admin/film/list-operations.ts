/** What one can do to a list as a whole. Positions count from 0. */
export type ListOperation =
  | { readonly is: 'up' | 'down' | 'remove'; readonly at: number }
  /** Where each thing stood before, in the order wanted: `[2, 0, 1]`. */
  | { readonly is: 'order'; readonly order: readonly number[] };

/** The list after an operation; null where the operation does not fit it. */
export function operate<T>(list: readonly T[], operation: ListOperation): T[] | null {
  if (operation.is === 'order') return reorder(list, operation.order);
  const { is, at } = operation;
  if (!Number.isInteger(at) || at < 0 || at >= list.length) return null;
  if (is === 'remove') return list.filter((_, index) => index !== at);
  const to = is === 'up' ? at - 1 : at + 1;
  // The first one up and the last one down stay where they are: a second click is no mistake.
  if (to < 0 || to >= list.length) return [...list];
  return list.with(at, list[to] as T).with(to, list[at] as T);
}

function reorder<T>(list: readonly T[], order: readonly number[]): T[] | null {
  if (order.length !== list.length || new Set(order).size !== list.length) return null;
  if (order.some((at) => !Number.isInteger(at) || at < 0 || at >= list.length)) return null;
  return order.map((at) => list[at] as T);
}
