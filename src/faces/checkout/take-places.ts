import type { Temporal } from 'temporal-polyfill';
import {
  changeChoice,
  type HoldAnswer,
  type HoldRequest,
  type LookAtSale,
  openSaleMemory,
  placeHolds,
} from '../../domain/boxoffice/index.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { type Gather, openGather } from '../../platform/gather.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { House } from '../house.ts';
import { endPaying } from '../paying/look-again.ts';
import { type ReadChoices, readChoices, readKey, readOffer, readReferral } from './read-choices.ts';

/** What a buyer's form says, as it was sent. */
export type ChoiceSent = {
  readonly fields: Readonly<Record<string, string>>;
  readonly language: string;
};

export type ChoiceAnswer =
  | Exclude<HoldAnswer, { kind: 'other' }>
  | { readonly kind: 'problems'; readonly problems: ReadChoices['problems'] };

// Some hundred orders are set aside within a few milliseconds; more at once only makes the first wait for the last.
const togetherMax = 400;

type Gathered =
  | ChoiceAnswer
  | {
      readonly kind: 'other';
      readonly orderId: string;
      readonly code: string;
      readonly request: HoldRequest;
    };

/** Sets places aside for buyers of one screening, together with all who ask for them at the same moment. */
export function openTakePlaces(
  house: House,
): (filmId: string, slug: string, sent: ChoiceSent) => Promise<ChoiceAnswer> {
  const look = openSaleMemory();
  const gather: Gather<ChoiceSent, Gathered> = openGather((key, all) => {
    const [filmId = '', slug = ''] = key.split(' ');
    return inFilm(house.db, filmId, (tx) => takeAll(tx, filmId, { slug, look }, house.clock(), all));
  }, togetherMax);
  return async (filmId, slug, sent) => {
    const answer = await gather(`${filmId} ${slug}`, sent);
    return answer.kind === 'other' ? await takeInstead(house, filmId, answer) : answer;
  };
}

async function takeAll(
  tx: Tx,
  filmId: string,
  { slug, look }: { readonly slug: string; readonly look: LookAtSale },
  now: Temporal.Instant,
  all: readonly ChoiceSent[],
): Promise<Gathered[]> {
  const none: Gathered = { kind: 'refused', refusal: new Refusal('no_box_office') };
  const sale = await look(tx, filmId, slug, now);
  if (!sale) return all.map(() => none);
  const { screening, types } = sale;
  const read = all.map(({ fields }) => readChoices(types, fields));
  const requests = all.map(({ fields, language }, at): HoldRequest => {
    const { choices = [], gift = 0 } = read[at] ?? {};
    const said = { key: readKey(fields) ?? '', code: fields.code ?? '', referral: readReferral(fields.via) };
    return {
      ...said,
      screeningId: screening.id,
      choices,
      gift,
      channel: 'site',
      language,
      offer: readOffer(fields),
    };
  });
  const whole = requests.filter((_, at) => read[at]?.problems.size === 0);
  const answers = await placeHolds(tx, filmId, now, whole, sale);
  const byRequest = new Map(whole.map((request, at) => [request, answers[at]]));
  return requests.map((request, at): Gathered => {
    const { problems = new Map() } = read[at] ?? {};
    if (problems.size > 0) return { kind: 'problems', problems };
    const answer = byRequest.get(request) ?? none;
    return answer.kind === 'other' ? { ...answer, request } : answer;
  });
}

/**
 * Somebody went back and chose otherwise: alone, because a refusal must leave their order as it was. It is tried first,
 * so that a choice that is refused does not end the payment page of the one before.
 */
async function takeInstead(
  house: House,
  filmId: string,
  { orderId, code, request }: Extract<Gathered, { kind: 'other' }>,
): Promise<ChoiceAnswer> {
  const change = (isTrial: boolean) =>
    inFilm(house.db, filmId, async (tx) => {
      await changeChoice(tx, filmId, house.clock(), { orderId, request, isTrial });
      if (isTrial) throw new Refusal('on_trial');
    });
  try {
    await change(true).catch(passTrial);
    await endPaying(house, filmId, orderId);
    await change(false);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Confirmed meanwhile, in another window: its page says so.
    if (error.code !== 'order_settled') return { kind: 'refused', refusal: error };
  }
  return { kind: 'held', orderId, code, isRepeat: true };
}

/** A trial that would have been granted was rolled back, and that is all. */
function passTrial(error: unknown): void {
  if (!(error instanceof Refusal) || error.code !== 'on_trial') throw error;
}
