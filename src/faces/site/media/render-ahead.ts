import { filesOf, pictureFormats, publishedRevision, widthsOf } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { House } from '../../house.ts';
import { rendering } from './renderings.ts';

/**
 * Makes every size of the first picture that a visitor of a film sees, so that nobody waits for it. The others are
 * made when somebody scrolls to them. Visitors who ask meanwhile go first.
 */
export async function renderAhead(
  { db, storage }: House,
  filmId: string,
  stopping?: AbortSignal,
): Promise<void> {
  const hero = await inFilm(db, filmId, async (tx) => {
    const revision = await publishedRevision(tx, filmId);
    const path = revision?.document.film.hero?.image;
    return revision && path ? (await filesOf(tx, filmId, revision.files)).get(path) : undefined;
  });
  if (!hero) return;
  for (const width of widthsOf(hero)) {
    for (const format of pictureFormats) {
      stopping?.throwIfAborted();
      await rendering(storage, filmId, hero, width, format, 'later');
    }
  }
}
