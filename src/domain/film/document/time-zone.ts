const zones = new Map<string, boolean>();

/**
 * Whether this is a zone of the IANA database, by its present or a former name. `Intl.supportedValuesOf`
 * would not do: it lists Asia/Calcutta and leaves out Asia/Kolkata.
 */
export function isTimeZone(name: string): boolean {
  const kept = zones.get(name);
  if (kept !== undefined) return kept;
  const isOne = (name === 'UTC' || /^[A-Za-z]+(\/[A-Za-z0-9_+-]{1,30}){1,2}$/.test(name)) && isKnown(name);
  if (zones.size >= 1_000) zones.clear();
  zones.set(name, isOne);
  return isOne;
}

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
