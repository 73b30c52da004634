// Each part begins with a letter or digit: no "..", no hidden names (our own unfinished files), no absolute path.
const shape = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;
const charactersMax = 500;

/** Throws unless the key stays inside the store: keys are made by us, so another one is a bug or an attack. */
export function assertKey(key: string): void {
  if (key.length <= charactersMax && shape.test(key)) return;
  throw new RangeError('a storage key that is not of our making');
}

/** The same for the beginning of keys; the empty one means all. */
export function assertPrefix(prefix: string): void {
  if (prefix !== '') assertKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
}
