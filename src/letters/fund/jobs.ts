import { films } from '../../domain/film/index.ts';
import {
  fundChangedJob,
  offerLetter,
  offerToWaiting,
  secretForOffer,
  takeUsedGifts,
} from '../../domain/fund/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inFilm, inInstallation } from '../../platform/database/database.ts';
import type { JobPayload } from '../../platform/jobs/queue.ts';
import type { JobHandlers, Recurring } from '../../platform/jobs/worker.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { writeGiftUsed, writeOffer } from './letters.ts';

export type FundGround = { readonly db: Db; readonly clock: Clock };

/** Offers lapse by the clock and what they kept is free again: the next in the list is asked within minutes. */
export const fundRecurring: readonly Recurring[] = [
  { name: 'offer-grants', when: '*/5 * * * *' },
  { name: 'tell-givers', when: '11 15 * * *' },
];

/** The jobs of the solidarity fund: offers to those who wait, and word to givers that their gift was used. */
export function fundLetters({ db, clock }: FundGround): JobHandlers {
  return {
    [fundChangedJob]: async (payload) => {
      const filmId = id(payload, 'filmId');
      await inFilm(db, filmId, async (tx) => {
        await offerToWaiting(tx, filmId, clock());
        await dropPages(tx, filmId, 'fund');
      });
    },
    'offer-grants': async () => {
      for (const film of await inInstallation(db, films))
        await inFilm(db, film.id, (tx) => offerToWaiting(tx, film.id, clock()));
    },
    [offerLetter]: async (payload) => {
      const filmId = id(payload, 'filmId');
      await inFilm(db, filmId, async (tx) => {
        const offer = await secretForOffer(tx, filmId, clock(), id(payload, 'waitId'));
        if (offer !== null) await writeOffer(tx, filmId, clock(), offer);
      });
    },
    'tell-givers': async () => {
      for (const film of await inInstallation(db, films)) await tellGivers(db, film.id, clock);
    },
  };
}

/** In portions, each in a transaction of its own. */
async function tellGivers(db: Db, filmId: string, clock: Clock): Promise<void> {
  for (;;) {
    const told = await inFilm(db, filmId, async (tx) => {
      const used = await takeUsedGifts(tx, filmId, clock());
      for (const gift of used) await writeGiftUsed(tx, filmId, clock(), gift);
      return used.length;
    });
    if (told === 0) return;
  }
}

function id(payload: JobPayload, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new TypeError(`a job without ${name}`);
  return value;
}
