import { createElement, type ReactElement } from 'react';
import { salesOf, salesTrueUntil } from '../../../domain/boxoffice/index.ts';
import {
  kmFarthest,
  type ListPage as Listed,
  listScreenings,
  type Place,
  type Point,
  placesOf,
  plainText,
  pointOfZip,
  screeningsNear,
  screeningsTrueUntil,
} from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answerFresh, answerPage, type Rendered } from '../answer.tsx';
import type { PageModel } from '../model.ts';
import type { SiteContext } from '../visit.ts';
import { ListPage, type ListPageProps, type ListView, type NearAnswer } from './list-page.tsx';
import { drawMaps, nameOfPlace } from './map.tsx';
import { type ListParameters, listQuery, parseQuery } from './query.ts';
import { sooner } from './sooner.ts';

const perPage = 100;
// As many as unfold without a page of their own.
const pastFolded = 60;
// Nobody travels to the thirty-first nearest.
const nearest = 30;

/** `/screenings` in all its orders. A search by place is answered to that visitor alone and kept nowhere. */
export async function answerList(c: SiteContext, house: House): Promise<Response> {
  const { asked, canonical } = parseQuery(listQuery, c.req.url);
  if (asked.near !== undefined && asked.near !== '') {
    const { near } = asked;
    return await answerFresh(c, house, 200, (model) => nearPage(house, model, near));
  }
  return await answerPage(c, house, {
    tags: ['film', 'screenings'],
    query: canonical,
    render: (model) => listPage(house, model, asked),
  });
}

async function listPage(house: House, model: PageModel, asked: ListParameters): Promise<Rendered> {
  const { filmId, now } = model;
  const { when = 'upcoming', by = 'date', kind, page = 1 } = asked;
  const { trueUntil, ...props } = await inFilm(house.db, filmId, async (tx) => {
    const places = await placesOf(tx, filmId, now);
    const place = asked.place === undefined ? undefined : places.find(({ slug }) => slug === asked.place);
    if (asked.place !== undefined && place === undefined) throw new NotFound();
    const query = { by, kind, place: place?.kept } as const;
    const listed = await listScreenings(tx, filmId, now, { ...query, when, page, perPage });
    const past = await pastBelow(tx, model, { ...query, when, page }, listed);
    const view: ListView = { when, by, kind, place, page };
    const sales = await salesOf(tx, filmId, listed.screenings, now);
    const trueUntil = sooner(await screeningsTrueUntil(tx, filmId, now), salesTrueUntil(sales.values(), now));
    return { view, ...listed, sales, past: past.screenings, pastCount: past.count, places, trueUntil };
  });
  const pages = Math.max(1, Math.ceil(props.count / perPage));
  if (page > pages) throw new NotFound();
  const maps = await drawMaps(props.view.place === undefined ? props.places : [props.view.place]);
  const element = createElement(ListPage, { model, ...props, pages, maps } satisfies ListPageProps);
  return { page: element, trueUntil };
}

type Below = {
  when: string;
  by: 'date' | 'place';
  kind: ListParameters['kind'];
  place: Place['kept'] | undefined;
};

/** The past stands below the first page of what is to come; on a page about the past, only its number counts. */
async function pastBelow(
  tx: Tx,
  { filmId, now }: PageModel,
  { when, page, kind, place }: Below & { page: number },
  listed: Listed,
): Promise<Listed> {
  if (when === 'past') return { screenings: [], count: listed.count };
  if (page > 1) return { screenings: [], count: 0 };
  const query = { when: 'past', by: 'date', kind, place, page: 1, perPage: pastFolded } as const;
  return await listScreenings(tx, filmId, now, query);
}

async function nearPage(house: House, model: PageModel, typed: string): Promise<ReactElement> {
  const { filmId, now } = model;
  const view: ListView = { when: 'upcoming', by: 'date', kind: undefined, place: undefined, page: 1 };
  const { places, near, listed, sales } = await inFilm(house.db, filmId, async (tx) => {
    const places = await placesOf(tx, filmId, now);
    const near = await nearAnswer(tx, model, places, typed);
    const isFound = near.found !== null && near.found.length > 0;
    // Whoever is nowhere near still sees where it runs.
    const listed = isFound
      ? { screenings: [], count: 0 }
      : await listScreenings(tx, filmId, now, { ...view, place: undefined, kind: undefined, perPage });
    const shown = [...(near.found ?? []).map(({ screening }) => screening), ...listed.screenings];
    return { places, near, listed, sales: await salesOf(tx, filmId, shown, now) };
  });
  const pages = Math.max(1, Math.ceil(listed.count / perPage));
  const maps = await drawMaps(places);
  const below = { ...listed, sales, pages, past: [], pastCount: 0 };
  return createElement(ListPage, { model, view, ...below, places, maps, near } satisfies ListPageProps);
}

async function nearAnswer(
  tx: Tx,
  model: PageModel,
  places: readonly Place[],
  typed: string,
): Promise<NearAnswer> {
  const from = await whereIs(model, places, typed);
  if (from === null) return { typed, place: typed, found: null };
  const found = await screeningsNear(tx, model.filmId, model.now, from.point, {
    kmMax: kmFarthest,
    limit: nearest,
  });
  return { typed, place: from.name, found };
}

/** A ZIP code, or a city that has or had a screening, in any language of the film. */
async function whereIs(
  model: PageModel,
  places: readonly Place[],
  typed: string,
): Promise<{ name: string; point: Point } | null> {
  const zip = /^(\d{5})(-\d{4})?$/.exec(typed)?.[1];
  const point = zip === undefined ? null : await pointOfZip(zip);
  if (zip !== undefined && point !== null) return { name: zip, point };
  const wanted = folded(typed.split(',')[0] ?? '');
  if (wanted === '') return null;
  const named = places.filter(({ texts, point: at }) => {
    const { city = '' } = texts;
    const names = typeof city === 'string' ? [city] : Object.values(city);
    return at !== null && [...names, plainText(city)].some((name) => folded(name).startsWith(wanted));
  });
  const [place] = named;
  return place?.point ? { name: nameOfPlace(model, place), point: place.point } : null;
}

/** Without accents and case: `montreal` finds Montréal. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
