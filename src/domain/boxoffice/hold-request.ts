import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newCode, newId } from '../../platform/secrets.ts';
import { type GrantRule, grantRules } from '../fund/index.ts';
import { type Screening, screeningById } from '../screenings/index.ts';
import { type FoundCodes, findCodes, readAnyCode } from './any-code.ts';
import { newBoxOffice } from './box-office.ts';
import { saleGround } from './capacity.ts';
import { type Choice, type Quote, quote } from './choices.ts';
import type { Code } from './codes.ts';
import { type GrantClaim, type GrantWanted, granted } from './grants.ts';
import { isOrderKey } from './order.ts';
import { whyNotSelling } from './sale.ts';
import type { SaleNow } from './sale-memory.ts';
import type { OrderChannel } from './tables.ts';
import { type TicketType, ticketTypesOf } from './ticket-types.ts';
import { type Offered, offersBySecret } from './wait-offers.ts';

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
  /** The one place that is chosen is to be paid by the solidarity fund, without a code. */
  readonly grant?: GrantClaim;
  readonly channel: OrderChannel;
  readonly language: string;
  readonly referral: string | null;
  /** The secret of an offer to somebody who waited. */
  readonly offer?: string | null;
};

/** A request that only places and codes can still refuse. */
export type Ready = {
  readonly at: number;
  readonly request: HoldRequest;
  readonly quote: Quote;
  readonly promo: Code | null;
  readonly grant: GrantWanted | null;
  readonly orderId: string;
  readonly orderCode: string;
  readonly lapsesAt: Temporal.Instant;
  readonly offer: Offered | null;
};

/** What requests are decided by, before any lock. */
export type Ground = {
  /** Until when places are set aside that are asked for now. */
  readonly lapsesAt: Temporal.Instant;
  readonly screenings: ReadonlyMap<string, Screening | null>;
  /** How many places anybody may take now, by screening. */
  readonly open: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, readonly TicketType[]>;
  /** What is offered to those who waited, by the secret of the offer. */
  readonly offers: ReadonlyMap<string, Offered>;
  readonly codes: FoundCodes;
  /** None where nobody asks for a grant. */
  readonly rules: readonly GrantRule[];
};

/** Reads what requests are decided by, before any lock; what was `seen` in this transaction is not read again. */
export async function groundOf(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  requests: readonly HoldRequest[],
  seen: SaleNow | null = null,
): Promise<Ground> {
  const ids = [...new Set(requests.map(({ screeningId }) => screeningId))];
  const screenings = new Map<string, Screening | null>();
  for (const id of ids)
    screenings.set(id, seen?.screening.id === id ? seen.screening : await screeningById(tx, filmId, id));
  const found = seen?.types ?? (await ticketTypesOf(tx, filmId, ids));
  const types = Map.groupBy(found, ({ screeningId }) => screeningId);
  const { open, holdMinutes } = seen ? openIn(seen) : await saleGround(tx, ids, now);
  const lapsesAt = now.add({ minutes: holdMinutes ?? newBoxOffice.holdMinutes });
  const offers = await offersBySecret(
    tx,
    filmId,
    requests.flatMap(({ offer }) => offer ?? []),
  );
  const codes = await findCodes(
    tx,
    filmId,
    requests.map(({ code }) => code),
  );
  const isGrantAsked = codes.grants.size > 0 || requests.some(({ grant }) => grant !== undefined);
  const rules = isGrantAsked ? await grantRules(tx, filmId) : [];
  return { lapsesAt, screenings, open, types, codes, rules, offers };
}

const openIn = ({ screening, open, holdMinutes }: SaleNow) => ({
  ...{ open: new Map([[screening.id, open]]), holdMinutes },
});

/** Everything about a request that can be decided without a lock. */
export function readied(
  ground: Ground,
  request: HoldRequest,
  now: Temporal.Instant,
  at: number,
): Ready | Refusal {
  try {
    if (!isOrderKey(request.key)) throw new Refusal('key_wrong');
    const screening = ground.screenings.get(request.screeningId);
    const types = ground.types.get(request.screeningId) ?? [];
    const [first] = types;
    if (!screening || !first) throw new Refusal('no_box_office');
    const isTeam = request.channel !== 'site';
    const why = whyNotSelling(screening, now, isTeam);
    const offer = offerOf(ground, request, now);
    // The house may say that it is sold out, and still give to those who waited what came back.
    if (why !== null && !(offer && why === 'sold_out')) throw new Refusal(why);
    const { choices, gift, screeningId, grant: claim } = request;
    const any = readAnyCode(ground.codes, request.code, { screeningId, currency: first.currency }, now);
    const promo = any?.kind === 'promo' ? any.code : null;
    const places = choices.reduce((sum, { quantity }) => sum + quantity, 0);
    if (offer && places > offer.places) throw new Refusal('places_gone', { left: offer.places });
    const quoted = quote(types, { choices, gift, code: promo, isTeam }, now);
    const isOfferLonger = offer && offer.until.epochMilliseconds > ground.lapsesAt.epochMilliseconds;
    const lapsesAt = isOfferLonger ? offer.until : ground.lapsesAt;
    const order = { at, request, promo, orderId: newId(), orderCode: newCode(8), lapsesAt, offer };
    const code = any?.kind === 'grant' ? any.code : null;
    if (code === null && claim === undefined) return { ...order, quote: quoted, grant: null };
    return { ...order, ...granted(quoted, types, ground.rules, { screeningId, code, claim }) };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function offerOf({ offers }: Ground, request: HoldRequest, now: Temporal.Instant): Offered | null {
  if (!request.offer) return null;
  const offer = offers.get(request.offer);
  const isGood =
    offer?.screeningId === request.screeningId && offer.until.epochMilliseconds > now.epochMilliseconds;
  if (!offer || !isGood) throw new Refusal('offer_over');
  return offer;
}
