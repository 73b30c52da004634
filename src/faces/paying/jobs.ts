import { refundOrderJob, refundWholeOrder, sendRefundJob } from '../../domain/boxoffice/index.ts';
import { films } from '../../domain/film/index.ts';
import { inFilm, inInstallation } from '../../platform/database/database.ts';
import type { JobPayload } from '../../platform/jobs/queue.ts';
import type { JobHandlers, Recurring } from '../../platform/jobs/worker.ts';
import type { Till } from './drivers.ts';
import { reconcile } from './reconcile.ts';
import { sendRefund } from './send-refund.ts';

/** Asked every minute: each payment says itself when it wants to be asked about. */
export const payingRecurring: readonly Recurring[] = [{ name: 'reconcile-payments', when: '* * * * *' }];

/** The jobs of payments: what goes to the provider, and what asks it. */
export function payingJobs(till: Till): JobHandlers {
  const { db, clock } = till;
  return {
    [sendRefundJob]: async (payload) => {
      await sendRefund(till, text(payload, 'filmId'), text(payload, 'refundId'));
    },
    [refundOrderJob]: async (payload) => {
      const [filmId, orderId] = [text(payload, 'filmId'), text(payload, 'orderId')];
      const personId = typeof payload.personId === 'string' ? payload.personId : null;
      const by = { personId, name: text(payload, 'personName') };
      await inFilm(db, filmId, (tx) => refundWholeOrder(tx, filmId, clock(), by, orderId));
    },
    'reconcile-payments': async () => {
      for (const { id } of await inInstallation(db, films)) await reconcile(till, id);
    },
  };
}

function text(payload: JobPayload, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new TypeError(`a job without ${name}`);
  return value;
}
