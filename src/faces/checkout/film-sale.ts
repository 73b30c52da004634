import { type BoxOffice, boxOfficeOf, type Sale, saleOf } from '../../domain/boxoffice/index.ts';
import { screeningBySlug } from '../../domain/screenings/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { isSlug } from '../site/screenings/query.ts';

export type FilmSale = { readonly sale: Sale; readonly box: BoxOffice };

/** The box office of the public screening at an address. Throws NotFound where there is none, or it sells elsewhere. */
export async function filmSale(house: House, filmId: string, slug: string): Promise<FilmSale> {
  if (!isSlug(slug)) throw new NotFound();
  const found = await inFilm(house.db, filmId, async (tx) => {
    const screening = await screeningBySlug(tx, filmId, slug);
    const sale = screening && (await saleOf(tx, filmId, screening, house.clock()));
    return sale && { sale, box: await boxOfficeOf(tx, filmId) };
  });
  if (!found || found.sale.types.length === 0) throw new NotFound();
  return found;
}
