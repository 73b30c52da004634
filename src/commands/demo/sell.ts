import type { Temporal } from 'temporal-polyfill';
import {
  confirmOrders,
  type HoldRequest,
  joinLine,
  keepPage,
  placeHolds,
  promiseByInvoice,
  sellAtDesk,
  settleCharge,
  startCharge,
} from '../../domain/boxoffice/index.ts';
import { endSandboxPayment } from '../../platform/payments/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newSecret } from '../../platform/secrets.ts';
import { planAfterSale } from './after-sale.ts';
import type { PlannedOrder } from './orders.ts';
import { buyer, type Season, team } from './season.ts';

/** What a season sold: for whoever made it to read. */
export type Tally = { orders: number; turnedAway: number; abandoned: number };

/** Takes orders that come closely one after the other: held together, then each paid in its own way. */
export async function sell(season: Season, tally: Tally, orders: readonly PlannedOrder[]): Promise<void> {
  const atDesk = orders.filter(({ way }) => way === 'desk' || way === 'door' || way === 'comp');
  for (const order of atDesk) await countOr(tally, () => sellByHand(season, order));
  const onSite = orders.filter((order) => !atDesk.includes(order));
  const [first] = onSite;
  if (!first) return;
  const { tx, filmId, clock } = season;
  const now = clock.moment(first.at);
  const answers = await placeHolds(
    tx,
    filmId,
    now,
    onSite.map((order) => requestOf(season, order)),
  );
  const free: { orderId: string; order: PlannedOrder }[] = [];
  for (const [at, answer] of answers.entries()) {
    const order = onSite[at];
    if (!order) continue;
    if (answer.kind !== 'held') {
      const why = answer.kind === 'refused' ? answer.refusal : new Refusal('key_used');
      turnAway(tally, why);
      await mayWait(season, now, order, why);
      continue;
    }
    const { orderId } = answer;
    if (order.fate === 'abandoned') {
      tally.abandoned += 1;
      await leave(season, order, orderId);
      continue;
    }
    tally.orders += 1;
    if (isForNothing(order)) free.push({ orderId, order });
    else if (order.way === 'invoice') await takeInvoice(season, order, orderId);
    else await pay(season, order, orderId);
    planAfterSale(season, order, orderId);
  }
  await giveAway(season, free);
}

/** Refused is refused: a house is full, and the season goes on. */
async function countOr(tally: Tally, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    tally.orders += 1;
  } catch (error) {
    turnAway(tally, error);
  }
}

/** What a season may be refused; anything else is a mistake of its plan. */
const ordinary = new Set(['places_gone', 'places_gone_of_type', 'sold_out', 'cancelled']);

function turnAway(tally: Tally, why: unknown): void {
  if (!(why instanceof Refusal && ordinary.has(why.code))) throw why;
  tally.turnedAway += 1;
}

const isForNothing = ({ amount, gift, type }: PlannedOrder): boolean =>
  gift === 0 && (amount === 0 || type === 'rsvp' || type === 'community');

/** The request that an order makes on the site. */
export function requestOf({ shows }: Season, order: PlannedOrder): HoldRequest {
  const { show, type, quantity, amount, gift, code, referral, person } = order;
  const { screeningId = '', types } = shows.get(show.slug) ?? {};
  return {
    ...{ key: newSecret(), screeningId, gift, code, referral, language: person.language, channel: 'site' },
    choices: [{ ticketTypeId: types?.get(type) ?? '', quantity, amount }],
  };
}

const saidOf = ({ person, guests }: PlannedOrder) => ({
  ...{ buyer: { name: person.name, address: person.address }, guestNames: guests },
});

/** Pays at the sandbox’s page some minutes after the places were held. */
export async function pay(season: Season, order: PlannedOrder, orderId: string): Promise<void> {
  const { tx, filmId, clock, driver } = season;
  const { ref, chargeId } = await openPage(season, order, orderId);
  const paidAt = clock.moment(order.at.add({ seconds: order.dice.whole(50, 240) }));
  await endSandboxPayment(tx, filmId, ref, paidAt, 'paid');
  const seen = await driver.lookAtPage(ref);
  if (seen.kind !== 'page') throw new Error(`the sandbox answered ${seen.kind}`);
  await settleCharge(tx, filmId, paidAt, chargeId, seen.page);
}

