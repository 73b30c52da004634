import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret, newCode, newId } from '../../platform/secrets.ts';
import { type Screening, screeningById } from '../screenings/index.ts';
import { boxOfficeOf } from './box-office.ts';
import { takePlaces } from './capacity.ts';
import { type Choice, type Quote, quote } from './choices.ts';
import { type Code, codesByWord, lockCodes, readCode, refuseCode } from './codes.ts';
import { isOrderKey } from './order.ts';
import { saysOtherwise, whyNotSelling } from './sale.ts';
import type { OrderChannel } from './tables.ts';
import { type TicketType, ticketTypesOf } from './ticket-types.ts';

/** Somebody asks for places. */
export type HoldRequest = {
  /**
   * A secret of 128 random bits that the form carried. The same secret again is the same order, from however many
   * clicks; and it is what opens the order afterwards.
   */
  readonly key: string;
  readonly screeningId: string;
  readonly choices: readonly Choice[];
  /** For the solidarity fund; minor units. */
  readonly gift: number;
  /** As it was typed; empty: none. */
  readonly code: string;
  readonly channel: OrderChannel;
  readonly language: string;
  readonly referral: string | null;
};

export type HoldAnswer =
  /** Places are set aside. `isRepeat`: they were before, by the same secret, whatever was chosen then. */
  | { readonly kind: 'held'; readonly orderId: string; readonly code: string; readonly isRepeat: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

type Ready = {
  readonly at: number;
  readonly request: HoldRequest;
  readonly quote: Quote;
  readonly promo: Code | null;
  readonly orderId: string;
  readonly orderCode: string;
  readonly lapsesAt: Temporal.Instant;
};

/**
 * Sets places aside for all who ask at this moment, each all of their places or none, in the order in which they came.
 * Asked by many at once they are taken in one statement. Codes are locked before places; see docs/locking.md.
 *
 * Refusals, one each: key_wrong · no_box_office · not_on_sale · cancelled · postponed · past · elsewhere · sold_out ·
 * places_gone (with `left`) · places_gone_of_type · those of `quote`, of `refuseCode` · code_used_up.
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
  const ready: Ready[] = [];
  const seen = new Map<string, number>();
  for (const [at, request] of requests.entries()) {
    const standing = known.get(request.key);
    if (standing) answers.set(at, { kind: 'held', ...standing, isRepeat: true });
    if (standing || seen.has(request.key)) continue;
    seen.set(request.key, at);
    const answer = readied(ground, request, now, at);
    if (answer instanceof Refusal) answers.set(at, { kind: 'refused', refusal: answer });
    else ready.push(answer);
  }
  for (const [one, refusal] of await takeFor(tx, filmId, now, ready)) {
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

type Ground = {
  readonly holdMinutes: number;
  readonly screenings: ReadonlyMap<string, Screening | null>;
  readonly types: ReadonlyMap<string, readonly TicketType[]>;
  readonly codes: ReadonlyMap<string, Code>;
};

async function groundOf(tx: Tx, filmId: string, requests: readonly HoldRequest[]): Promise<Ground> {
  const ids = [...new Set(requests.map(({ screeningId }) => screeningId))];
  const words = [...new Set(requests.map(({ code }) => readCode(code)).filter((word) => word !== null))];
  const screenings = new Map<string, Screening | null>();
  for (const id of ids) screenings.set(id, await screeningById(tx, filmId, id));
  const types = Map.groupBy(await ticketTypesOf(tx, filmId, ids), ({ screeningId }) => screeningId);
  const { holdMinutes } = await boxOfficeOf(tx, filmId);
  return { holdMinutes, screenings, types, codes: await codesByWord(tx, filmId, words) };
}

async function knownKeys(
  tx: Tx,
  filmId: string,
  requests: readonly HoldRequest[],
): Promise<ReadonlyMap<string, { orderId: string; code: string }>> {
  const keys = requests.map(({ key }) => key).filter(isOrderKey);
  if (keys.length === 0) return new Map();
  const rows = await tx
    .selectFrom('orderKey')
    .innerJoin('order', (join) =>
      join.onRef('order.filmId', '=', 'orderKey.filmId').onRef('order.id', '=', 'orderKey.orderId'),
    )
    .select(['orderKey.secretHash', 'order.id as orderId', 'order.code'])
    .where('orderKey.filmId', '=', filmId)
    .where('secretHash', 'in', keys.map(hashSecret))
    .execute();
  const byHash = new Map(rows.map(({ secretHash, ...order }) => [secretHash.toString('hex'), order]));
  return new Map(
    keys.flatMap((key) => {
      const order = byHash.get(hashSecret(key).toString('hex'));
      return order ? [[key, order] as const] : [];
    }),
  );
}

/** Everything about a request that can be decided without a lock. */
function readied(ground: Ground, request: HoldRequest, now: Temporal.Instant, at: number): Ready | Refusal {
  try {
    if (!isOrderKey(request.key)) throw new Refusal('key_wrong');
    const screening = ground.screenings.get(request.screeningId);
    const types = ground.types.get(request.screeningId) ?? [];
    const [first] = types;
    if (!screening || !first) throw new Refusal('no_box_office');
    const isTeam = request.channel !== 'site';
    const why = whyNotSelling(screening, now, isTeam);
    if (why !== null) throw new Refusal(why);
    const promo = codeOf(ground, request, first.currency, now);
    const { choices, gift } = request;
    const quoted = quote(types, { choices, gift, code: promo, isTeam }, now);
    const lapsesAt = now.add({ minutes: ground.holdMinutes });
    return { at, request, quote: quoted, promo, orderId: newId(), orderCode: newCode(8), lapsesAt };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function codeOf(
  ground: Ground,
  { code, screeningId }: HoldRequest,
  currency: string,
  now: Temporal.Instant,
): Code | null {
  if (code.trim() === '') return null;
  const found = ground.codes.get(readCode(code) ?? '');
  refuseCode(found, { screeningId, currency }, now);
  return found;
}

async function takeFor(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  ready: readonly Ready[],
): Promise<Map<Ready, Refusal | null>> {
  const answers = new Map<Ready, Refusal | null>();
  const codeIds = [...new Set(ready.flatMap(({ promo }) => (promo ? [promo.id] : [])))];
  const leftOf = await lockCodes(tx, filmId, codeIds, now);
  const byScreening = Map.groupBy(ready, ({ request }) => request.screeningId);
  for (const screeningId of [...byScreening.keys()].sort()) {
    const all = byScreening.get(screeningId) ?? [];
    const isLimited = ({ promo }: Ready) =>
      promo !== null && (promo.usesMax !== null || promo.moneyMax !== null);
    // Who is refused places must not use a code up: where one has a limit, each in turn.
    const turns = [all.filter((one) => !isLimited(one)), ...all.filter(isLimited).map((one) => [one])];
    for (const turn of turns) {
      const able = turn.filter((one) => hasLeft(one, leftOf));
      for (const one of turn) if (!able.includes(one)) answers.set(one, new Refusal('code_used_up'));
      if (able.length === 0) continue;
      const { got, placesLeft } = await takeAt(tx, filmId, screeningId, now, able);
      for (const one of able) {
        answers.set(one, got.has(one) ? null : whyGone(one, placesLeft));
        if (got.has(one)) spend(one, leftOf);
      }
    }
  }
  await keepOrders(
    tx,
    filmId,
    now,
    ready.filter((one) => answers.get(one) === null),
  );
  return answers;
}

type Left = Map<string, { uses: number; money: number }>;

function hasLeft({ promo, quote: { codeUses, codeMoney } }: Ready, leftOf: Left): boolean {
  if (!promo) return true;
  const left = leftOf.get(promo.id);
  return left !== undefined && left.uses >= codeUses && left.money >= codeMoney;
}

function spend({ promo, quote: { codeUses, codeMoney } }: Ready, leftOf: Left): void {
  const left = promo && leftOf.get(promo.id);
  if (promo && left) leftOf.set(promo.id, { uses: left.uses - codeUses, money: left.money - codeMoney });
}

async function takeAt(
  tx: Tx,
  filmId: string,
  screeningId: string,
  now: Temporal.Instant,
  ready: readonly Ready[],
): Promise<{ readonly got: ReadonlySet<Ready>; readonly placesLeft: number }> {
  const wanted = ready.map(({ orderId, lapsesAt, quote: { lines } }) => ({
    orderId,
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

const placesOf = ({ quote }: Ready): number => quote.lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Too few places, of the screening's or only of the type's own. */
function whyGone(one: Ready, left: number): Refusal {
  return left >= placesOf(one) ? new Refusal('places_gone_of_type') : new Refusal('places_gone', { left });
}

async function keepOrders(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  held: readonly Ready[],
): Promise<void> {
  if (held.length === 0) return;
  await tx
    .insertInto('order')
    .values(
      held.map(
        ({ orderId: id, orderCode: code, request, promo, quote: { currency, total, gift }, lapsesAt }) => {
          const { screeningId, channel, language, referral } = request;
          return {
            ...{ filmId, id, code, screeningId, channel, language, referral, codeId: promo?.id ?? null },
            ...{ currency, total, gift, madeAt: now, lapsesAt },
          };
        },
      ),
    )
    .execute();
  const keys = held.map(({ request, orderId }) => ({
    ...{ filmId, secretHash: hashSecret(request.key), orderId, madeAt: now },
  }));
  await tx.insertInto('orderKey').values(keys).execute();
  const lines = held.flatMap(({ orderId, quote: { lines } }) =>
    lines.map((line, at) => ({ filmId, orderId, line: at + 1, ...line })),
  );
  await tx.insertInto('orderLine').values(lines).execute();
  const uses = held.flatMap(({ orderId, promo, lapsesAt, quote: { codeUses, codeMoney } }) =>
    promo && codeUses > 0
      ? [{ filmId, codeId: promo.id, orderId, uses: codeUses, money: codeMoney, expiresAt: lapsesAt }]
      : [],
  );
  if (uses.length > 0) await tx.insertInto('codeUse').values(uses).execute();
}
