import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret } from '../../platform/secrets.ts';
import { readCode } from './codes.ts';
import { isGranted } from './grants.ts';
import { type Ground, groundOf, type HoldRequest, type Ready, readied } from './hold-request.ts';
import { dropOrders, keepOrders } from './keep-orders.ts';
import { isOrderKey, type Order, orderState, ordersById, ordersBySecrets } from './order.ts';
import type { SaleNow } from './sale-memory.ts';
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
 * What the caller has `seen` in this transaction, of the one screening that all ask for, is not read again.
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
  seen: SaleNow | null = null,
): Promise<HoldAnswer[]> {
  const ground = await groundOf(tx, filmId, now, requests, seen);
  const first = new Map<string, number>();
  for (const [at, { key }] of requests.entries()) if (!first.has(key)) first.set(key, at);
  const ready: Ready[] = [];
  const refusals = new Map<number, Refusal>();
  for (const at of first.values()) {
    const request = requests[at];
    const answer = request && whyFull(readied(ground, request, now, at), ground.open);
    if (answer instanceof Refusal) refusals.set(at, answer);
    else if (answer) ready.push(answer);
  }
  const kept = await keepOrders(tx, now, ready);
  const overtaken = ready.filter((one) => !kept.has(one)).map(({ at }) => at);
  const standing = await standingAnswers(tx, filmId, now, {
    ...{ requests, asked: [...overtaken, ...refusals.keys()], ground },
  });
  const taken = await takeFor(tx, filmId, now, [...kept]);
  await dropOrders(
    tx,
    [...kept].filter((one) => taken.get(one) !== null),
  );
  const answers = new Map<number, HoldAnswer>();
  for (const [at, refusal] of refusals) answers.set(at, { kind: 'refused', refusal });
  for (const [{ at, orderId, orderCode: code }, refusal] of taken)
    answers.set(
      at,
      refusal ? { kind: 'refused', refusal } : { kind: 'held', orderId, code, isRepeat: false },
    );
  for (const [at, answer] of standing) answers.set(at, answer);
  const changed = lastOthers(requests, first);
  const after = [...changed.values()].flatMap((at) => requests[at] ?? []);
  const answersAfter = after.length === 0 ? [] : await placeHolds(tx, filmId, now, after, seen);
  for (const [index, at] of [...changed.values()].entries()) {
    const answer = answersAfter[index];
    if (answer) answers.set(at, answer);
  }
  return requests.map((request, at) => {
    const of = sameAs(requests, first, at) ? first.get(request.key) : changed.get(request.key);
    const answer = answers.get(of ?? -1);
    if (!answer) throw new Error('a request for places was not answered');
    return answer.kind === 'held' && of !== at ? { ...answer, isRepeat: true } : answer;
  });
}

/** Whether a request says what the first one of its secret says: a second click, or that one itself. */
function sameAs(requests: readonly HoldRequest[], first: ReadonlyMap<string, number>, at: number): boolean {
  const before = first.get(requests[at]?.key ?? '') ?? at;
  return before === at || wishOf(requests[before]) === wishOf(requests[at]);
}

/** By secret, the last that came with the first and says something else: it is taken after it, once, however many came. */
function lastOthers(
  requests: readonly HoldRequest[],
  first: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const others = [...requests.keys()].filter((at) => !sameAs(requests, first, at));
  return new Map(others.map((at) => [requests[at]?.key ?? '', at]));
}

/** What somebody asks for, as far as it makes an order another one. */
function wishOf(request: HoldRequest | undefined): string {
  const { screeningId, choices, gift, code, grant, offer } = request ?? {};
  return JSON.stringify([screeningId, choices, gift, code?.trim(), grant, offer]);
}

/** Where fewer are free than somebody wants, no lock is needed to say so: thousands come when all is gone. */
function whyFull(answer: Ready | Refusal, open: ReadonlyMap<string, number>): Ready | Refusal {
  if (answer instanceof Refusal || answer.offer || answer.request.channel !== 'site') return answer;
  const left = open.get(answer.request.screeningId) ?? 0;
  return placesOf(answer) > left ? new Refusal('places_gone', { left }) : answer;
}

/**
 * The answers to those whose secret was used before, by whatever process: it is the same order, whatever is asked for
 * under it and however full the house is by now.
 */
async function standingAnswers(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  {
    requests,
    asked,
    ground,
  }: {
    readonly requests: readonly HoldRequest[];
    readonly asked: readonly number[];
    readonly ground: Ground;
  },
): Promise<Map<number, HoldAnswer>> {
  const those = asked.flatMap((at) => {
    const request = requests[at];
    return request && isOrderKey(request.key) ? [{ at, request }] : [];
  });
  const bySecret = await ordersBySecrets(
    tx,
    those.map(({ request }) => request.key),
  );
  const orders = await ordersById(
    tx,
    filmId,
    [...bySecret.values()].map(({ id }) => id),
  );
  return new Map(
    those.flatMap(({ at, request }) => {
      const order = orders.get(bySecret.get(hashSecret(request.key).toString('hex'))?.id ?? '');
      return order ? [[at, standingAnswer(order, request, ground, now)] as const] : [];
    }),
  );
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
function isSame(
  order: Order,
  { screeningId, choices, gift, code, grant }: HoldRequest,
  { codes }: Ground,
): boolean {
  if (screeningId !== order.screeningId) return false;
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
