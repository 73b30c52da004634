import { z } from 'zod';
import { refundSum, refundTickets } from '../../../domain/boxoffice/index.ts';
import { readAmount } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { House } from '../../house.ts';
import { leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm } from '../form.ts';
import { askedOrder, showOrder } from './order-desk.tsx';

const ticketsForm = z.object({
  'ticket[]': z.array(z.uuid()).max(1000).default([]),
  with_gift: z.enum(['yes']).optional(),
});
const sumForm = z.object({ key: z.uuid(), amount: z.string().trim().max(30, 'At most 30 characters') });

/** Giving tickets and sums back from the desk. */
export function addRefundRoutes(app: DeskApp, house: House): void {
  app.post('/orders/:id/refund', allow('orders.edit'), async (c) => {
    const read = await readForm(c, ticketsForm);
    if (!read.ok) return showOrder(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    const { 'ticket[]': ticketIds, with_gift: gift } = read.value;
    // Also where nothing was chosen: another film's order is not here.
    const { id: orderId } = await inFilm(house.db, film.id, (tx) => askedOrder(c, tx));
    if (ticketIds.length === 0) return leadTo(c, `${base}/orders/${orderId}`, 'none-chosen');
    const asked = await inFilm(house.db, film.id, async (tx) => {
      const ask = { orderId, ticketIds, withGift: gift === 'yes', as: 'team' as const };
      return await refundTickets(tx, film.id, now, actor, ask);
    }).catch(refused);
    if (asked === null) return leadTo(c, `${base}/orders/${orderId}`, 'given-back-before');
    return leadTo(c, `${base}/orders/${orderId}`, asked.refundId === null ? 'cancelled' : 'given-back');
  });
  app.post('/orders/:id/refund-sum', allow('orders.edit'), (c) => takeSum(c, house));
}

async function takeSum(c: DeskContext, house: House): Promise<Response> {
  const read = await readForm(c, sumForm);
  if (!read.ok) return showOrder(c, house, read.form, 422);
  const { film, now, actor, base } = c.var.desk;
  const { key } = read.value;
  const order = await inFilm(house.db, film.id, (tx) => askedOrder(c, tx));
  const again = (words: string): Promise<Response> => showOrder(c, house, wrong(read.form, words), 422);
  const amount = readAmount(read.value.amount, order.currency);
  if (amount === null) return await again(`An amount of ${order.currency} above zero, such as 5.00`);
  try {
    const sum = { key, orderId: order.id, amount, ofGift: false };
    await inFilm(house.db, film.id, (tx) => refundSum(tx, film.id, now, actor, sum));
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'more_than_left') throw error;
    return await again(
      `At most ${sayMoney(Number(error.details.left), order.currency)} is left to give back`,
    );
  }
  return leadTo(c, `${base}/orders/${order.id}`, 'given-back');
}

const wrong = (form: FormState, words: string): FormState => ({ ...form, errors: { amount: words } });

/** Somebody was faster: the tickets are back already, or were never of this order. */
function refused(error: unknown): null {
  const isKnown = error instanceof Refusal && ['nothing_left', 'no_such_ticket'].includes(error.code);
  if (!isKnown) throw error;
  return null;
}
