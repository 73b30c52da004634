import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { type Db, inFilm, inInstallation } from '../database/database.ts';
import { addJob } from '../jobs/queue.ts';
import type { JobHandler, Recurring } from '../jobs/worker.ts';
import type { MailTransport } from './deliver.ts';

// A mail younger than this has its own job under way. One older than three days has outlived what it says; a
// person sends it from the outbox page or leaves it.
const minutesMin = 5;
const hoursMax = 72;

/** Sends what waited in the outbox while no SMTP was set. */
export function sendWaitingMails(db: Db, clock: Clock, transport: MailTransport | null): JobHandler {
  return async () => {
    if (transport === null) return;
    const now = clock();
    const { rows } = await inInstallation(db, (tx) =>
      sql<{ filmId: string; id: string }>`
        select film_id, id from waiting_mails(${now.subtract({ hours: hoursMax })},
                                              ${now.subtract({ minutes: minutesMin })})`.execute(tx),
    );
    for (const { filmId, id: mailId } of rows)
      await inFilm(db, filmId, (tx) =>
        addJob(tx, 'send-mail', { filmId, mailId }, { key: `mail:${mailId}` }),
      );
  };
}

export const mailRecurring: readonly Recurring[] = [{ name: 'send-waiting-mails', when: '*/10 * * * *' }];
