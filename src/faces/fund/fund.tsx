import type { Next } from 'hono';
import { filmMoney, ownFirst } from '../../domain/film/index.ts';
import { type FundFigures, fundFigures, grantRules } from '../../domain/fund/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import type { House } from '../house.ts';
import { answerPage } from '../site/answer.tsx';
import type { SiteContext } from '../site/visit.ts';
import { FundPage } from './fund-page.tsx';

/** `/fund`: how the fund stands. A film that never had one has no such page, and may call a page of its own that. */
export async function showFund(c: SiteContext, house: House, next: Next): Promise<Response | undefined> {
  const { filmId } = c.env.visit;
  if (!(await hasFund(house, filmId))) {
    await next();
    return undefined;
  }
  return await answerPage(c, house, {
    tags: ['film', 'fund'],
    render: async (model) => {
      const figures = await figuresOf(house, filmId);
      return { page: <FundPage model={model} figures={figures} />, trueUntil: null };
    },
  });
}

async function hasFund(house: House, filmId: string): Promise<boolean> {
  return await inFilm(house.db, filmId, async (tx) => {
    if ((await grantRules(tx, filmId)).length > 0) return true;
    return (await fundFigures(tx, filmId, house.clock())).length > 0;
  });
}

async function figuresOf(house: House, filmId: string): Promise<FundFigures[]> {
  const now = house.clock();
  return await inFilm(house.db, filmId, async (tx) =>
    ownFirst(await fundFigures(tx, filmId, now), (await filmMoney(tx, filmId, now)).currency),
  );
}
