import { crowd } from './crowd.ts';

/**
 * Answers many askers with few pieces of work: while one piece is under way for a key, all who ask for it meanwhile
 * wait and become the next piece together. After a piece for a crowd it waits some milliseconds while more come. Alone,
 * nobody waits for anybody.
 */
export type Gather<In, Out> = (key: string, one: In) => Promise<Out>;

type Waiting<In, Out> = {
  readonly one: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
};

// What a piece of work costs however few it is for is shared by all of them. After one for a crowd, more are on their
// way: waiting for them while they come takes some milliseconds, and makes half as many pieces.
const many = 20;
const pauseMs = 3;
const pausesMax = 5;

/**
 * @param work answers all that were gathered, in their order. Where it throws for several, each is tried alone, so that
 *   nobody's trouble is another's.
 * @param most how many one piece of work may take
 */
export function openGather<In, Out>(
  work: (key: string, all: readonly In[]) => Promise<readonly Out[]>,
  most: number,
): Gather<In, Out> {
  const waiting = new Map<string, Waiting<In, Out>[]>();

  async function workOff(key: string): Promise<void> {
    for (let together = 0; ; ) {
      const queue = waiting.get(key) ?? [];
      if (queue.length === 0) {
        waiting.delete(key);
        return;
      }
      if (together >= many) await untilNobodyComes(queue);
      const all = queue.splice(0, most);
      together = all.length;
      if (together >= many) crowd.note();
      await answer(key, all);
    }
  }

  async function untilNobodyComes(queue: readonly unknown[]): Promise<void> {
    // Those who were just answered have to hear of it before they can ask again.
    await new Promise((done) => setImmediate(done));
    for (
      let pause = 0, before = 0;
      pause < pausesMax && queue.length > before && queue.length < most;
      pause += 1
    ) {
      before = queue.length;
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }

  async function answer(key: string, asked: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await work(
        key,
        asked.map(({ one }) => one),
      );
      for (const [at, { resolve }] of asked.entries()) resolve(answers[at] as Out);
    } catch (error) {
      if (asked.length === 1) asked[0]?.reject(error);
      else for (const each of asked) await answer(key, [each]);
    }
  }

  return (key, one) =>
    new Promise<Out>((resolve, reject) => {
      const queue = waiting.get(key);
      if (queue) queue.push({ one, resolve, reject });
      else {
        waiting.set(key, [{ one, resolve, reject }]);
        // A turn of the loop later: requests that arrived in one read of the network go together.
        setImmediate(() => void workOff(key));
      }
    });
}
