import type { House } from '../faces/house.ts';
import { peopleJobs, peopleRecurring } from '../letters/people/jobs.ts';
import { type JobHandlers, startWorker, type Worker } from '../platform/jobs/worker.ts';
import { openTransport } from '../platform/mail/deliver.ts';
import { sendMail } from '../platform/mail/send-mail.ts';
import { startPulse } from '../platform/pulse.ts';

/** What a process does beside answering: it says that it lives and, unless its role is web, takes jobs. */
export type Work = { stop(): Promise<void> };

export async function startWork(house: House): Promise<Work> {
  const { config, clock, db, log } = house;
  const pulse = await startPulse(db, clock, log, config.role);
  const worker: Worker | null =
    config.role === 'web'
      ? null
      : await startWorker(house.database.connection, {
          handlers: handlersOf(house),
          recurring: peopleRecurring,
          log,
        });
  return {
    async stop() {
      await worker?.stop();
      await pulse.stop();
    },
  };
}

/** Every job's handler by its name. The domain adds jobs; what writes to people stands in letters. */
function handlersOf({ config, clock, db, auth }: House): JobHandlers {
  const transport = openTransport(config);
  return {
    ...peopleJobs({ db, clock, auth, transport, announce: (words) => console.log(words) }),
    'send-mail': sendMail(db, clock, transport),
  };
}
