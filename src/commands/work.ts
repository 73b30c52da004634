import { films } from '../domain/film/index.ts';
import { closeDays, ledgerRecurring } from '../domain/ledger/index.ts';
import { realignStarts } from '../domain/screenings/index.ts';
import type { House } from '../faces/house.ts';
import { payingJobs, payingRecurring } from '../faces/paying/jobs.ts';
import { audienceLetters, audienceRecurring } from '../letters/audience/index.ts';
import { boxOfficeLetters, boxOfficePapers, boxOfficeRecurring } from '../letters/boxoffice/index.ts';
import { paymentLetters } from '../letters/boxoffice/payment-jobs.ts';
import { changeLetters } from '../letters/changes/index.ts';
import { fundLetters, fundRecurring } from '../letters/fund/index.ts';
import { peopleJobs, peopleRecurring } from '../letters/people/jobs.ts';
import { inFilm, inInstallation } from '../platform/database/database.ts';
import { forgetSmallSizes } from '../platform/database/look-up.ts';
import {
  type JobHandler,
  type JobHandlers,
  type Recurring,
  startWorker,
  type Worker,
} from '../platform/jobs/worker.ts';
import { openTransport } from '../platform/mail/deliver.ts';
import { sendMail } from '../platform/mail/send-mail.ts';
import { mailRecurring, sendWaitingMails } from '../platform/mail/send-waiting-mails.ts';
import { startPulse } from '../platform/pulse.ts';
import { prepareFilms } from './prepare-films.ts';

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
          recurring: [
            ...ownRecurring,
            ...peopleRecurring,
            ...audienceRecurring,
            ...ledgerRecurring,
            ...boxOfficeRecurring,
            ...payingRecurring,
            ...fundRecurring,
            ...mailRecurring,
          ],
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
function handlersOf(house: House): JobHandlers {
  const { config, clock, db, auth } = house;
  const transport = openTransport(config);
  const ground = { db, clock, publicUrl: config.publicUrl };
  return {
    ...peopleJobs({ db, clock, auth, transport, announce: (words) => console.log(words) }),
    ...audienceLetters(ground),
    ...boxOfficeLetters(ground),
    ...changeLetters(ground),
    ...fundLetters({ db, clock }),
    'send-mail': sendMail(db, clock, transport, { makers: boxOfficePapers(ground), log: house.log }),
    ...payingJobs(house),
    ...paymentLetters(ground),
    'send-waiting-mails': sendWaitingMails(db, clock, transport),
    'prepare-film': prepareFilms(house),
    'realign-screenings': realignScreenings(house),
    'forget-small-sizes': () => inInstallation(db, forgetSmallSizes),
    'close-ledger-days': closeLedgerDays(house),
  };
}

const ownRecurring: readonly Recurring[] = [
  // Zone rules change some ten times a year, and reach us with a new Node: a night later the moments follow.
  { name: 'realign-screenings', when: '41 3 * * *' },
  { name: 'forget-small-sizes', when: '7 * * * *' },
];

function realignScreenings({ clock, db }: House): JobHandler {
  return async () => {
    for (const film of await inInstallation(db, films)) {
      await inFilm(db, film.id, (tx) => realignStarts(tx, film.id, clock(), null));
    }
  };
}

/** By the day of UTC: a day more or less of what stays open is nothing to a film's zone. */
function closeLedgerDays({ clock, db }: House): JobHandler {
  return async () => {
    const today = clock().toZonedDateTimeISO('UTC').toPlainDate();
    const failures: unknown[] = [];
    for (const film of await inInstallation(db, films)) {
      // One film's trouble keeps no other's books open; the job is tried again for it.
      await closeDays(db, film.id, today).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  };
}
