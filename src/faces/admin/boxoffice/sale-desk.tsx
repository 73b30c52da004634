import { z } from 'zod';
import {
  availabilityOf,
  boxOfficeOf,
  codesByWord,
  type Order,
  orderById,
  quote,
  readCode,
  refuseCode,
  sellAtDesk,
  type TicketType,
  ticketTypesOf,
  undoSale,
  whyNotSelling,
} from '../../../domain/boxoffice/index.ts';
import { filmMoney, latestRevision } from '../../../domain/film/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newSecret } from '../../../platform/secrets.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { askedScreening } from './asked-screening.ts';
import { SalePage, type SalePageProps } from './sale-page.tsx';
import { freshSale, readSale, saleForm } from './sale-values.ts';
import { boxOfficeRefusal } from './words.ts';

const sale = '/screenings/:id/sale';

/** Selling and giving at the desk, and with big buttons at the door. */
export function addSaleRoutes(app: DeskApp, house: House): void {
  app.get(sale, allow('boxoffice.sell'), (c) => show(c, house, {}));
  app.post(sale, allow('boxoffice.sell'), (c) => sell(c, house));
  app.post(`${sale}/:order/undoing`, allow('boxoffice.sell'), (c) => undo(c, house));
}

type Ground = Pick<SalePageProps, 'screening' | 'types' | 'availability' | 'why' | 'hasInvoices'>;

async function groundOf(c: DeskContext, tx: Tx): Promise<Ground> {
  const { film, now } = c.var.desk;
  const screening = await askedScreening(c, tx);
  const types = await ticketTypesOf(tx, film.id, [screening.id]);
  return {
    screening,
    types: types.filter(({ withdrawnAt, kind }) => withdrawnAt === null && kind !== 'comp'),
    availability: await availabilityOf(tx, film.id, screening.id, now),
    why: types.length === 0 ? 'no_box_office' : whyNotSelling(screening, now, true),
    hasInvoices: (await boxOfficeOf(tx, film.id)).invoiceDays !== null,
  };
}

type Shown = {
  readonly form?: FormState;
  readonly total?: string | null;
  readonly status?: 200 | 422;
  readonly isUndoing?: boolean;
};

async function show(
  c: DeskContext,
  house: House,
  { form, total = null, status = 200, isUndoing = false }: Shown,
): Promise<Response> {
  const { desk } = c.var;
  const { sold = '', at = 'desk', method = 'cash' } = c.req.query();
  const found = await inFilm(house.db, desk.film.id, async (tx) => {
    const ground = await groundOf(c, tx);
    return { ...ground, sold: await soldOf(tx, desk.film.id, sold, ground.screening) };
  });
  const isDoor = (form?.values.at ?? at) === 'door';
  const fresh = { ...freshSale(found.types, newSecret(), isDoor ? 'door' : 'desk'), method };
  const shown = { values: { ...fresh, ...form?.values }, errors: form?.errors ?? {} };
  return answer(
    c,
    <SalePage desk={desk} {...found} {...{ isDoor, total, isUndoing }} form={shown} />,
    status,
  );
}

/** The order that was just sold, for the notice; another screening's says nothing here. */
async function soldOf(tx: Tx, filmId: string, id: string, screening: Screening): Promise<Order | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const order = await orderById(tx, filmId, id);
  return order?.screeningId === screening.id ? order : null;
}

async function sell(c: DeskContext, house: House): Promise<Response> {
  const { film, now, actor, base } = c.var.desk;
  const { screening, types } = await inFilm(house.db, film.id, (tx) => groundOf(c, tx));
  const sent = await readForm(c, saleForm(types));
  if (!sent.ok) return await show(c, house, { form: sent.form, status: 422 });
  const read = readSale(sent.value, types);
  if (!read.ok) return await show(c, house, { form: read.form, status: 422 });
  const { form } = read;
  try {
    if (sent.value.look === 'yes') {
      const { total, currency } = await quoted(c, house, read.sale, types, screening);
      return await show(c, house, { form, total: total === null ? null : `${total} ${currency}` });
    }
    const order = await inFilm(house.db, film.id, async (tx) => {
      const { today } = await filmMoney(tx, film.id, now);
      const language = (await latestRevision(tx, film.id))?.document.film.site_languages[0] ?? 'en';
      const whole = { ...read.sale, screeningId: screening.id, language };
      return await sellAtDesk(tx, film.id, now, actor, whole, today);
    });
    const { channel, method } = read.sale;
    const back = new URLSearchParams({ at: channel, method, sold: order.id });
    return c.redirect(`${base}/screenings/${screening.id}/sale?${back}`, 303);
  } catch (refused) {
    return await show(c, house, { form: refusedForm(refused, form, types), status: 422 });
  }
}

/** Takes a sale of a moment ago back, and says what that means for the money. */
async function undo(c: DeskContext, house: House): Promise<Response> {
  await readForm(c, noFields);
  const { film, now, actor, base } = c.var.desk;
  const orderId = c.req.param('order') ?? '';
  if (!z.uuid().safeParse(orderId).success) throw new NotFound();
  const screening = await inFilm(house.db, film.id, (tx) => askedScreening(c, tx));
  try {
    const { channel, method } = await inFilm(house.db, film.id, (tx) =>
      undoSale(tx, film.id, now, actor, { orderId, screeningId: screening.id }),
    );
    const back = new URLSearchParams({ at: channel, method: method ?? 'cash', sold: orderId });
    return c.redirect(`${base}/screenings/${screening.id}/sale?${back}`, 303);
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'not_sold_here') throw new NotFound();
    const words = boxOfficeRefusal(refused.code, refused.details);
    if (words === null) throw refused;
    const form = { values: {}, errors: { '': words } };
    return await show(c, house, { form, status: 422, isUndoing: true });
  }
}

/** What the choice comes to, without setting anything aside. */
async function quoted(
  c: DeskContext,
  house: House,
  { choices, code }: { readonly choices: Parameters<typeof quote>[1]['choices']; readonly code: string },
  types: readonly TicketType[],
  screening: Screening,
): Promise<{ readonly total: number | null; readonly currency: string }> {
  const { film, now } = c.var.desk;
  const currency = types[0]?.currency ?? '';
  if (choices.length === 0) return { total: 0, currency };
  const word = readCode(code) ?? '';
  const codes = await inFilm(house.db, film.id, (tx) => codesByWord(tx, film.id, [word]));
  const promo = codes.get(word);
  if (code.trim() !== '') refuseCode(promo, { screeningId: screening.id, currency }, now);
  return quote(types, { choices, gift: 0, code: promo ?? null, isTeam: true }, now);
}

/** What was refused, beside the field that it is about. */
function refusedForm(refused: unknown, form: FormState, types: readonly TicketType[]): FormState {
  if (!(refused instanceof Refusal)) throw refused;
  const words = boxOfficeRefusal(refused.code, refused.details);
  if (words === null) throw refused;
  const type = types.find(({ id }) => id === refused.details.type);
  if (refused.code.startsWith('amount') && type) return withError(form, `a-${type.id}`, words);
  if (type) return withError(form, `q-${type.id}`, words);
  const field = /code/.test(refused.code) ? 'code' : refused.code === 'buyer_missing' ? 'address' : '';
  return withError(form, field, words);
}
