import type { Clock } from './clock.ts';
import { type Db, inInstallation } from './database/database.ts';
import type { Log } from './log.ts';
import { newId } from './secrets.ts';
import './pulse-table.ts';

export type Role = 'all' | 'web' | 'worker';
export type Pulse = { stop(): Promise<void> };

/** Half of what Today allows before it calls a process dead, less one beat that may get lost. */
const beatMs = 15_000;
const forgottenAfterHours = 24;

/** Says every few seconds that this process lives, so that a worker that is gone is seen to be gone. */
export async function startPulse(db: Db, clock: Clock, log: Log, role: Role): Promise<Pulse> {
  const id = newId();
  const startedAt = clock();
  const beat = () =>
    inInstallation(db, async (tx) => {
      const seenAt = clock();
      await tx
        .insertInto('processPulse')
        .values({ id, role, startedAt, seenAt })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ seenAt }))
        .execute();
      const forgotten = seenAt.subtract({ hours: forgottenAfterHours });
      await tx.deleteFrom('processPulse').where('seenAt', '<', forgotten).execute();
    });
  await beat();
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.warn({ error }, 'the pulse could not be written'));
  }, beatMs);
  return {
    async stop() {
      clearInterval(timer);
      await inInstallation(db, (tx) => tx.deleteFrom('processPulse').where('id', '=', id).execute());
    },
  };
}
