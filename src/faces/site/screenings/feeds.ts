import type { Temporal } from 'temporal-polyfill';
import { salesOf, salesTrueUntil } from '../../../domain/boxoffice/index.ts';
import {
  feedScreenings,
  latestScreenings,
  type Place,
  placesOf,
  type Screening,
  screeningBySlug,
  screeningsTrueUntil,
} from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { words } from '../../../ui/words/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answerKept } from '../answer.tsx';
import type { PageModel } from '../model.ts';
import { say } from '../pages/site-page.tsx';
import type { SiteContext } from '../visit.ts';
import { calendarOf } from './calendar.ts';
import { placeOf } from './cards.ts';
import { newsOf } from './news.ts';
import { openList } from './open-list.ts';
import { feedQuery, isSlug, parseQuery, readCursor } from './query.ts';
import type { WithSales } from './sale-card.ts';
import { sooner } from './sooner.ts';

const tags = ['film', 'screenings'] as const;
// A calendar program fetches it every hour; a year back keeps what people already have in theirs.
const calendarScreeningsMax = 2_000;
const newsItemsMax = 50;
const openListUsual = 100;

/** `/screenings.ics`: everything to come and the year before. */
export async function answerCalendar(c: SiteContext, house: House): Promise<Response> {
  return await answerKept(c, house, { tags }, async (model) => {
    const from = model.now
      .subtract({ hours: 24 * 365 })
      .toString()
      .slice(0, 10);
    const { trueUntil, ...all } = await inFilm(house.db, model.filmId, async (tx) =>
      withSales(tx, model, await feedScreenings(tx, model.filmId, { from, limit: calendarScreeningsMax })),
    );
    const { screenings } = words(model.language);
    const name = `${say(model, model.document.film.title)}: ${screenings.list.title}`;
    return { contentType: 'text/calendar; charset=utf-8', body: calendarOf(model, all, name), trueUntil };
  });
}

/** `/screenings/:slug.ics`: one of them, for "add to calendar". */
export async function answerOneCalendar(c: SiteContext, house: House, slug: string): Promise<Response> {
  if (!isSlug(slug)) throw new NotFound();
  return await answerKept(c, house, { tags }, async (model) => {
    const { trueUntil, ...one } = await inFilm(house.db, model.filmId, async (tx) => {
      const found = await screeningBySlug(tx, model.filmId, slug);
      if (found === null) throw new NotFound();
      return { found, ...(await withSales(tx, model, [found])) };
    });
    const { found } = one;
    const name = `${say(model, model.document.film.title)}: ${placeOf(model, found)}`;
    return {
      contentType: 'text/calendar; charset=utf-8',
      body: calendarOf(model, one, name),
      headers: { 'content-disposition': `attachment; filename="${found.slug}.ics"` },
      trueUntil,
    };
  });
}

/** `/screenings.rss`: the newest announcements and changes. */
export async function answerNews(c: SiteContext, house: House): Promise<Response> {
  return await answerKept(c, house, { tags }, async (model) => {
    const { trueUntil, ...latest } = await inFilm(house.db, model.filmId, async (tx) =>
      withSales(tx, model, await latestScreenings(tx, model.filmId, newsItemsMax)),
    );
    return { contentType: 'application/rss+xml; charset=utf-8', body: newsOf(model, latest), trueUntil };
  });
}

/** `/screenings.json`: open data, by day, kind and place, page by page. Anybody's page may read it. */
export async function answerOpenList(c: SiteContext, house: House): Promise<Response> {
  const { asked, canonical } = parseQuery(feedQuery, c.req.url);
  const { limit = openListUsual, cursor, place, ...days } = asked;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  return await answerKept(c, house, { tags, query: canonical }, async (model) => {
    const { trueUntil, ...found } = await inFilm(house.db, model.filmId, async (tx) => {
      const where =
        place === undefined ? undefined : await placeOrNotFound(tx, model.filmId, model.now, place);
      const query = { ...days, place: where?.kept, after, limit: limit + 1 };
      return await withSales(tx, model, await feedScreenings(tx, model.filmId, query));
    });
    return {
      contentType: 'application/json; charset=utf-8',
      body: `${JSON.stringify(openList(model, found, limit, canonical))}\n`,
      headers: { 'access-control-allow-origin': '*' },
      trueUntil,
    };
  });
}

/** Screenings with their box offices, and until when what is said of them is true. */
async function withSales(
  tx: Tx,
  { filmId, now }: PageModel,
  screenings: readonly Screening[],
): Promise<WithSales & { readonly trueUntil: Temporal.Instant | null }> {
  const sales = await salesOf(tx, filmId, screenings, now);
  const trueUntil = sooner(await screeningsTrueUntil(tx, filmId, now), salesTrueUntil(sales.values(), now));
  return { screenings, sales, trueUntil };
}

/** The town of that name in an address; towns come and go with their screenings. @throws {NotFound} */
export async function placeOrNotFound(
  tx: Tx,
  filmId: string,
  now: Parameters<typeof placesOf>[2],
  slug: string,
): Promise<Place> {
  const place = (await placesOf(tx, filmId, now)).find((each) => each.slug === slug);
  if (place === undefined) throw new NotFound();
  return place;
}
