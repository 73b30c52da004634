import { expect, it } from 'vitest';
import { openGather } from './gather.ts';

/** Work that waits until it is let go, and remembers what it was given. */
function slowWork() {
  const pieces: string[][] = [];
  const gates: (() => void)[] = [];
  const work = async (_key: string, all: readonly string[]) => {
    pieces.push([...all]);
    await new Promise<void>((resolve) => gates.push(resolve));
    return all.map((one) => one.toUpperCase());
  };
  const letGo = async () => {
    while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve));
    gates.shift()?.();
  };
  return { pieces, work, letGo };
}

it('takes all who came meanwhile as the next piece of work, and answers each with its own', async () => {
  const { pieces, work, letGo } = slowWork();
  const gather = openGather(work, 10);
  const first = gather('a', 'one');
  await letGo();
  expect(await first).toBe('ONE');
  const [second, third, fourth] = [gather('a', 'two'), gather('a', 'three'), gather('b', 'four')];
  await letGo();
  await letGo();
  expect(await Promise.all([second, third, fourth])).toEqual(['TWO', 'THREE', 'FOUR']);
  expect(pieces).toEqual([['one'], ['two', 'three'], ['four']]);
});

it('gives no piece more than it may hold', async () => {
  const { pieces, work, letGo } = slowWork();
  const gather = openGather(work, 2);
  const all = ['a', 'b', 'c'].map((one) => gather('k', one));
  await letGo();
  await letGo();
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C']);
  expect(pieces).toEqual([['a', 'b'], ['c']]);
});

it('lets nobody fail for another', async () => {
  const gather = openGather(async (_key: string, all: readonly number[]) => {
    if (all.includes(13)) throw new Error('thirteen');
    return all.map((one) => one * 2);
  }, 10);
  const answers = await Promise.allSettled([gather('k', 1), gather('k', 13), gather('k', 2)]);
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual([
    2,
    'failed',
    4,
  ]);
});
