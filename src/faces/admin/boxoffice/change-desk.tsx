import { z } from 'zod';
import { changeMessageMax, noticesOf, tellOfChange, ticketHolders } from '../../../domain/boxoffice/index.ts';
import { cancelScreening, postponeScreening } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { type FormState, freshForm, sayingOf } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm } from '../form.ts';
import { askedScreening } from './asked-screening.ts';
import { ChangePage } from './change-page.tsx';
import { sayings } from './words.ts';

const change = '/screenings/:id/change';

const messageForm = z.object({
  message: z
    .string()
    .trim()
    .max(changeMessageMax, `At most ${changeMessageMax.toLocaleString('en')} characters`)
    .default(''),
});

/** Moving or cancelling a screening that people have tickets for: who is told, and what they chose. */
export function addChangeRoutes(app: DeskApp, house: House): void {
  app.get(change, allow('boxoffice.manage'), (c) => show(c, house, freshForm));
  app.post(`${change}/notices`, allow('boxoffice.manage'), (c) => tell(c, house, async () => {}));
  app.post(`${change}/cancellation`, allow('boxoffice.manage'), (c) =>
    tell(c, house, async (tx, { film, now, actor }, id) => {
      await cancelScreening(tx, film.id, now, actor, id);
    }),
  );
  app.post(`${change}/postponement`, allow('boxoffice.manage'), (c) =>
    tell(c, house, async (tx, { film, now, actor }, id) => {
      await postponeScreening(tx, film.id, now, actor, id);
    }),
  );
}

/** Changes the screening's state and tells everybody, in one transaction. */
async function tell(
  c: DeskContext,
  house: House,
  work: (tx: Tx, desk: Desk, id: string) => Promise<void>,
): Promise<Response> {
  const read = await readForm(c, messageForm);
  if (!read.ok) return await show(c, house, read.form, 422);
  const { desk } = c.var;
  const { film, now, actor, base } = desk;
  const { message } = read.value;
  const { id, told } = await inFilm(house.db, film.id, async (tx) => {
    const { id: screeningId } = await askedScreening(c, tx);
    await work(tx, desk, screeningId);
    return { id: screeningId, told: await tellOfChange(tx, film.id, now, actor, { screeningId, message }) };
  });
  return leadTo(c, `${base}/screenings/${id}/change`, told === 0 ? 'told-nobody' : 'told');
}

async function show(
  c: DeskContext,
  house: House,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { desk } = c.var;
  const found = await inFilm(house.db, desk.film.id, async (tx) => {
    const screening = await askedScreening(c, tx);
    return {
      screening,
      holders: await ticketHolders(tx, desk.film.id, screening),
      notices: await noticesOf(tx, desk.film.id, screening.id),
    };
  });
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <ChangePage desk={desk} {...found} form={form} notice={notice} />, status);
}
