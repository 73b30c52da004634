import { changeLetter } from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import type { JobPayload } from '../../platform/jobs/queue.ts';
import type { JobHandlers } from '../../platform/jobs/worker.ts';
import type { LetterGround } from '../audience/index.ts';
import { writeChangeLetter } from './change-letter.ts';

export { sayKnown } from './change-letter.ts';

/** The jobs that tell people with tickets what became of their screening. */
export function changeLetters({ db, clock, publicUrl }: LetterGround): JobHandlers {
  return {
    [changeLetter]: async (payload) => {
      const [filmId, changeId, orderId] = ['filmId', 'changeId', 'orderId'].map((name) => id(payload, name));
      if (!filmId || !changeId || !orderId) throw new TypeError('a job without its ids');
      await inFilm(db, filmId, (tx) =>
        writeChangeLetter(tx, filmId, clock(), { changeId, orderId, publicUrl }),
      );
    },
  };
}

function id(payload: JobPayload, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new TypeError(`a job without ${name}`);
  return value;
}
