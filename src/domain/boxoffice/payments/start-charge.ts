import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import type { Provider } from '../../../platform/payments/driver.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import { screeningById, shownState } from '../../screenings/index.ts';
import { lockOrders, type Order, orderState } from '../order.ts';
import { type Charge, chargeById, chargeColumns } from './charges.ts';
import './tables.ts';

/** How long a payment page is open. Stripe's shortest is half an hour; a minute more is for the clocks. */
export const pageMinutes = 31;
/** The places outlive the page, so that who pays in its last second finds them. */
const graceMinutes = 4;
/** How soon the reconciler asks about a page that was just opened. */
const firstLookMinutes = 2;

/** Whose order it is, as it was said before paying: the provider's word may come when the buyer is long gone. */
export type SaidBuyer = {
  readonly buyer: { readonly name: string; readonly address: string | null };
  readonly guestNames: readonly (string | null)[];
};

/**
 * Begins to pay for an order at a provider's page, or goes on where somebody began: an order has one open page, in
 * however many tabs. The first time, its places are kept until after the page is over, once.
 * @throws {Refusal} no_such_order · lapsed · confirmed · cancelled · screening_cancelled · nothing_due
 */
export async function startCharge(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  {
    orderId,
    provider,
    accountId,
    said,
  }: {
    readonly orderId: string;
    readonly provider: Exclude<Provider, 'offline'>;
    readonly accountId: string | null;
    readonly said: SaidBuyer;
  },
): Promise<Charge> {
  const order = await payableOrder(tx, filmId, now, orderId);
  await sayBuyer(tx, filmId, orderId, said);
  const open = await openCharge(tx, filmId, orderId);
  if (open) return open;
  await keepPlacesWhilePaying(tx, filmId, now, order);
  const id = newId();
  await tx
    .insertInto('charge')
    .values({
      ...{ filmId, id, orderId, provider, accountId, method: provider, startedAt: now },
      ...{ amount: order.total, currency: order.currency, pageUntil: now.add({ minutes: pageMinutes }) },
      lookAt: now.add({ minutes: firstLookMinutes }),
    })
    .execute();
  return await standing(tx, filmId, id);
}

/** The order, locked, if it may be paid for. @throws {Refusal} as `startCharge` */
export async function payableOrder(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  orderId: string,
): Promise<Order> {
  const order = (await lockOrders(tx, filmId, [orderId])).get(orderId);
  if (!order) throw new Refusal('no_such_order');
  const state = orderState(order, now);
  if (state !== 'open') throw new Refusal(state);
  if (order.total === 0) throw new Refusal('nothing_due');
  const screening = await screeningById(tx, filmId, order.screeningId);
  if (!screening || shownState(screening, now) === 'cancelled') throw new Refusal('screening_cancelled');
  return order;
}

/** Keeps who buys and who comes, whatever was said before. */
export async function sayBuyer(
  tx: Tx,
  filmId: string,
  orderId: string,
  { buyer, guestNames }: SaidBuyer,
): Promise<void> {
  await tx
    .updateTable('order')
    .set({
      ...{ buyerName: buyer.name, buyerAddress: buyer.address },
      guestNames: JSON.stringify(guestNames),
    })
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .execute();
}

/** Who comes, as it was said when paying began. */
export async function saidGuests(tx: Tx, filmId: string, orderId: string): Promise<(string | null)[]> {
  const { guestNames } = await tx
    .selectFrom('order')
    .select('guestNames')
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  return guestNames;
}

/** The page that an order is being paid at, or null. */
export async function openCharge(tx: Tx, filmId: string, orderId: string): Promise<Charge | null> {
  const row = await tx
    .selectFrom('charge')
    .select(chargeColumns)
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .where('provider', '<>', 'offline')
    .where('succeededAt', 'is', null)
    .where('goneAt', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Notes where the provider's page is. Said again it stays as it was first said. */
export async function keepPage(
  tx: Tx,
  filmId: string,
  chargeId: string,
  { ref, url }: { readonly ref: string; readonly url: string | null },
): Promise<Charge> {
  await tx
    .updateTable('charge')
    .set({ providerRef: ref, pageUrl: url })
    .where('filmId', '=', filmId)
    .where('id', '=', chargeId)
    .where('providerRef', 'is', null)
    .execute();
  return await standing(tx, filmId, chargeId);
}

/** Gives a payment up that the provider would not even begin: the order may be paid another way. */
export async function dropCharge(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  chargeId: string,
): Promise<void> {
  await tx
    .updateTable('charge')
    .set({ goneAt: now, lookAt: null })
    .where('filmId', '=', filmId)
    .where('id', '=', chargeId)
    .where('providerRef', 'is', null)
    .where('succeededAt', 'is', null)
    .execute();
}

/**
 * The first payment of an order makes its places wait for it, once: whoever lets one page after another run out does
 * not keep places for ever.
 */
async function keepPlacesWhilePaying(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  order: Order,
): Promise<void> {
  const before = await tx
    .selectFrom('charge')
    .select('id')
    .where('filmId', '=', filmId)
    .where('orderId', '=', order.id)
    .limit(1)
    .executeTakeFirst();
  const until = now.add({ minutes: pageMinutes + graceMinutes });
  const isLonger = until.epochMilliseconds > order.lapsesAt.epochMilliseconds;
  if (!before && isLonger && !(await holdUntil(tx, filmId, now, order.id, until)))
    throw new Refusal('lapsed');
}

/** Moves the end of what an order holds. @returns false, and nothing moved, when its places came back before */
export async function holdUntil(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  orderId: string,
  until: Temporal.Instant,
): Promise<boolean> {
  const kept = await tx
    .updateTable('hold')
    .set({ expiresAt: until })
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .where('expiresAt', '>', now)
    .returning('id')
    .execute();
  if (kept.length === 0) return false;
  await tx
    .updateTable('codeUse')
    .set({ expiresAt: until })
    .where('filmId', '=', filmId)
    .where('orderId', '=', orderId)
    .execute();
  await tx
    .updateTable('order')
    .set({ lapsesAt: until })
    .where('filmId', '=', filmId)
    .where('id', '=', orderId)
    .execute();
  return true;
}

async function standing(tx: Tx, filmId: string, id: string): Promise<Charge> {
  const charge = await chargeById(tx, filmId, id);
  if (!charge) throw new Error('a payment that was just kept is not there');
  return charge;
}
