import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

export type RunAside = {
  /** Asks the process to end when aborted. */
  readonly stopping?: AbortSignal | undefined;
  /** After this long it is asked to end as well: whoever waits for it has other things to do. */
  readonly patienceMs: number;
  /** Who was asked to end and has not after this long is ended. */
  readonly graceMs: number;
};

/**
 * Runs a program of Node's as a process of its own that lets all others go first. Settles when it is gone, however
 * it ended: nobody is left behind.
 * @throws when it ended with anything but 0
 */
export function runAside(
  args: readonly string[],
  { stopping, patienceMs, graceMs }: RunAside,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let last: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill('SIGTERM');
    last ??= setTimeout(() => child.kill('SIGKILL'), graceMs);
  };
  const late = setTimeout(end, patienceMs);
  stopping?.addEventListener('abort', end);
  if (stopping?.aborted) end();
  const settle = (failure: Error | null) => {
    clearTimeout(late);
    clearTimeout(last);
    stopping?.removeEventListener('abort', end);
    if (failure) reject(failure);
    else resolve();
  };
  child.once('spawn', () => letOthersGoFirst(child.pid));
  child.once('error', settle);
  child.once('close', (code, signal) =>
    settle(code === 0 ? null : new Error(`a process of its own ended with ${code ?? signal}`)),
  );
  return promise;
}

function letOthersGoFirst(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // Gone already, or a system that does not let us: it runs like any other.
  }
}
