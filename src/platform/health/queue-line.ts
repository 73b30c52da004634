import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../database/database.ts';
import type { HealthLine } from './index.ts';

/** A job that is due and untouched for longer than this means that nobody is working. */
export const queueMinutesMax = 5;

type QueueState = {
  readonly waiting: number;
  /** Of those that wait: tried in vain, to be tried again. */
  readonly failing: number;
  /** Tried for the last time within the week. */
  readonly givenUp: number;
  readonly oldestDue: Temporal.Instant | null;
};

const nothing: QueueState = { waiting: 0, failing: 0, givenUp: 0, oldestDue: null };

/** How old the oldest job is that is due and that nobody has begun. */
export async function queueLine(db: Db, now: Temporal.Instant): Promise<Omit<HealthLine, 'name'>> {
  const { rows } =
    await sql<QueueState>`select waiting, failing, given_up, oldest_due from queue_state()`.execute(db);
  const { waiting, failing, givenUp, oldestDue } = rows[0] ?? nothing;
  const minutes = oldestDue === null ? 0 : Math.floor(now.since(oldestDue).total('minutes'));
  if (minutes >= queueMinutesMax) {
    return {
      state: 'bad',
      words: `${waiting === 1 ? 'One job waits' : `${waiting} jobs wait`}, the oldest for ${minutes} minutes. Mails are late.`,
      todo: 'See whether a worker runs; restart it if it does.',
    };
  }
  const todo = 'The outbox says which mails; the log says the rest.';
  if (givenUp > 0)
    return {
      state: 'warn',
      words: `${givenUp} ${givenUp === 1 ? 'job was' : 'jobs were'} given up within the week, after many tries.`,
      todo,
    };
  if (failing > 0)
    return {
      state: 'warn',
      words: `${failing} of ${waiting} waiting jobs failed at least once and will be tried again.`,
      todo,
    };
  return {
    state: 'good',
    words:
      waiting === 0
        ? 'Nothing waits.'
        : waiting === 1
          ? 'One job waits its turn.'
          : `${waiting} jobs wait their turn.`,
    todo: null,
  };
}
