import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../database/database.ts';
import type { HealthLine } from './index.ts';

/** A job that is due and untouched for longer than this means that nobody is working. */
export const queueMinutesMax = 5;

type QueueState = {
  readonly waiting: number;
  readonly failing: number;
  readonly oldestDue: Temporal.Instant | null;
};

/** How old the oldest job is that is due and that nobody has begun. */
export async function queueLine(db: Db, now: Temporal.Instant): Promise<Omit<HealthLine, 'name'>> {
  const { rows } = await sql<QueueState>`select waiting, failing, oldest_due from queue_state()`.execute(db);
  const { waiting, failing, oldestDue } = rows[0] ?? { waiting: 0, failing: 0, oldestDue: null };
  const minutes = oldestDue === null ? 0 : Math.floor(now.since(oldestDue).total('minutes'));
  if (minutes >= queueMinutesMax) {
    return {
      state: 'bad',
      words: `${waiting} jobs wait, the oldest for ${minutes} minutes. Mails are late.`,
      todo: 'See whether a worker runs; restart it if it does.',
    };
  }
  if (failing > 0) {
    return {
      state: 'warn',
      words: `${failing} of ${waiting} waiting jobs failed at least once and will be tried again.`,
      todo: 'The outbox says which mails; the log says the rest.',
    };
  }
  return {
    state: 'good',
    words: waiting === 0 ? 'Nothing waits.' : `${waiting} jobs wait their turn.`,
    todo: null,
  };
}
