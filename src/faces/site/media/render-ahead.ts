import { filesOf, pictureFormats, publishedRevision, widthsOf } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { JobHandler } from '../../../platform/jobs/worker.ts';
import type { House } from '../../house.ts';
import { rendering } from './renderings.ts';

/**
 * The handler of `render-hero`: makes every size of the first picture that a visitor of a film sees, so that
 * nobody waits for it. The others are made when somebody scrolls to them. Visitors who ask meanwhile go first.
 */
export function renderAhead({ db, storage }: House): JobHandler {
  return async ({ filmId }, stopping) => {
    if (typeof filmId !== 'string') throw new TypeError('render-hero without a film');
    const hero = await inFilm(db, filmId, async (tx) => {
      const revision = await publishedRevision(tx, filmId);
      const path = revision?.document.film.hero?.image;
      return revision && path ? (await filesOf(tx, filmId, revision.files)).get(path) : undefined;
    });
    if (!hero) return;
    for (const width of widthsOf(hero)) {
      for (const format of pictureFormats) {
        if (stopping?.aborted) return;
        await rendering(storage, filmId, hero, width, format, 'later');
      }
    }
  };
}
