/** Chance that is the same every time, from its seed and a label. */
export type Dice = {
  /** From nothing up to one, one left out. */
  next(): number;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  chance(of: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of several, each as often as its weight says. */
  weighted<T>(from: readonly (readonly [T, number])[]): T;
  /** Dice of their own for one thing, so that another throw there changes nothing elsewhere. */
  of(label: string | number): Dice;
};

/** Dice for a seed: the same seed throws the same. */
export function diceOf(seed: string): Dice {
  let state = hashOf(seed);
  // Mulberry32: 32 bits of state, each call another; good for drawing pictures of the world, not for secrets.
  // https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const weighted = <T>(from: readonly (readonly [T, number])[]): T => {
    const whole = from.reduce((sum, [, weight]) => sum + weight, 0);
    let at = next() * whole;
    for (const [value, weight] of from) {
      at -= weight;
      if (at < 0) return value;
    }
    return lastOf(from)[0];
  };
  return {
    next,
    weighted,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (of) => next() < of,
    pick: (from) => from[Math.floor(next() * from.length)] ?? lastOf(from),
    of: (label) => diceOf(`${seed}/${label}`),
  };
}

function lastOf<T>(from: readonly T[]): T {
  const last = from.at(-1);
  if (last === undefined) throw new RangeError('nothing to choose from');
  return last;
}

/** FNV-1a, 32 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
