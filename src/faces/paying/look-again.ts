import {
  type Charge,
  chargeById,
  dropCharge,
  lookAgainAt,
  openCharge,
  orderById,
  orderState,
  type Settled,
  settleCharge,
} from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { driverOf, type Till } from './drivers.ts';

/** How long a provider that could not be asked is left alone. */
const restMinutes = 5;

/**
 * Asks the provider about a payment and settles what it says: for the buyer who came back, for an event, for the
 * reconciler. A page whose order lapsed is ended on the way, so that nobody pays for places that are others' by now.
 * @returns null where the provider could not be asked
 */
export async function lookAgain(
  till: Till,
  filmId: string,
  chargeId: string,
  { isToEnd: isAsked = false }: { readonly isToEnd?: boolean } = {},
): Promise<Settled | null> {
  const { db, clock, log } = till;
  const found = await inFilm(db, filmId, async (tx) => {
    const charge = await chargeById(tx, filmId, chargeId);
    const order = charge && (await orderById(tx, filmId, charge.orderId));
    return charge && order ? { charge, isLapsed: orderState(order, clock()) === 'lapsed' } : null;
  });
  const driver = found && (await driverOf(till, filmId, found.charge));
  if (!driver) return await leave(till, filmId, chargeId);
  const { charge, isLapsed } = found;
  if (charge.providerRef === null) return await neverBegun(till, filmId, charge);
  const isToEnd = (isLapsed || isAsked) && charge.succeededAt === null && charge.pendingAt === null;
  const ref = charge.providerRef;
  const result = isToEnd ? await driver.expirePage(ref) : await driver.lookAtPage(ref);
  if (result.kind === 'page')
    return await inFilm(db, filmId, (tx) => settleCharge(tx, filmId, clock(), chargeId, result.page));
  log.warn({ film: filmId, charge: chargeId, why: result.kind }, 'a payment could not be looked at');
  const later = clock().add({ minutes: restMinutes });
  await inFilm(db, filmId, (tx) => lookAgainAt(tx, filmId, chargeId, later));
  return null;
}

/** The same for the page that an order is being paid at, if there is one: when its buyer comes back. */
export async function lookAtOrder(till: Till, filmId: string, orderId: string): Promise<Settled | null> {
  const open = await inFilm(till.db, filmId, (tx) => openCharge(tx, filmId, orderId));
  return open ? await lookAgain(till, filmId, open.id) : null;
}

/** Ends the page that an order is being paid at, because its buyer wants something else; paid meanwhile it is settled. */
export async function endPaying(till: Till, filmId: string, orderId: string): Promise<void> {
  const open = await inFilm(till.db, filmId, (tx) => openCharge(tx, filmId, orderId));
  if (open?.providerRef === null)
    await inFilm(till.db, filmId, (tx) => dropCharge(tx, filmId, till.clock(), open.id));
  else if (open) await lookAgain(till, filmId, open.id, { isToEnd: true });
}

/** A page whose address nobody was ever given is paid by nobody: over once its time is. */
async function neverBegun(
  { db, clock }: Till,
  filmId: string,
  { id, pageUntil }: Charge,
): Promise<Settled | null> {
  const now = clock();
  const isOver = pageUntil !== null && pageUntil.epochMilliseconds <= now.epochMilliseconds;
  await inFilm(db, filmId, (tx) =>
    isOver ? dropCharge(tx, filmId, now, id) : lookAgainAt(tx, filmId, id, now.add({ minutes: restMinutes })),
  );
  return isOver ? { kind: 'gone' } : null;
}

async function leave({ db }: Till, filmId: string, chargeId: string): Promise<null> {
  await inFilm(db, filmId, (tx) => lookAgainAt(tx, filmId, chargeId, null));
  return null;
}
