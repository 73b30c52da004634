import type { Temporal } from 'temporal-polyfill';
import * as domain from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { ScreeningCard } from '../../../ui/components/screening-card.ts';
import type { House } from '../../house.ts';
import type { PageModel } from '../model.ts';
import { cardOf } from './cards.ts';

// As many tickets as a front page carries before the rest of the film disappears below them.
const frontPageTickets = 5;

/** The next public screenings, for the front page. */
export async function nextScreenings({ db }: House, model: PageModel): Promise<ScreeningCard[]> {
  const next = await inFilm(db, model.filmId, (tx) =>
    domain.upcomingScreenings(tx, model.filmId, model.now, frontPageTickets),
  );
  return next.map((screening) => cardOf(model, screening));
}

/** When a page that lists screenings stops being true by the clock alone. */
export async function screeningsTrueUntil({ db }: House, model: PageModel): Promise<Temporal.Instant | null> {
  return await inFilm(db, model.filmId, (tx) => domain.screeningsTrueUntil(tx, model.filmId, model.now));
}
