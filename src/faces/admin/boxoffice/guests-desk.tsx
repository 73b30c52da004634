import { z } from 'zod';
import {
  availabilityOf,
  compGuests,
  guestHolds,
  guestsAtOnceMax,
  keepForGuests,
  releaseGuests,
} from '../../../domain/boxoffice/index.ts';
import { filmMoney, latestRevision } from '../../../domain/film/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newSecret } from '../../../platform/secrets.ts';
import { type FormState, freshForm, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { addressField, nameField, noFields } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { askedScreening } from './asked-screening.ts';
import { GuestsPage } from './guests-page.tsx';
import { boxOfficeRefusal, sayings } from './words.ts';

const guests = '/screenings/:id/guests';
const count = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,2}$/, `A whole number, from 1 to ${guestsAtOnceMax}`);

const keepForm = z.object({
  places: count,
  note: z
    .string()
    .trim()
    .min(1, 'For whom they are kept')
    .max(200, 'At most 200 characters')
    .regex(/^[^\n\t]*$/, 'One line'),
});

const ticketsForm = z.object({
  key: z.string().max(40),
  name: nameField,
  address: z.union([z.literal(''), addressField]).default(''),
  places: count,
  guests: z.string().max(20_000, 'At most 20,000 characters').default(''),
});

/** Places that the house keeps: kept, given back, made tickets of. */
export function addGuestsRoutes(app: DeskApp, house: House): void {
  app.get(guests, allow('boxoffice.sell'), (c) => show(c, house, { form: freshForm }));
  app.post(guests, allow('boxoffice.sell'), async (c) => {
    const read = await readForm(c, keepForm);
    if (!read.ok) return show(c, house, { form: read.form }, 422);
    const { places, note } = read.value;
    return act(c, house, { form: read.form }, 'kept', (tx, { film, now, actor }, screeningId) =>
      keepForGuests(tx, film.id, now, actor, { screeningId, places: Number(places), note }),
    );
  });
  app.post(`${guests}/:hold/release`, allow('boxoffice.sell'), async (c) => {
    await readForm(c, noFields);
    const holdId = holdIdOf(c);
    return act(c, house, { form: freshForm }, 'released', (tx, { film, now, actor }, screeningId) =>
      releaseGuests(tx, film.id, now, actor, { screeningId, holdId }),
    );
  });
  app.post(`${guests}/:hold/tickets`, allow('boxoffice.sell'), async (c) => {
    const holdId = holdIdOf(c);
    const read = await readForm(c, ticketsForm);
    if (!read.ok) return show(c, house, { form: read.form, holdId }, 422);
    const { key, name, address, places } = read.value;
    const names = read.value.guests.split('\n').map((line) => line.trim().slice(0, 200) || null);
    const guestNames = names.slice(0, Number(places));
    const tickets = { key, holdId, name, address: address || null, places: Number(places), guestNames };
    return act(
      c,
      house,
      { form: read.form, holdId },
      'given',
      async (tx, { film, now, actor }, screeningId) => {
        const { today } = await filmMoney(tx, film.id, now);
        const language = (await latestRevision(tx, film.id))?.document.film.site_languages[0] ?? 'en';
        await compGuests(tx, film.id, now, actor, { ...tickets, screeningId, language }, today);
      },
    );
  });
}

function holdIdOf(c: DeskContext): string {
  const id = c.req.param('hold') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  return id;
}

/** `holdId`: which of the page's forms it is about; none: the one that keeps places. */
type Typed = { readonly form: FormState; readonly holdId?: string };

async function act(
  c: DeskContext,
  house: House,
  typed: Typed,
  said: string,
  work: (tx: Tx, desk: Desk, screeningId: string) => Promise<void>,
): Promise<Response> {
  const { desk } = c.var;
  try {
    const id = await inFilm(house.db, desk.film.id, async (tx) => {
      const screening = await askedScreening(c, tx);
      await work(tx, desk, screening.id);
      return screening.id;
    });
    return leadTo(c, `${desk.base}/screenings/${id}/guests`, said);
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'no_such_hold') throw new NotFound();
    const words = boxOfficeRefusal(refused.code, refused.details);
    if (words === null) throw refused;
    return await show(c, house, { ...typed, form: withError(typed.form, 'places', words) }, 422);
  }
}

async function show(c: DeskContext, house: House, typed: Typed, status: 200 | 422 = 200): Promise<Response> {
  const { desk } = c.var;
  const found = await inFilm(house.db, desk.film.id, async (tx) => {
    const screening = await askedScreening(c, tx);
    return {
      screening,
      availability: await availabilityOf(tx, desk.film.id, screening.id, desk.now),
      holds: await guestHolds(tx, desk.film.id, screening.id),
    };
  });
  const notice = sayingOf(c.req.url, sayings);
  const { form, holdId = null } = typed;
  return answer(
    c,
    <GuestsPage desk={desk} {...found} {...{ form, holdId, notice }} newKey={newSecret} />,
    status,
  );
}
