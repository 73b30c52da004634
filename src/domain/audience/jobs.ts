import { sql } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inInstallation } from '../../platform/database/database.ts';
import type { JobHandlers, Recurring } from '../../platform/jobs/worker.ts';

/** Takes away what the clock has made meaningless: spent puzzles past their time, counts of past hours. */
export function audienceJobs(db: Db, clock: Clock): JobHandlers {
  return {
    'sweep-audience': async () => {
      const before = clock().subtract({ hours: 1 });
      await inInstallation(db, (tx) => sql`select sweep_audience(${before})`.execute(tx));
    },
  };
}

export const audienceRecurring: readonly Recurring[] = [{ name: 'sweep-audience', when: '17 * * * *' }];
