import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { payInvoice, retryRefund, settleOwnRefund } from '../../../domain/boxoffice/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { change } from './account-desk.tsx';
import { showPayments } from './show.tsx';

const paidForm = z.object({
  into: z.enum(['bank', 'cash'], 'Bank or cash box'),
  paid_on: z.iso.date('A day such as 2026-12-01'),
});

/** What the team notes itself: invoices that were paid, money that went back by hand, refunds asked for again. */
export function addSettleRoutes(desk: DeskApp, house: House): void {
  desk.post('/payments/refunds/:id/made', allow('books.post'), async (c) => {
    await readForm(c, noFields);
    const id = askedId(c);
    return await change(c, house, 'made', (tx, { film, now, actor }) =>
      settleOwnRefund(tx, film.id, now, actor, id),
    );
  });
  desk.post('/payments/refunds/:id/again', allow('books.post'), async (c) => {
    await readForm(c, noFields);
    const id = askedId(c);
    return await change(c, house, 'again', (tx, { film, now, actor }) =>
      retryRefund(tx, film.id, now, actor, id),
    );
  });
  desk.post('/payments/invoices/:id/paid', allow('books.post'), async (c) => {
    const read = await readForm(c, paidForm);
    if (!read.ok)
      return showPayments(
        c,
        house,
        { values: {}, errors: { '': Object.values(read.form.errors)[0] ?? '' } },
        422,
      );
    const [chargeId, { into, paid_on: day }] = [askedId(c), read.value];
    const bookedOn = Temporal.PlainDate.from(day);
    return await change(c, house, 'paid', (tx, { film, now, actor }) =>
      payInvoice(tx, film.id, now, actor, { chargeId, into, bookedOn }),
    );
  });
}

function askedId(c: DeskContext): string {
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  return id;
}
