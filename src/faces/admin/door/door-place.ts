import { availabilityOf } from '../../../domain/boxoffice/index.ts';
import { type Screening, teamScreeningBySlug } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import type { Desk, DeskContext } from '../desk.ts';

/** The screening of a door, and what is read of it in the same transaction. Throws NotFound where it sells no tickets. */
export async function atDoor<T>(
  c: DeskContext,
  house: House,
  work: (tx: Tx, screening: Screening, desk: Desk) => Promise<T>,
): Promise<T> {
  const { desk } = c.var;
  const slug = c.req.param('screening') ?? '';
  return await inFilm(house.db, desk.film.id, async (tx) => {
    const screening = await teamScreeningBySlug(tx, desk.film.id, slug);
    if (screening === null) throw new NotFound();
    const places = await availabilityOf(tx, desk.film.id, screening.id, desk.now);
    if (places === null) throw new NotFound();
    return await work(tx, screening, desk);
  });
}
