import { z } from 'zod';
import {
  cancelScreening,
  duplicateScreening,
  markScreening,
  postponeScreening,
  restoreScreening,
  type Screening,
} from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { readView } from './list-desk.tsx';
import { addressOf } from './list-filters.tsx';

// A page of the list, and some: nobody ticks more.
const chosenMax = 200;

const marks = ['planned', 'on sale', 'sold out', 'postponed', 'cancelled', 'restored'] as const;
const marksForm = z.object({
  'ids[]': z.array(z.uuid()).max(chosenMax).default([]),
  state: z.enum(marks),
});

/** What is done to screenings without opening them: each a form of one button. */
export function addStateDesk(app: DeskApp, house: House): void {
  app.post('/screenings/marks', allow('screenings.edit'), (c) => markChosen(c, house));
  app.post('/screenings/:id/copies', allow('screenings.edit'), async (c) => {
    const copy = await act(c, house, (tx, { film, now, actor }, id) =>
      duplicateScreening(tx, film.id, now, actor, id),
    );
    return leadTo(c, `${c.var.desk.base}/screenings/${copy.id}`, 'copied');
  });
  app.post('/screenings/:id/cancellation', allow('screenings.edit'), async (c) => {
    const { id } = await act(c, house, (tx, { film, now, actor }, each) =>
      cancelScreening(tx, film.id, now, actor, each),
    );
    return leadBack(c, 'cancelled', id);
  });
  app.post('/screenings/:id/postponement', allow('screenings.edit'), async (c) => {
    const { id } = await act(c, house, (tx, { film, now, actor }, each) =>
      postponeScreening(tx, film.id, now, actor, each),
    );
    return leadBack(c, 'postponed', id);
  });
  app.post('/screenings/:id/restoration', allow('screenings.edit'), async (c) => {
    const { id } = await act(c, house, (tx, { film, now, actor }, each) =>
      restoreScreening(tx, film.id, now, actor, each),
    );
    return leadBack(c, 'restored', id);
  });
}

type Act = (tx: Tx, desk: Desk, id: string) => Promise<Screening>;

async function act(c: DeskContext, house: House, work: Act): Promise<Screening> {
  await readForm(c, noFields);
  const { desk } = c.var;
  const id = idOf(c);
  return await inFilm(house.db, desk.film.id, (tx) => missingIsNotFound(work(tx, desk, id)));
}

/** The screening's id in the address. @throws {NotFound} when it is none */
export function idOf(c: DeskContext): string {
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  return id;
}

/** To this film's team, another film's screening does not exist. */
export async function missingIsNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'no_such_screening') throw new NotFound();
    throw error;
  }
}

async function markChosen(c: DeskContext, house: House): Promise<Response> {
  const { desk } = c.var;
  const read = await readForm(c, marksForm);
  if (!read.ok) throw new Refusal('form_unreadable');
  const { 'ids[]': ids, state } = read.value;
  if (ids.length === 0) return leadBack(c, 'none-chosen');
  await inFilm(house.db, desk.film.id, async (tx) => {
    for (const id of [...ids].sort()) await missingIsNotFound(mark(tx, desk, id, state));
  });
  return leadBack(c, 'marked');
}

/** To the list in the view that it was asked for from: each form of the list carries the view in its address. */
function leadBack(c: DeskContext, said: string, id?: string): Response {
  const back = `${c.var.desk.base}/screenings${addressOf(readView(c.req.url))}`;
  const mark = back.includes('?') ? '&' : '?';
  return leadTo(c, id === undefined ? back : `${back}${mark}of=${id}`, said);
}

function mark(
  tx: Tx,
  { film, now, actor }: Desk,
  id: string,
  state: (typeof marks)[number],
): Promise<Screening> {
  if (state === 'cancelled') return cancelScreening(tx, film.id, now, actor, id);
  if (state === 'postponed') return postponeScreening(tx, film.id, now, actor, id);
  if (state === 'restored') return restoreScreening(tx, film.id, now, actor, id);
  return markScreening(tx, film.id, now, actor, id, state);
}
