import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import { hashSecret } from '../../../platform/secrets.ts';

/** Lets whoever comes back from a payment page into their order: the page's own secret, kept as its hash. */
export async function letReturn(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  orderId: string,
  key: string,
): Promise<void> {
  await tx
    .insertInto('orderKey')
    .values({ filmId, secretHash: hashSecret(key), orderId, madeAt: now })
    .onConflict((conflict) => conflict.columns(['filmId', 'secretHash']).doNothing())
    .execute();
}
