import { afterEach, expect, it } from 'vitest';
import { openCrowd } from './crowd.ts';

const quietMs = 60;
const bells: NodeJS.Timeout[] = [];
afterEach(() => {
  for (const bell of bells.splice(0)) clearInterval(bell);
});

const turn = () => new Promise((done) => setImmediate(done));

/** Whether a promise was kept by now. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  let is = false;
  void promise.then(() => {
    is = true;
  });
  await turn();
  return is;
}

/** A crowd that does not end. */
function endless(crowd: ReturnType<typeof openCrowd>): void {
  crowd.note();
  bells.push(setInterval(() => crowd.note(), 5));
}

it('lets nobody wait where there is no crowd', async () => {
  expect(await isOver(openCrowd({ quietMs, mostMs: 10_000 }).over())).toBe(true);
});

it('lets work wait until the crowd was answered', async () => {
  const crowd = openCrowd({ quietMs, mostMs: 10_000 });
  crowd.note();
  const first = crowd.over();
  expect(await isOver(first)).toBe(false);
  await turn();
  const notedAt = performance.now();
  crowd.note();
  await Promise.all([first, crowd.over()]);
  expect(performance.now() - notedAt).toBeGreaterThanOrEqual(quietMs);
});

it('lets work wait for a crowd without an end no longer than it may, and then rest as long', async () => {
  const crowd = openCrowd({ quietMs, mostMs: 300 });
  endless(crowd);
  await crowd.over();
  expect(await isOver(crowd.over())).toBe(true);
});

it('ends the wait of what is asked to stop', async () => {
  const crowd = openCrowd({ quietMs, mostMs: 10_000 });
  endless(crowd);
  const stopping = new AbortController();
  const waiting = crowd.over(stopping.signal);
  expect(await isOver(waiting)).toBe(false);
  stopping.abort();
  expect(await isOver(waiting)).toBe(true);
  expect(await isOver(crowd.over(stopping.signal))).toBe(true);
});
