/** Where an order is seen by whoever has its secret. Without it, there is no such page. */
export function orderPath(code: string, key: string, part = ''): string {
  return `/orders/${code}${part}?key=${key}`;
}
