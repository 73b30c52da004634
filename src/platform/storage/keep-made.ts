import { Refusal } from '../refusal.ts';
import type { Storage } from './index.ts';

/** Keeps what can be made again at any time; on a full disk it is made again for the next who asks. */
export async function keepMade(storage: Storage, key: string, bytes: Buffer): Promise<void> {
  try {
    await storage.put(key, bytes);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'storage_full')) throw error;
  }
}
