import type { Temporal } from 'temporal-polyfill';
import { screeningsTrueUntil, upcomingScreenings } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { ScreeningCard } from '../../../ui/components/screening-card.ts';
import type { House } from '../../house.ts';
import type { PageModel } from '../model.ts';
import { cardOf } from './cards.ts';

// As many tickets as a front page carries before the rest of the film disappears below them.
const frontPageTickets = 5;

export type NextScreenings = {
  readonly cards: readonly ScreeningCard[];
  /** When the list stops being true by the clock alone. */
  readonly trueUntil: Temporal.Instant | null;
};

/** The next public screenings, for the front page. */
export async function nextScreenings({ db }: House, model: PageModel): Promise<NextScreenings> {
  return await inFilm(db, model.filmId, async (tx) => {
    const next = await upcomingScreenings(tx, model.filmId, model.now, frontPageTickets);
    return {
      cards: next.map((screening) => cardOf(model, screening)),
      trueUntil: await screeningsTrueUntil(tx, model.filmId, model.now),
    };
  });
}
