import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { takePlaces } from './capacity.ts';
import { lockCodes } from './codes.ts';
import { lockFundFor, withGrant } from './grants.ts';
import type { Ready } from './hold-request.ts';
import { keepCodeUses, keepOfferUses } from './keep-orders.ts';
import { saysOtherwise } from './sale.ts';
import './tables.ts';

/** Takes places and code uses for all who are ready: each all that it wants, or a refusal. */
export async function takeFor(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  ready: readonly Ready[],
): Promise<Map<Ready, Refusal | null>> {
  const answers = new Map<Ready, Refusal | null>();
  const codeIds = [...new Set(ready.flatMap(({ promo }) => (promo ? [promo.id] : [])))];
  const leftOf = await lockCodes(tx, codeIds, now);
  await lockFundFor(tx, filmId, now, ready);
  const byScreening = Map.groupBy(ready, ({ request }) => request.screeningId);
  for (const screeningId of [...byScreening.keys()].sort()) {
    const all = byScreening.get(screeningId) ?? [];
    const others = all.filter(({ grant }) => grant === null);
    await takeInTurns(tx, filmId, now, { screeningId, ready: others }, leftOf, answers);
    // Who is refused a place must not use the fund up: each whose place it pays in turn.
    for (const one of all.filter(({ grant }) => grant !== null))
      answers.set(one, await takeGranted(tx, filmId, now, one));
  }
  const held = ready.filter((one) => answers.get(one) === null);
  await keepCodeUses(tx, filmId, held);
  await keepOfferUses(tx, filmId, held);
  return answers;
}

/**
 * All at once, in the order in which they came. Who is refused places must not use a code up: where somebody who had
 * one got nothing, those for whom it seemed used up have another turn.
 */
async function takeInTurns(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { screeningId, ready }: { readonly screeningId: string; readonly ready: readonly Ready[] },
  leftOf: Left,
  answers: Map<Ready, Refusal | null>,
): Promise<void> {
  let turn = ready;
  while (turn.length > 0) {
    const hoped = new Map(leftOf);
    const able = turn.filter((one) => hasLeft(one, hoped) && spend(one, hoped));
    const lacking = turn.filter((one) => !able.includes(one));
    const { got, placesLeft } = await takeAt(tx, filmId, screeningId, now, able);
    for (const one of able) {
      answers.set(one, got.has(one) ? null : whyGone(one, placesLeft));
      if (got.has(one)) spend(one, leftOf);
    }
    const isCodeFreed = able.some((one) => one.promo !== null && !got.has(one));
    if (!isCodeFreed) for (const one of lacking) answers.set(one, new Refusal('code_used_up'));
    turn = isCodeFreed ? lacking : [];
  }
}

type Left = Map<string, { uses: number; money: number }>;

function hasLeft({ promo, quote: { codeUses, codeMoney } }: Ready, leftOf: Left): boolean {
  if (!promo) return true;
  const left = leftOf.get(promo.id);
  return left !== undefined && left.uses >= codeUses && left.money >= codeMoney;
}

function spend({ promo, quote: { codeUses, codeMoney } }: Ready, leftOf: Left): true {
  const left = promo && leftOf.get(promo.id);
  if (promo && left) leftOf.set(promo.id, { uses: left.uses - codeUses, money: left.money - codeMoney });
  return true;
}

/** One place that the fund pays: both or neither. */
async function takeGranted(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  one: Ready,
): Promise<Refusal | null> {
  return await withGrant(tx, filmId, now, one, async () => {
    const { got, placesLeft } = await takeAt(tx, filmId, one.request.screeningId, now, [one]);
    return got.has(one) ? null : whyGone(one, placesLeft);
  });
}

async function takeAt(
  tx: Tx,
  filmId: string,
  screeningId: string,
  now: Temporal.Instant,
  ready: readonly Ready[],
): Promise<{ readonly got: ReadonlySet<Ready>; readonly placesLeft: number }> {
  const wanted = ready.map(({ request, orderId, offer, lapsesAt, quote: { lines } }) => ({
    orderId,
    isAhead: request.channel !== 'site',
    offerId: offer?.holdId ?? null,
    expiresAt: lapsesAt,
    lines: lines.map(({ ticketTypeId, quantity }) => ({ ticketTypeId, places: quantity })),
  }));
  const { orderIds, placesLeft } = await takePlaces(tx, screeningId, now, wanted);
  const got = new Set(ready.filter(({ orderId }) => orderIds.has(orderId)));
  const left = Math.max(0, placesLeft ?? 0);
  const before = left + [...got].reduce((sum, one) => sum + placesOf(one), 0);
  if (saysOtherwise(before, left)) await dropPages(tx, filmId, 'screenings');
  return { got, placesLeft: left };
}

/** How many places somebody wants in all. */
export const placesOf = ({ quote }: Ready): number =>
  quote.lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Too few places, of the screening's or only of the type's own; or somebody took the same offer up a moment before. */
function whyGone(one: Ready, left: number): Refusal {
  if (one.offer) return new Refusal('offer_over');
  return left >= placesOf(one) ? new Refusal('places_gone_of_type') : new Refusal('places_gone', { left });
}
