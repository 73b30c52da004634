/**
 * Answers many askers with few pieces of work: while one piece is under way for a key, all who ask for it meanwhile
 * wait and become the next piece together. Alone, nobody waits for anybody.
 */
export type Gather<In, Out> = (key: string, one: In) => Promise<Out>;

type Waiting<In, Out> = {
  readonly one: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
};

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
    for (;;) {
      const queue = waiting.get(key) ?? [];
      if (queue.length === 0) {
        waiting.delete(key);
        return;
      }
      await answer(key, queue.splice(0, most));
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
