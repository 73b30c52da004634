import { filesOf, pictureFormats, publishedRevision, widthsOf } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { JobHandler } from '../../../platform/jobs/worker.ts';
import type { House } from '../../house.ts';
import { rendering } from './renderings.ts';

/**
 * The handler of `render-pictures`: makes every size of what a film just published, so that no visitor waits for
 * one. Visitors who ask meanwhile go first.
 */
export function renderAhead({ db, storage }: House): JobHandler {
  return async ({ filmId }, stopping) => {
    if (typeof filmId !== 'string') throw new TypeError('render-pictures without a film');
    const files = await inFilm(db, filmId, async (tx) => {
      const revision = await publishedRevision(tx, filmId);
      return revision ? await filesOf(tx, filmId, revision.files) : new Map();
    });
    for (const file of files.values()) {
      for (const width of widthsOf(file)) {
        stopping?.throwIfAborted();
        for (const format of pictureFormats) await rendering(storage, filmId, file, width, format, 'later');
      }
    }
  };
}
