import { randomBytes } from 'node:crypto';
import { scrub } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { newId } from '../secrets.ts';
import type { Storage } from './index.ts';

const refusals: Readonly<Record<string, string>> = {
  storage_full: 'no space is left',
  storage_down: 'the store does not answer',
  storage_refused: 'the store refuses our key, or the bucket is not ours',
  storage_corrupt: 'the store keeps other bytes than it was given',
};

/** Writes, reads and removes a probe. null when all went well, otherwise what went wrong. */
export async function whyNotRoundTrip(storage: Storage): Promise<string | null> {
  const key = `probe/${newId()}`;
  const bytes = randomBytes(64);
  try {
    await storage.put(key, bytes);
    const found = await storage.get(key);
    await storage.remove(key);
    if (found === null) return 'what was written could not be found again';
    return found.equals(bytes) ? null : 'what was read is not what was written';
  } catch (error) {
    if (error instanceof Refusal) return refusals[error.code] ?? error.code;
    return scrub(error instanceof Error ? error.message : String(error));
  }
}
