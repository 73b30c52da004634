import { setTimeout as pause } from 'node:timers/promises';

/** Whether many people wait for answers of this process at this moment. */
export type Crowd = {
  /** Somebody answers many at once. */
  note(): void;
  /**
   * For work that nobody looks at the clock for: waits until the crowd was answered, if there is one, or until it waited
   * as long as it may. What waited may then work for as long, whatever crowd comes. `stopping` ends the wait.
   */
  over(stopping?: AbortSignal): Promise<void>;
};

/** @param quietMs how long nothing is noted when a crowd is over · @param mostMs how long it may be waited for */
export function openCrowd({ quietMs, mostMs }: { quietMs: number; mostMs: number }): Crowd {
  let seenAt = Number.NEGATIVE_INFINITY;
  let restsUntil = Number.NEGATIVE_INFINITY;
  // All who wait together wait for one end.
  let waiting: Promise<void> | null = null;

  const isThere = () => performance.now() - seenAt < quietMs;

  async function wait(): Promise<void> {
    const began = performance.now();
    while (isThere() && performance.now() - began < mostMs) await pause(quietMs / 4, null, { ref: false });
    const now = performance.now();
    restsUntil = now + (now - began);
    waiting = null;
  }

  return {
    note() {
      seenAt = performance.now();
    },
    async over(stopping) {
      if (!isThere() || performance.now() < restsUntil) return;
      waiting ??= wait();
      await orAborted(waiting, stopping);
    },
  };
}

async function orAborted(waiting: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = () => resolve();
  signal?.addEventListener('abort', stop);
  await Promise.race([waiting, promise]);
  signal?.removeEventListener('abort', stop);
}

/** The crowd at this process: a house goes on sale, and it is answered by the gathering. */
export const crowd: Crowd = openCrowd({ quietMs: 400, mostMs: 10_000 });
