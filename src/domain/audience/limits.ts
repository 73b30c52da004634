import type pg from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** How much one place may send within an hour. A form with a solved puzzle costs 1, one without costs 3. */
const addressPoints = 30;
/** A campus or a union hall shares a network: many people, still not a flood. */
const networkPoints = 150;
const seconds = 60 * 60;

export type Place = { readonly address: string; readonly network: string };

export type FormLimits = {
  /** Counts a submission; false when the place has sent too much lately. */
  take(place: Place, points: number): Promise<boolean>;
  /** Takes the count back: it was the same submission once more. */
  giveBack(place: Place, points: number): Promise<void>;
};

/**
 * Counts in the database, so that all processes count together; in this process's memory while the database
 * is away. The keys come hashed.
 */
export function openFormLimits(pool: pg.Pool): FormLimits {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'form_limit',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: seconds,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: seconds }),
    });
  const addresses = limiter('address', addressPoints);
  const networks = limiter('network', networkPoints);
  return {
    async take({ address, network }, points) {
      const answers = await Promise.all([
        isTaken(addresses.consume(address, points)),
        isTaken(networks.consume(network, points)),
      ]);
      return answers.every((taken) => taken);
    },
    async giveBack({ address, network }, points) {
      await Promise.all([addresses.reward(address, points), networks.reward(network, points)]);
    },
  };
}

async function isTaken(consumed: Promise<unknown>): Promise<boolean> {
  try {
    await consumed;
    return true;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false;
    throw refused;
  }
}
