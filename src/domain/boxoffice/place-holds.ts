import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret } from '../../platform/secrets.ts';
import { openPlaces } from './capacity.ts';
import { readCode } from './codes.ts';
import { isGranted } from './grants.ts';
import { type Ground, groundOf, type HoldRequest, type Ready, readied } from './hold-request.ts';
import { dropOrders, keepOrders } from './keep-orders.ts';
import { isOrderKey, type Order, orderState, ordersById, ordersBySecrets } from './order.ts';
import { placesOf, takeFor } from './take-for.ts';

export type HoldAnswer =
  /** Places are set aside. `isRepeat`: they were before, by the same secret, whatever was chosen then. */
  | { readonly kind: 'held'; readonly orderId: string; readonly code: string; readonly isRepeat: boolean }
  /** The secret is of an order that says something else, or that lapsed: `changeChoice` is what is asked for. */
  | { readonly kind: 'other'; readonly orderId: string; readonly code: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Sets places aside for all who ask at this moment, each all of their places or none, in the order in which they came.
 * Asked by many at once they are taken in one statement. Codes are locked before places; see docs/locking.md.
 *
 * Refusals, one each: key_wrong · no_box_office · not_on_sale · cancelled · postponed · past · elsewhere · sold_out ·
 * places_gone (with `left`) · places_gone_of_type · offer_over · those of `quote`, `readAnyCode`, `granted` and
 * `setGrantAside` · code_used_up.
 */
export async function placeHolds(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  requests: readonly HoldRequest[],
): Promise<HoldAnswer[]> {
  const answers = new Map<number, HoldAnswer>();
  const known = await knownKeys(tx, filmId, requests);
  const ground = await groundOf(tx, filmId, requests);
  const open = await openPlaces(tx, filmId, [...ground.screenings.keys()], now);
  const ready: Ready[] = [];
  const seen = new Map<string, number>();
  for (const [at, request] of requests.entries()) {
    const standing = known.get(request.key);
    if (standing) answers.set(at, standingAnswer(standing, request, ground, now));
    if (standing || seen.has(request.key)) continue;
    seen.set(request.key, at);
    const answer = whyFull(readied(ground, request, now, at), open);
    if (answer instanceof Refusal) answers.set(at, { kind: 'refused', refusal: answer });
    else ready.push(answer);
  }
  const kept = await keepOrders(tx, filmId, now, ready);
  const overtaken = ready.filter((one) => !kept.has(one)).map(({ at }) => at);
  for (const [at, answer] of await standingAnswers(tx, filmId, now, { requests, overtaken, ground }))
    answers.set(at, answer);
  const taken = await takeFor(tx, filmId, now, [...kept]);
  await dropOrders(
    tx,
    filmId,
    [...kept].filter((one) => taken.get(one) !== null),
  );
  for (const [one, refusal] of taken) {
    const { at, orderId, orderCode: code } = one;
    answers.set(
      at,
      refusal ? { kind: 'refused', refusal } : { kind: 'held', orderId, code, isRepeat: false },
    );
  }
  // A second click that came with the first gets its answer.
  return requests.map(({ key }, at) => {
    const answer = answers.get(at);
    if (answer) return answer;
    const first = answers.get(seen.get(key) ?? -1);
    if (!first) throw new Error('a request for places was not answered');
    return first.kind === 'held' ? { ...first, isRepeat: true } : first;
  });
}

/** Where fewer are free than somebody wants, no lock is needed to say so: thousands come when all is gone. */
function whyFull(answer: Ready | Refusal, open: ReadonlyMap<string, number>): Ready | Refusal {
  if (answer instanceof Refusal || answer.offer || answer.request.channel !== 'site') return answer;
  const left = open.get(answer.request.screeningId) ?? 0;
  return placesOf(answer) > left ? new Refusal('places_gone', { left }) : answer;
}

/** Orders that were made by these secrets before. */
async function knownKeys(
  tx: Tx,
  filmId: string,
  requests: readonly HoldRequest[],
): Promise<ReadonlyMap<string, Order>> {
  const keys = requests.map(({ key }) => key).filter(isOrderKey);
  const bySecret = await ordersBySecrets(tx, filmId, keys);
  const orders = await ordersById(
    tx,
    filmId,
    [...bySecret.values()].map(({ id }) => id),
  );
  return new Map(
    keys.flatMap((key) => {
      const order = orders.get(bySecret.get(hashSecret(key).toString('hex'))?.id ?? '');
      return order ? [[key, order] as const] : [];
    }),
  );
}

/** The answers to those whose secret somebody else's hands were a moment quicker with: theirs, on another process. */
async function standingAnswers(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  {
    requests,
    overtaken,
    ground,
  }: {
    readonly requests: readonly HoldRequest[];
    readonly overtaken: readonly number[];
    readonly ground: Ground;
  },
): Promise<[number, HoldAnswer][]> {
  const those = overtaken.flatMap((at) => (requests[at] ? [{ at, request: requests[at] }] : []));
  const known = await knownKeys(
    tx,
    filmId,
    those.map(({ request }) => request),
  );
  return those.map(({ at, request }) => {
    const order = known.get(request.key);
    if (!order) throw new Error('a secret is taken, and its order is not there');
    return [at, standingAnswer(order, request, ground, now)];
  });
}

function standingAnswer(
  order: Order,
  request: HoldRequest,
  ground: Ground,
  now: Temporal.Instant,
): HoldAnswer {
  const { id: orderId, code } = order;
  const state = orderState(order, now);
  const isSettled = state === 'confirmed' || state === 'cancelled';
  if (isSettled || (state === 'open' && isSame(order, request, ground)))
    return { kind: 'held', orderId, code, isRepeat: true };
  return { kind: 'other', orderId, code };
}

/** Whether a request says what its order says: the same places, the same gift, the same code. */
function isSame(order: Order, { choices, gift, code, grant }: HoldRequest, { codes }: Ground): boolean {
  const promo = codes.promos.get(readCode(code) ?? '')?.id ?? null;
  // Whatever else was typed is the fund's, or nobody's.
  const asksFund = grant !== undefined || (code.trim() !== '' && promo === null);
  if (gift !== order.gift || promo !== order.codeId || asksFund !== isGranted(order)) return false;
  const asked = choices.map(({ ticketTypeId, quantity, amount }) => [ticketTypeId, quantity, amount]);
  const stands = order.lines.map(({ ticketTypeId, quantity, price }, at) => {
    // What has one price is asked for without an amount.
    return [ticketTypeId, quantity, choices[at]?.amount === null ? null : price];
  });
  return JSON.stringify(asked) === JSON.stringify(stands);
}
