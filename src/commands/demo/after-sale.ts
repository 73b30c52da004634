import type { Temporal } from 'temporal-polyfill';
import {
  chargeById,
  chargesOf,
  offerPlaces,
  orderById,
  ordersToRefund,
  owedOf,
  payInvoice,
  placeHolds,
  refundById,
  refundSum,
  refundTickets,
  settleOwnRefund,
  settleRefunds,
  tryName,
} from '../../domain/boxoffice/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { scenes } from './calendar.ts';
import type { PlannedOrder } from './orders.ts';
import { personOf } from './people.ts';
import { buyer, type Season, team } from './season.ts';
import { filmZone } from './season-clock.ts';
import { pay, requestOf } from './sell.ts';
import { typesOnSale } from './types-on-sale.ts';

/** Lets happen what becomes of an order later: it is given back in whole or in part, or its invoice is paid. */
export function planAfterSale(season: Season, order: PlannedOrder, orderId: string): void {
  const { dice, fate, way } = order;
  if (way === 'invoice')
    season.at(order.at.add({ hours: dice.whole(5 * 24, 19 * 24) }), (now) => payOwed(season, now, orderId));
  if (fate === 'kept' || fate === 'abandoned') return;
  const later = order.at.add({ hours: dice.whole(3, 6 * 24), minutes: dice.whole(0, 59) });
  season.at(later, (now) => giveBack(season, now, order, orderId));
}

async function payOwed({ tx, filmId, dayOf }: Season, now: Temporal.Instant, orderId: string): Promise<void> {
  for (const charge of await chargesOf(tx, filmId, orderId))
    if (owedOf(charge) > 0)
      await payInvoice(tx, filmId, now, team, { chargeId: charge.id, into: 'bank', bookedOn: dayOf(now) });
}

const sumBack = 500;

async function giveBack(
  season: Season,
  now: Temporal.Instant,
  order: PlannedOrder,
  orderId: string,
): Promise<void> {
  const { tx, filmId } = season;
  const standing = await orderById(tx, filmId, orderId);
  const good = standing?.tickets.filter(({ cancelledAt }) => cancelledAt === null) ?? [];
  if (!standing || good.length === 0) return;
  try {
    if (order.fate === 'sum given back') {
      const asked = { key: newId(), orderId, amount: sumBack, ofGift: false };
      return await settle(season, now, (await refundSum(tx, filmId, now, team, asked)).refundId);
    }
    const isSome = order.fate === 'some given back' && good.length > 1;
    const ticketIds = good.slice(0, isSome ? 1 : good.length).map(({ id }) => id);
    const as = order.dice.chance(0.6) ? 'buyer' : 'team';
    const asked = { orderId, ticketIds, withGift: as === 'team' && order.dice.chance(0.3), as } as const;
    const { refundId } = await refundTickets(tx, filmId, now, as === 'buyer' ? buyer : team, asked);
    await settle(season, now, refundId);
    await offerWhatCameBack(season, now, order);
  } catch (error) {
    // Too late by the film's own rule, or less was paid than the sum: it stays as it was.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Sends money back as the program would: by the sandbox at once, by hand where it came by hand. */
export async function settle(
  { tx, filmId, driver }: Season,
  now: Temporal.Instant,
  refundId: string | null,
): Promise<void> {
  const refund = refundId === null ? null : await refundById(tx, filmId, refundId);
  const charge = refund && (await chargeById(tx, filmId, refund.chargeId));
  if (!refund || !charge || refund.state === 'succeeded') return;
  const { amount, currency } = refund;
  if (charge.paymentRef === null) return await settleOwnRefund(tx, filmId, now, team, refund.id);
  const name = tryName(refund);
  const asked = { key: `refund:${name}`, refundId: name, paymentRef: charge.paymentRef, amount, currency };
  const answer = await driver.refund(asked);
  if (answer.kind !== 'refund') throw new Error(`the sandbox answered ${answer.kind}`);
  await settleRefunds(tx, filmId, now, charge.id, [answer.refund]);
}

/** What came back is offered to those who wait; some take it up, some let it run out. */
async function offerWhatCameBack(
  season: Season,
  now: Temporal.Instant,
  { show, dice }: Pick<PlannedOrder, 'show' | 'dice'>,
): Promise<void> {
  const { tx, filmId, shows } = season;
  const { screeningId = '', types } = shows.get(show.slug) ?? {};
  for (const { key, address, places, language } of await offerPlaces(tx, filmId, now, screeningId)) {
    const own = dice.of(`offer ${address}`);
    const type = own.pick(show.types.filter((name) => typesOnSale[name].kind === 'fixed'));
    if (!types?.has(type) || own.chance(0.35)) continue;
    const at = now.add({ minutes: own.whole(10, 300) });
    season.at(at, async (taken) => {
      const person = { ...personOf(season.dice, own.whole(1, 999_999)), address };
      const order: PlannedOrder = {
        ...{ number: 0, show, at, way: 'site', person, type, quantity: places, amount: null, gift: 0 },
        ...{ code: '', referral: null, guests: [], method: 'cash', fate: 'kept', dice: own },
      };
      const request = { ...requestOf(season, order), language, offer: key };
      const [answer] = await placeHolds(tx, filmId, taken, [request]);
      if (answer?.kind === 'held') await pay(season, order, answer.orderId);
    });
  }
}

/** On which days the team takes tickets of the full house back, for somebody who cannot come. */
const returnDays = [-3, -2, -1, 0];

/** Lets places come back to the house that is full, so that its line moves: to the end somebody has an open offer. */
export function planReturns(season: Season): void {
  const { tx, filmId, clock, shows, dice } = season;
  const full = shows.get(scenes.soldOut);
  if (!full) return;
  for (const day of returnDays)
    season.at(clock.planned(day, '16:00', filmZone), async (now) => {
      const orders = await ordersToRefund(tx, filmId, full.screeningId);
      const order = await orderById(tx, filmId, orders[(day + 7) % orders.length] ?? '');
      const ticketIds = order?.tickets.filter(({ cancelledAt }) => cancelledAt === null).map(({ id }) => id);
      if (!order || !ticketIds) return;
      const asked = { orderId: order.id, ticketIds, withGift: false, as: 'team' } as const;
      const { refundId } = await refundTickets(tx, filmId, now, team, asked);
      if (order.method === 'sandbox') await settle(season, now, refundId);
      await offerWhatCameBack(season, now, { show: full.show, dice: dice.of(`return ${day}`) });
    });
}
