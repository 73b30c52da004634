import type { Temporal } from 'temporal-polyfill';
import { salesOf, salesTrueUntil } from '../../../domain/boxoffice/index.ts';
import { screeningsTrueUntil, upcomingScreenings } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { ScreeningCard } from '../../../ui/components/screening-card.ts';
import type { House } from '../../house.ts';
import type { PageModel } from '../model.ts';
import { cardOf } from './cards.ts';
import { sooner } from './sooner.ts';

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
    const { filmId, now } = model;
    const next = await upcomingScreenings(tx, filmId, now, frontPageTickets);
    const sales = await salesOf(tx, filmId, next, now);
    const trueUntil = sooner(await screeningsTrueUntil(tx, filmId, now), salesTrueUntil(sales.values(), now));
    return {
      cards: next.map((screening) => cardOf(model, screening, sales.get(screening.id) ?? null)),
      trueUntil,
    };
  });
}
