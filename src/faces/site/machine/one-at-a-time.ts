/** More than this in a row is a flood: better a clear "later" than a queue that nobody survives. */
const waitingMax = 40;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs drawings one after the other, so that no burst of requests takes more than one core's share.
 * @returns null, at once, when too many wait already
 */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T | null> {
  if (waiting >= waitingMax) return null;
  waiting += 1;
  const turn = last.then(work);
  last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    waiting -= 1;
  }
}
