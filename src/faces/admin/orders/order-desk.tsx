import { z } from 'zod';
import {
  chargesOf,
  codeById,
  disputesOf,
  editBuyer,
  nameGuests,
  type Order,
  orderById,
  refundsOf,
  resendTickets,
  sayOrderCode,
  ticketCode,
  ticketTypesOf,
} from '../../../domain/boxoffice/index.ts';
import { groupsAbout } from '../../../domain/ledger/index.ts';
import { screeningById } from '../../../domain/screenings/index.ts';
import { auditAbout } from '../../../platform/audit/audit-page.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { type FormState, type NoticeWords, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { addressField, nameField, noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { OrderPage, type WholeOrder } from './order-page.tsx';
import { refusals, sayings } from './words.ts';

const buyerForm = z.object({
  name: nameField,
  address: z.union([z.literal(''), addressField]).default(''),
  note: z.string().trim().max(300, 'At most 300 characters').default(''),
});

const guestsForm = z.object({
  'guests[]': z.array(z.string().max(200, 'At most 200 characters')).max(1_000).default([]),
});

/** One order: what, who, how it was paid and what became of the money. */
export function addOrderRoutes(app: DeskApp, house: House): void {
  app.get('/orders/:id', allow('orders.read'), (c) => showOrder(c, house, null));
  app.post('/orders/:id/buyer', allow('orders.edit'), async (c) => {
    const read = await readForm(c, buyerForm);
    if (!read.ok) return showOrder(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    const { name, address, note } = read.value;
    const id = await inFilm(house.db, film.id, async (tx) => {
      const order = await askedOrder(c, tx);
      const buyer = { orderId: order.id, name, address: address || null, note };
      await editBuyer(tx, film.id, now, actor, buyer);
      return order.id;
    });
    return leadTo(c, `${base}/orders/${id}`, 'buyer-saved');
  });
  app.post('/orders/:id/guests', allow('orders.edit'), async (c) => {
    const read = await readForm(c, guestsForm);
    if (!read.ok) return showOrder(c, house, read.form, 422);
    const names = read.value['guests[]'].map((name) => name.trim() || null);
    return await act(c, house, 'guests-saved', async (tx, { film, now, actor }, order) => {
      const good = order.tickets.filter(({ cancelledAt }) => cancelledAt === null);
      if (names.length !== good.length) throw new Refusal('form_unreadable');
      const said = new Map(good.map(({ id }, at) => [id, names[at] ?? null]));
      await nameGuests(tx, film.id, now, actor, { orderId: order.id, names: said });
    });
  });
  app.post('/orders/:id/letters', allow('orders.edit'), async (c) => {
    await readForm(c, noFields);
    return await act(c, house, 'letter-sent', (tx, { film, now }, order) =>
      resendTickets(tx, film.id, now, { orderId: order.id, isTeam: true }),
    );
  });
}

/** Does it and says so; what is refused is said on the order's page. */
async function act(
  c: DeskContext,
  house: House,
  said: string,
  work: (tx: Tx, desk: Desk, order: Order) => Promise<void>,
): Promise<Response> {
  const { desk } = c.var;
  try {
    const id = await inFilm(house.db, desk.film.id, async (tx) => {
      const order = await askedOrder(c, tx);
      await work(tx, desk, order);
      return order.id;
    });
    return leadTo(c, `${desk.base}/orders/${id}`, said);
  } catch (refused) {
    const words = refused instanceof Refusal ? refusals[refused.code] : undefined;
    if (words === undefined) throw refused;
    return await showOrder(c, house, null, 422, { tone: 'bad', words });
  }
}

/** The order that a page is about. @throws {NotFound} */
export async function askedOrder(c: DeskContext, tx: Tx): Promise<Order> {
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const order = await orderById(tx, c.var.desk.film.id, id);
  if (order === null) throw new NotFound();
  return order;
}

/** What the log calls an order and its tickets. */
function namesOf({ code, tickets }: Order): string[] {
  return [code, sayOrderCode(code), ...tickets.map(({ number }) => ticketCode(code, number))];
}

async function wholeOrder(c: DeskContext, tx: Tx): Promise<WholeOrder> {
  const { film } = c.var.desk;
  const order = await askedOrder(c, tx);
  const screening = await screeningById(tx, film.id, order.screeningId);
  if (screening === null) throw new NotFound();
  return {
    order,
    screening,
    types: await ticketTypesOf(tx, film.id, [order.screeningId]),
    code: order.codeId === null ? null : await codeById(tx, film.id, order.codeId),
    charges: await chargesOf(tx, film.id, order.id),
    refunds: await refundsOf(tx, film.id, order.id),
    disputes: await disputesOf(tx, film.id, order.id),
    groups: await groupsAbout(tx, film.id, order.id),
    history: await auditAbout(tx, film.id, namesOf(order)),
  };
}

/** The order's page, with a form that comes back where one does. */
export async function showOrder(
  c: DeskContext,
  house: House,
  typed: FormState | null,
  status: 200 | 422 = 200,
  refusal: NoticeWords | null = null,
): Promise<Response> {
  const { desk } = c.var;
  const whole = await inFilm(house.db, desk.film.id, (tx) => wholeOrder(c, tx));
  const { buyer, note } = whole.order;
  const values = { name: buyer?.name ?? '', address: buyer?.address ?? '', note };
  const form = typed ? { ...typed, values: { ...values, ...typed.values } } : { values, errors: {} };
  const notice = refusal ?? sayingOf(c.req.url, sayings);
  return answer(c, <OrderPage desk={desk} whole={whole} form={form} notice={notice} />, status);
}
