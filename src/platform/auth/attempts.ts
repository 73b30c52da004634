import { createHash } from 'node:crypto';
import type pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';

/** What may be tried how often. A window starts with the first try and nothing but time ends it. */
const limits = {
  // Ten tries let a person mistype; a guesser needs millions.
  'sign-in from one network to one account': { points: 10, minutes: 15 },
  'sign-in from one network': { points: 60, minutes: 15 },
  // Guesses from many networks at one account; a link by mail still lets its owner in.
  'sign-in to one account': { points: 100, minutes: 60 },
  'link to one address': { points: 5, minutes: 60 },
  'link from one network': { points: 20, minutes: 60 },
  'second factor from one network': { points: 30, minutes: 15 },
  'secret link from one network': { points: 60, minutes: 15 },
} as const;
export type Attempt = keyof typeof limits;

export type Attempts = {
  /** Counts a try of each, and says whether all of them still may. Every one is counted, refused or not. */
  may(tries: Partial<Readonly<Record<Attempt, string>>>): Promise<boolean>;
};

/** Counts in the database, so that several processes and a restart count together. */
export function openAttempts(pool: pg.Pool): Attempts {
  const limiters = new Map(
    Object.entries(limits).map(([name, { points, minutes }]) => [
      name,
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        tableName: 'attempt',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: minutes * 60,
      }),
    ]),
  );
  return {
    async may(tries) {
      const answers = await Promise.all(
        Object.entries(tries).map(([name, about]) => countOne(limiters.get(name), about)),
      );
      return answers.every((allowed) => allowed);
    },
  };
}

async function countOne(limiter: RateLimiterPostgres | undefined, about: string): Promise<boolean> {
  if (limiter === undefined) return false;
  // Hashed: the table should not be a list of who tries to sign in.
  const key = createHash('sha256').update(about).digest('base64url');
  try {
    await limiter.consume(key);
    return true;
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    return false;
  }
}

/** The network that an address belongs to: an IPv6 customer has a whole /64 to try from. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}
