import { canonicalVisit } from '../edge/visit-of.ts';
import type { House } from '../house.ts';
import { pageModel } from '../site/page-model.ts';
import { kitOf } from './kit.ts';

/** Makes the kit of a published film, so that no journalist waits for it. */
export async function buildKitAhead(house: House, filmId: string, stopping?: AbortSignal): Promise<void> {
  const visit = await canonicalVisit(house, filmId);
  const model = visit && (await pageModel(house, visit));
  if (model) await kitOf(house.storage, model, stopping);
}