async function openPage(season: Season, order: PlannedOrder, orderId: string) {
  const { tx, filmId, clock, driver, siteUrl } = season;
  const now = clock.moment(order.at);
  const charge = await startCharge(tx, filmId, now, {
    ...{ orderId, provider: 'sandbox', accountId: null, said: saidOf(order) },
  });
  const answer = await driver.startPage({
    ...{ key: charge.id, orderId, chargeId: charge.id, amount: charge.amount, currency: charge.currency },
    ...{ title: `${order.quantity} × The Long Light`, buyerAddress: order.person.address },
    ...{ language: order.person.language, returnUrl: siteUrl, leaveUrl: siteUrl },
    until: charge.pageUntil ?? now.add({ minutes: 31 }),
  });
  if (answer.kind !== 'page') throw new Error(`the sandbox answered ${answer.kind}`);
  const { ref, url } = answer.page;
  await keepPage(tx, filmId, charge.id, { ref, url });
  return { ref, chargeId: charge.id };
}

/** Goes to the payment page and never pays: it is gone when its time is over, and the places come back by the clock. */
async function leave(season: Season, order: PlannedOrder, orderId: string): Promise<void> {
  // What is for nothing has no page to leave.
  if (isForNothing(order)) return;
  const { tx, filmId, driver } = season;
  const { ref, chargeId } = await openPage(season, order, orderId);
  season.at(order.at.add({ minutes: 40 }), async (now) => {
    const seen = await driver.expirePage(ref);
    if (seen.kind === 'page') await settleCharge(tx, filmId, now, chargeId, seen.page);
  });
}

async function takeInvoice(season: Season, order: PlannedOrder, orderId: string): Promise<void> {
  const { tx, filmId, clock } = season;
  const now = clock.moment(order.at);
  await promiseByInvoice(tx, filmId, now, buyer, { orderId, said: saidOf(order) });
}

/** Confirms together what costs nothing. */
async function giveAway(
  { tx, filmId, clock, dayOf }: Season,
  free: readonly { orderId: string; order: PlannedOrder }[],
): Promise<void> {
  const last = free.at(-1);
  if (!last) return;
  const now = clock.moment(last.order.at.add({ seconds: 40 }));
  const confirmations = free.map(({ orderId, order }) => ({
    ...{ orderId, method: 'free' as const, ...saidOf(order) },
  }));
  await confirmOrders(tx, filmId, now, buyer, { bookedOn: dayOf(now), confirmations });
}

async function sellByHand({ tx, filmId, clock, shows, dayOf }: Season, order: PlannedOrder): Promise<void> {
  const { show, type, quantity, amount, way, method, person } = order;
  const { screeningId = '', types } = shows.get(show.slug) ?? {};
  const isComp = way === 'comp';
  const now = clock.moment(order.at);
  const choices = isComp ? [] : [{ ticketTypeId: types?.get(type) ?? '', quantity, amount }];
  const isKnown = way !== 'door';
  await sellAtDesk(
    ...[tx, filmId, now, team],
    {
      ...{ key: newSecret(), screeningId, choices, comps: isComp ? Math.min(quantity, 2) : 0, code: '' },
      ...{ channel: way === 'door' ? 'door' : 'desk', method, language: person.language },
      ...{ name: isKnown ? person.name : null, address: isKnown ? person.address : null },
      note: isComp ? order.dice.pick(['Press', 'Guest of the house', 'Panel']) : '',
    },
    dayOf(now),
  );
}

/** Of those who find a house full, most stand in its line. */
async function mayWait(
  { tx, filmId, shows }: Season,
  now: Temporal.Instant,
  { show, person, quantity, dice }: PlannedOrder,
  { code }: Refusal,
): Promise<void> {
  if (code !== 'places_gone' && code !== 'sold_out') return;
  if (dice.chance(0.2)) return;
  const { screeningId = '' } = shows.get(show.slug) ?? {};
  const wish = { key: newSecret(), screeningId, address: person.address, language: person.language };
  try {
    await joinLine(tx, filmId, now, { ...wish, places: Math.min(quantity, 4) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
