import { createElement } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { grantOffer, type Sale, saleOf, saleTrueUntil } from '../../../domain/boxoffice/index.ts';
import {
  neighboursOf,
  presentSlug,
  type Screening,
  screeningBySlug,
} from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answerPage } from '../answer.tsx';
import { pageModel } from '../page-model.ts';
import { pathTo } from '../pages/site-page.tsx';
import type { SiteContext } from '../visit.ts';
import { screeningPath } from './cards.ts';
import { isSlug } from './query.ts';
import { ScreeningPage } from './screening-page.tsx';
import { sooner } from './sooner.ts';

/** Carries the way to where a screening has moved out of the cache, which keeps no redirects. */
class Moved extends Error {
  readonly slug: string;

  constructor(slug: string) {
    super('moved');
    this.slug = slug;
  }
}

/** `/screenings/:slug`; an address that it once had leads on. */
export async function answerScreening(c: SiteContext, house: House, slug: string): Promise<Response> {
  if (!isSlug(slug)) throw new NotFound();
  try {
    return await answerKnown(c, house, slug);
  } catch (error) {
    if (!(error instanceof Moved)) throw error;
    const model = await pageModel(house, c.env.visit);
    if (model === null) throw new NotFound();
    return c.redirect(pathTo(model, screeningPath(error.slug)), 301);
  }
}

async function answerKnown(c: SiteContext, house: House, slug: string): Promise<Response> {
  return await answerPage(c, house, {
    tags: ['film', 'screenings'],
    render: async (model) => {
      const found = await inFilm(house.db, model.filmId, async (tx) => {
        const screening = await screeningBySlug(tx, model.filmId, slug);
        if (screening !== null) {
          const sale = await saleOf(tx, model.filmId, screening, model.now);
          const hasGrants = sale !== null && (await grantOffer(tx, model.filmId, model.now, sale)) !== null;
          return { screening, sale, hasGrants, neighbours: await neighboursOf(tx, model.filmId, screening) };
        }
        const moved = await presentSlug(tx, model.filmId, slug);
        throw moved === null ? new NotFound() : new Moved(moved);
      });
      return {
        page: createElement(ScreeningPage, { model, ...found }),
        trueUntil: trueUntil(found, model.now),
      };
    },
  });
}

/** When the clock alone makes the page untrue: the screening is over, or what it sells changes. */
function trueUntil(
  { screening: { overAt }, sale }: { readonly screening: Screening; readonly sale: Sale | null },
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (overAt.epochMilliseconds <= now.epochMilliseconds) return null;
  return sooner(overAt, sale && saleTrueUntil(sale, now));
}
