import type { JobHandler } from '../../platform/jobs/worker.ts';
import { canonicalVisit } from '../edge/visit-of.ts';
import type { House } from '../house.ts';
import { pageModel } from '../site/page-model.ts';
import { kitOf } from './kit.ts';

/** The handler of `build-press-kit`: makes the kit of a published film, so that no journalist waits for it. */
export function buildKitAhead(house: House): JobHandler {
  return async ({ filmId }, stopping) => {
    if (typeof filmId !== 'string') throw new TypeError('build-press-kit without a film');
    const visit = await canonicalVisit(house, filmId);
    const model = visit && (await pageModel(house, visit));
    if (model) await kitOf(house.storage, model, stopping);
  };
}
