/** What `work` gives; throws when that takes longer than anybody waits. The work itself goes on, unheard. */
export async function inTime<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let bell: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    bell = setTimeout(() => fail(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(bell);
  }
}
