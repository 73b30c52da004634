import { z } from 'zod';
import {
  chargesOf,
  codeById,
  editBuyer,
  type Order,
  orderById,
  refundsOf,
  sayOrderCode,
  ticketTypesOf,
} from '../../../domain/boxoffice/index.ts';
import { groupsAbout } from '../../../domain/ledger/index.ts';
import { screeningById } from '../../../domain/screenings/index.ts';
import { auditAbout } from '../../../platform/audit/audit-page.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { type FormState, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { addressField, nameField } from '../fields.ts';
import { readForm } from '../form.ts';
import { OrderPage, type WholeOrder } from './order-page.tsx';
import { sayings } from './words.ts';

const buyerForm = z.object({
  name: nameField,
  address: z.union([z.literal(''), addressField]).default(''),
  note: z.string().trim().max(300, 'At most 300 characters').default(''),
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
}

/** The order that a page is about. @throws {NotFound} */
export async function askedOrder(c: DeskContext, tx: Tx): Promise<Order> {
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const order = await orderById(tx, c.var.desk.film.id, id);
  if (order === null) throw new NotFound();
  return order;
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
    groups: await groupsAbout(tx, film.id, order.id),
    history: await auditAbout(tx, film.id, sayOrderCode(order.code)),
  };
}

/** The order's page, with a form that comes back where one does. */
export async function showOrder(
  c: DeskContext,
  house: House,
  typed: FormState | null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { desk } = c.var;
  const whole = await inFilm(house.db, desk.film.id, (tx) => wholeOrder(c, tx));
  const { buyer, note } = whole.order;
  const values = { name: buyer?.name ?? '', address: buyer?.address ?? '', note };
  const form = typed ? { ...typed, values: { ...values, ...typed.values } } : { values, errors: {} };
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <OrderPage desk={desk} whole={whole} form={form} notice={notice} />, status);
}
