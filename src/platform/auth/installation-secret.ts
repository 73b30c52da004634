import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../database/database.ts';
import { inInstallation } from '../database/database.ts';
import './tables.ts';

/** The installation's secret of this name: made at the first ask, the same for every process after it. */
export async function installationSecret(db: Db, name: string, now: Temporal.Instant): Promise<string> {
  return await inInstallation(db, async (tx) => {
    await tx
      .insertInto('installationSecret')
      .values({ name, value: randomBytes(32).toString('base64url'), madeAt: now })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const kept = await tx
      .selectFrom('installationSecret')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return kept.value;
  });
}
