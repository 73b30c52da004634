import { z } from 'zod';
import {
  availabilityOf,
  copyTicketTypes,
  countsByType,
  moveTicketType,
  ordersToRefund,
  screeningsWithTypes,
  setPlaces,
  ticketTypesOf,
  withdrawTicketType,
} from '../../../domain/boxoffice/index.ts';
import { markScreening, type Screening, screeningById } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { type FormState, freshForm, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { askedScreening } from './asked-screening.ts';
import { TicketsPage } from './tickets-page.tsx';
import { boxOfficeRefusal, sayings } from './words.ts';

const tickets = '/screenings/:id/tickets';
// As many as one can look through in a list.
const othersMax = 100;

const placesForm = z.object({
  places: z
    .string()
    .trim()
    .regex(/^\d{1,7}$/, 'A whole number of places, from 0 to 1,000,000'),
});

/** What a screening sells: places, the order of types, and whether it is on sale. */
export function addTicketsRoutes(app: DeskApp, house: House): void {
  app.get(tickets, allow('boxoffice.read'), (c) => show(c, house, null));
  app.post(`${tickets}/places`, allow('boxoffice.manage'), async (c) => {
    const read = await readForm(c, placesForm);
    if (!read.ok) return show(c, house, read.form, 422);
    const places = Number(read.value.places);
    return act(c, house, read.form, 'places', (tx, { film, now, actor }, { id }) =>
      setPlaces(tx, film.id, now, actor, { screeningId: id, places }).then(() => 'places-set'),
    );
  });
  app.post(`${tickets}/copies`, allow('boxoffice.manage'), async (c) => {
    const read = await readForm(c, z.object({ from: z.uuid('Which screening') }));
    if (!read.ok) return show(c, house, read.form, 422);
    return act(c, house, read.form, 'from', async (tx, { film, now, actor }, { id }) => {
      const pair = { fromId: read.value.from, toId: id };
      return (await copyTicketTypes(tx, film.id, now, actor, pair)) > 0 ? 'copied' : 'nothing-copied';
    });
  });
  addTypeActions(app, house);
  for (const [path, state, said] of [
    ['opening', 'on sale', 'opened'],
    ['closing', 'planned', 'closed'],
  ] as const)
    app.post(`${tickets}/${path}`, allow('boxoffice.manage'), async (c) => {
      await readForm(c, noFields);
      return act(c, house, freshForm, '', async (tx, { film, now, actor }, { id }) => {
        if (state === 'on sale') await refuseEmptySale(tx, film.id, now, id);
        await markScreening(tx, film.id, now, actor, id, state);
        return said;
      });
    });
}

function addTypeActions(app: DeskApp, house: House): void {
  const type = `${tickets}/types/:type`;
  for (const [path, isWithdrawn, said] of [
    ['withdrawal', true, 'type-withdrawn'],
    ['return', false, 'type-returned'],
  ] as const)
    app.post(`${type}/${path}`, allow('boxoffice.manage'), async (c) => {
      await readForm(c, noFields);
      return act(c, house, freshForm, '', async (tx, { film, now, actor }, screening) => {
        const id = await typeIdOf(c, tx, screening);
        await withdrawTicketType(tx, film.id, now, actor, { id, isWithdrawn });
        return said;
      });
    });
  app.post(`${type}/moves`, allow('boxoffice.manage'), async (c) => {
    const read = await readForm(c, z.object({ to: z.enum(['up', 'down']) }));
    if (!read.ok) throw new Refusal('form_unreadable');
    return act(c, house, freshForm, '', async (tx, { film, now, actor }, screening) => {
      const id = await typeIdOf(c, tx, screening);
      const isUp = read.value.to === 'up';
      await moveTicketType(tx, film.id, now, actor, { id, screeningId: screening.id, isUp });
      return 'type-moved';
    });
  });
}

/** A type of this screening, or nothing: an address that mixes two is no page of ours. */
async function typeIdOf(c: DeskContext, tx: Tx, { id }: Screening): Promise<string> {
  const types = await ticketTypesOf(tx, c.var.desk.film.id, [id]);
  const type = types.find((each) => each.id === c.req.param('type'));
  if (!type) throw new NotFound();
  return type.id;
}

async function refuseEmptySale(tx: Tx, filmId: string, now: Desk['now'], id: string): Promise<void> {
  const availability = await availabilityOf(tx, filmId, id, now);
  if (availability === null || availability.places === 0) throw new Refusal('no_box_office');
  const types = await ticketTypesOf(tx, filmId, [id]);
  if (!types.some(({ withdrawnAt, kind }) => withdrawnAt === null && kind !== 'comp'))
    throw new Refusal('no_types');
}

type Act = (tx: Tx, desk: Desk, screening: Screening) => Promise<string>;

/** Does it, leads back and says so; what is refused comes back beside its field. */
async function act(
  c: DeskContext,
  house: House,
  form: FormState,
  field: string,
  work: Act,
): Promise<Response> {
  const { desk } = c.var;
  try {
    const { id, said } = await inFilm(house.db, desk.film.id, async (tx) => {
      const screening = await askedScreening(c, tx);
      return { id: screening.id, said: await work(tx, desk, screening) };
    });
    return leadTo(c, `${desk.base}/screenings/${id}/tickets`, said);
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    const words = boxOfficeRefusal(refused.code, refused.details);
    if (words === null) throw refused;
    return await show(c, house, withError(form, field, words), 422);
  }
}

async function show(
  c: DeskContext,
  house: House,
  typed: FormState | null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { desk } = c.var;
  const { film, now } = desk;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const screening = await askedScreening(c, tx);
    return {
      screening,
      availability: await availabilityOf(tx, film.id, screening.id, now),
      types: await ticketTypesOf(tx, film.id, [screening.id]),
      counts: await countsByType(tx, film.id, screening.id, now),
      toRefund: (await ordersToRefund(tx, film.id, screening.id)).length,
      others: await othersOf(tx, film.id, screening.id),
    };
  });
  const places = found.availability === null ? '' : String(found.availability.places);
  const form = typed ?? { values: { places }, errors: {} };
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <TicketsPage desk={desk} {...found} form={form} notice={notice} />, status);
}

async function othersOf(tx: Tx, filmId: string, id: string): Promise<Screening[]> {
  const ids = (await screeningsWithTypes(tx, filmId)).filter((other) => other !== id).slice(0, othersMax);
  const all = [];
  for (const each of ids) all.push(await screeningById(tx, filmId, each));
  return all
    .filter((each) => each !== null)
    .sort((one, other) => other.startsAt.epochMilliseconds - one.startsAt.epochMilliseconds);
}
