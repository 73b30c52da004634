import { totalmem } from 'node:os';

const mebibyte = 1024 ** 2;

/** What this process may use, where it is held to less than the machine has; in bytes. */
function memoryOfOurs(): number {
  const most = process.constrainedMemory();
  return most > 0 ? Math.min(most, totalmem()) : totalmem();
}

/**
 * How much the database keeps of its pages, in MiB: a thirty-second of the memory, because the machine keeps its files
 * once more; 64 on a small one, and never more than a busy sale fills.
 */
export function bufferMebibytes(memory: number = memoryOfOurs()): number {
  return Math.min(128, Math.max(64, Math.floor(memory / 32 / mebibyte)));
}
