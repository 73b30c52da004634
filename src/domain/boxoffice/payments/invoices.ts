import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { addJob } from '../../../platform/jobs/queue.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import { filmMoney } from '../../film/index.ts';
import { boxOfficeOf } from '../box-office.ts';
import { confirmOrders } from '../confirm-orders.ts';
import { type Order, sayOrderCode } from '../order.ts';
import { postInvoicePaid, sayAmount } from './charge-postings.ts';
import { type Charge, chargeColumns } from './charges.ts';
import { lockedCharge } from './settle-charge.ts';
import { openCharge, payableOrder, type SaidBuyer, sayBuyer } from './start-charge.ts';

/** Sends a buyer their invoice: a job's name. */
export const invoiceLetter = 'send-invoice';

/**
 * Confirms an order that is paid later by invoice, where the film allows it: its tickets are given, and the books know
 * what is owed. Said again it stays as it is.
 * @throws {Refusal} no_invoices · address_needed · pays_elsewhere, while a payment page is open for it · those of
 *   `startCharge`
 */
export async function promiseByInvoice(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { orderId, said }: { readonly orderId: string; readonly said: SaidBuyer },
): Promise<void> {
  const { invoiceDays } = await boxOfficeOf(tx, filmId);
  if (invoiceDays === null) throw new Refusal('no_invoices');
  if (said.buyer.address === null) throw new Refusal('address_needed');
  const order = await payableOrder(tx, filmId, now, orderId);
  if (await openCharge(tx, filmId, orderId)) throw new Refusal('pays_elsewhere');
  await sayBuyer(tx, filmId, orderId, said);
  const { today } = await filmMoney(tx, filmId, now);
  const { buyer, guestNames } = said;
  const confirmations = [{ orderId, method: 'invoice' as const, buyer, guestNames }];
  const [answer] = await confirmOrders(tx, filmId, now, by, { bookedOn: today, confirmations });
  if (answer?.kind !== 'confirmed') throw answer?.refusal ?? new Refusal('lapsed');
  await keepInvoice(tx, filmId, now, order);
}

/** Writes the invoice of an order that was confirmed to be paid by one, and adds the job that sends it. */
export async function keepInvoice(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { id: orderId, total: amount, currency }: Pick<Order, 'id' | 'total' | 'currency'>,
): Promise<void> {
  const { invoiceDays } = await boxOfficeOf(tx, filmId);
  const { today } = await filmMoney(tx, filmId, now);
  const id = newId();
  await tx
    .insertInto('charge')
    .values({
      ...{ filmId, id, orderId, provider: 'offline', method: 'invoice', amount, currency, startedAt: now },
      ...{ fulfils: true, captured: amount, invoiceNumber: await nextNumber(tx, filmId) },
      dueOn: today.add({ days: invoiceDays ?? 0 }).toString(),
    })
    .execute();
  await addJob(tx, invoiceLetter, { filmId, chargeId: id }, { key: `invoice:${id}` });
}

/** Numbers without gaps, as the tax office wants them: given one at a time, in the transaction of the invoice. */
async function nextNumber(tx: Tx, filmId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('invoices ' || ${filmId}::text, 0))`.execute(tx);
  const { last } = await tx
    .selectFrom('charge')
    .select((it) => it.fn.max('invoiceNumber').as('last'))
    .where('filmId', '=', filmId)
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

/** What of an invoice is still owed: tickets that were given back are not. Minor units. */
export function owedOf({ captured, refunded, succeededAt }: Charge): number {
  return succeededAt === null ? captured - refunded : 0;
}

/**
 * Notes that an invoice was paid. Said again it stays as it was noted.
 * @throws {Refusal} no_such_invoice · nothing_owed · in_the_future
 */
export async function payInvoice(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    chargeId,
    into,
    bookedOn,
  }: {
    readonly chargeId: string;
    readonly into: 'bank' | 'cash';
    readonly bookedOn: Temporal.PlainDate;
  },
): Promise<void> {
  const known = (await invoicesOf(tx, filmId)).some(({ id }) => id === chargeId);
  if (!known) throw new Refusal('no_such_invoice');
  const { order, charge } = await lockedCharge(tx, filmId, chargeId);
  if (charge.succeededAt !== null) return;
  const amount = owedOf(charge);
  if (amount === 0) throw new Refusal('nothing_owed');
  const { today } = await filmMoney(tx, filmId, now);
  if (bookedOn.toString() > today.toString()) throw new Refusal('in_the_future');
  await tx
    .updateTable('charge')
    .set({ succeededAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', chargeId)
    .execute();
  await postInvoicePaid(tx, filmId, now, by, { order, charge, amount, into, bookedOn });
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'payments.invoice_paid', subject: sayOrderCode(order.code) },
    details: { amount: sayAmount(amount, charge.currency) },
  });
}

/** The film's invoices, those that are owed first, the longest due at the top. */
export async function invoicesOf(tx: Tx, filmId: string): Promise<Charge[]> {
  return await tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('filmId', '=', filmId)
    .where('method', '=', 'invoice')
    .orderBy('succeededAt', (by) => by.desc().nullsFirst())
    .orderBy('dueOn')
    .limit(500)
    .execute();
}

/** Whether an invoice should have been paid before this day. */
export function isOverdue(charge: Charge, today: Temporal.PlainDate): boolean {
  return owedOf(charge) > 0 && charge.dueOn !== null && charge.dueOn < today.toString();
}
