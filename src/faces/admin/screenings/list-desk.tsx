import type { ReactNode } from 'react';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { ticketHolders } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/index.ts';
import {
  type DeskQuery,
  deskCities,
  deskOrders,
  deskScreenings,
  deskTimes,
  type Screening,
  screeningById,
  screeningKinds,
  screeningStates,
} from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { type NoticeWords, sayingOf } from '../../../ui/admin/index.ts';
import { BadRequest } from '../../edge/bad-request.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { addressOf } from './list-filters.tsx';
import { ScreeningsPage } from './list-page.tsx';
import { sayings, sayingsOfOne } from './sayings.ts';

const perPage = 50;

const day = z.string().refine((text) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
});

const viewQuery = z.object({
  search: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .optional(),
  when: z.enum(deskTimes).optional(),
  state: z.enum(screeningStates).optional(),
  kind: z.enum(screeningKinds).optional(),
  city: z
    .string()
    .max(300)
    .regex(/^\P{Cc}*$/u)
    .optional(),
  from: day.optional(),
  to: day.optional(),
  private: z.enum(['yes', 'no']).optional(),
  order: z.enum(deskOrders).optional(),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .optional(),
});
export type DeskView = z.infer<typeof viewQuery>;

/** Reads the list's address. Unknown parameters are ignored, wrong ones refused. @throws {BadRequest} */
export function readView(url: string): DeskView {
  const given = new URL(url).searchParams;
  const known: Record<string, string> = {};
  for (const name of Object.keys(viewQuery.shape)) {
    const value = given.get(name);
    if (value !== null && value !== '') known[name] = value;
  }
  const parsed = viewQuery.safeParse(known);
  if (!parsed.success) throw new BadRequest();
  return parsed.data;
}

/** The conditions of a view, as the domain wants them. */
export function queryOf(view: DeskView): Omit<DeskQuery, 'page' | 'perPage'> {
  const { private: isPrivate, order = 'next', page: _, ...conditions } = view;
  return { ...conditions, order, isPrivate: isPrivate === undefined ? undefined : isPrivate === 'yes' };
}

export function addListDesk(app: DeskApp, house: House): void {
  app.get('/screenings', allow('screenings.read'), (c) => listPage(c, house));
}

async function listPage(c: DeskContext, house: House): Promise<Response> {
  const { desk } = c.var;
  const view = readView(c.req.url);
  const { page = 1 } = view;
  const found = await inFilm(house.db, desk.film.id, async (tx) => ({
    ...(await deskScreenings(tx, desk.film.id, desk.now, { ...queryOf(view), page, perPage })),
    cities: await deskCities(tx, desk.film.id),
  }));
  const notice = (await noticeOfOne(c, house)) ?? sayingOf(c.req.url, sayings);
  const pages = Math.max(1, Math.ceil(found.count / perPage));
  return answer(c, <ScreeningsPage desk={desk} view={view} {...found} pages={pages} notice={notice} />);
}

/** Which screening it was that something was done to, and the way back where there is one. */
async function noticeOfOne(c: DeskContext, house: House): Promise<NoticeWords | null> {
  const { desk } = c.var;
  const { said = '', of = '' } = c.req.query();
  const words = Object.hasOwn(sayingsOfOne, said) ? sayingsOfOne[said] : undefined;
  if (words === undefined || !z.uuid().safeParse(of).success) return null;
  const found = await inFilm(house.db, desk.film.id, async (tx) => {
    const screening = await screeningById(tx, desk.film.id, of);
    return screening && { screening, ...(await ticketHolders(tx, desk.film.id, screening)) };
  });
  if (found === null) return null;
  const { screening, untold } = found;
  const notice =
    untold.length > 0
      ? ({ tone: 'warn', words: untoldWords(desk, screening, words(screening.slug)) } as const)
      : ({ tone: 'good', words: words(screening.slug) } as const);
  if (said === 'restored' || !may(desk.role, 'screenings.edit')) return notice;
  const action = `${desk.base}/screenings/${screening.id}/restoration${addressOf(readView(c.req.url))}`;
  return { ...notice, undo: { action } };
}

/** That people with tickets know nothing of it yet, and where they are told. */
function untoldWords({ base, role }: Desk, { id }: Screening, words: string): ReactNode {
  const rest = 'People with tickets do not know it yet';
  if (!may(role, 'boxoffice.manage')) return `${words} ${rest}: the box office tells them.`;
  return (
    <>
      {words} <a href={`${base}/screenings/${id}/change`}>{rest}: tell them</a>.
    </>
  );
}
