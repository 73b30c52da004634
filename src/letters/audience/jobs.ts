import { audienceJobs, audienceRecurring, openFormKeys } from '../../domain/audience/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inFilm } from '../../platform/database/database.ts';
import type { JobPayload } from '../../platform/jobs/queue.ts';
import type { JobHandlers } from '../../platform/jobs/worker.ts';
import { writeInquiryReceived, writeReply } from './inquiry-letters.ts';
import { writeOptIn, writeOptInKnown } from './newsletter-letters.ts';

export type LetterGround = { readonly db: Db; readonly clock: Clock; readonly publicUrl: string };

/** The jobs of the audience: letters about inquiries and the newsletter, and hygiene. */
export function audienceLetters({ db, clock, publicUrl }: LetterGround): JobHandlers {
  const keysOfForms = openFormKeys(db, clock);
  const optIn = (write: typeof writeOptIn) => async (payload: JobPayload) => {
    const filmId = id(payload, 'filmId');
    const ids = { contactId: id(payload, 'contactId'), optInId: id(payload, 'optInId') };
    const keys = await keysOfForms();
    await inFilm(db, filmId, (tx) => write(tx, filmId, clock(), { ...ids, keys }));
  };
  return {
    ...audienceJobs(db, clock),
    'inquiry-received': async (payload) => {
      const filmId = id(payload, 'filmId');
      const inquiryId = id(payload, 'inquiryId');
      const isCopied = payload.copy === 1;
      await inFilm(db, filmId, (tx) =>
        writeInquiryReceived(tx, filmId, clock(), { inquiryId, isCopied, publicUrl }),
      );
    },
    'inquiry-answered': async (payload) => {
      const filmId = id(payload, 'filmId');
      await inFilm(db, filmId, (tx) => writeReply(tx, filmId, clock(), id(payload, 'entryId')));
    },
    'opt-in-asked': optIn(writeOptIn),
    'opt-in-known': optIn(writeOptInKnown),
  };
}

export { audienceRecurring };

function id(payload: JobPayload, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new TypeError(`a job without ${name}`);
  return value;
}
