import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../database/database.ts';
import '../pulse-table.ts';
import type { HealthLine } from './index.ts';

/** A process says every 15 s that it lives; four missed beats are a process that died. */
export const pulseSecondsMax = 60;

/** Whether somebody takes jobs off the queue. */
export async function workersLine(db: Db, now: Temporal.Instant): Promise<Omit<HealthLine, 'name'>> {
  const alive = await db
    .selectFrom('processPulse')
    .select(['role'])
    .where('seenAt', '>', now.subtract({ seconds: pulseSecondsMax }))
    .execute();
  const workers = alive.filter(({ role }) => role !== 'web').length;
  if (workers === 0) {
    return {
      state: 'bad',
      words: 'No worker runs: mails and other jobs wait, and nothing is lost.',
      todo: 'Start a process with ROLE=worker or ROLE=all.',
    };
  }
  const web = alive.filter(({ role }) => role !== 'worker').length;
  return {
    state: 'good',
    words: `${count(workers, 'worker')} and ${count(web, 'web process', 'web processes')} run.`,
    todo: null,
  };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
