import { Temporal } from 'temporal-polyfill';
import { testDatabase } from '../../../tests/ground/database.ts';
import { type Db, inFilm, type Tx } from '../../platform/database/database.ts';
import { newId, newSecret } from '../../platform/secrets.ts';
import { createFilm } from '../film/index.ts';
import { addScreening, type ScreeningListing } from '../screenings/index.ts';
import {
  addTicketType,
  type Choice,
  type CodeDraft,
  type ConfirmAnswer,
  confirmOrders,
  type HoldAnswer,
  type HoldRequest,
  type PayMethod,
  placeHolds,
  setPlaces,
  type TicketTypeDraft,
} from './index.ts';

export const now: Temporal.Instant = Temporal.Instant.from('2026-12-01T12:00:00Z');
export const today: Temporal.PlainDate = Temporal.PlainDate.from('2026-12-01');
export const cleo = { personId: null, name: 'Cleo Marsh' };

const listing: ScreeningListing = {
  slug: 'seattle',
  kind: 'cinema',
  venue: { name: 'Northwest Film Forum', city: 'Seattle', timezone: 'America/Los_Angeles' },
  starts_at: '2026-12-20T19:00',
  state: 'on sale',
};

export const plainType: TicketTypeDraft = {
  ...{ name: 'General', about: null, kind: 'fixed', currency: 'USD', price: 1500 },
  ...{ priceMin: null, priceMax: null, placesMax: null, perOrderMax: 10 },
  ...{ saleFrom: null, saleUntil: null, needsCode: false },
};

export const freeType: TicketTypeDraft = { ...plainType, name: 'RSVP', kind: 'free', price: 0 };
export const pwywType: TicketTypeDraft = {
  ...plainType,
  ...{ name: 'What you can', kind: 'pwyw', price: 1000, priceMin: 500, priceMax: 10000 },
};

/** A code that takes half off, everywhere and for ever. */
export const plainCode: Omit<CodeDraft, 'word'> = {
  ...{ kind: 'percent', off: 50, currency: null, screeningId: null, ticketTypeId: null },
  ...{ usesMax: null, moneyMax: null, goodFrom: null, goodUntil: null, note: '' },
};

/** A film with a box office, in a database of the test's own. */
export async function openBoxOffice() {
  const database = await testDatabase();
  const db: Db = database.kysely;
  const filmId = newId();
  let made = 0;
  await inFilm(db, filmId, (tx) => createFilm(tx, filmId, now, { slug: 'boxoffice' }));
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(db, filmId, work);
  return {
    database,
    db,
    filmId,
    within,
    /** A screening on sale with so many places, and its types' ids. */
    screening: (
      places: number,
      types: readonly TicketTypeDraft[] = [plainType],
      more: Partial<ScreeningListing> = {},
    ) =>
      within(async (tx) => {
        made += 1;
        const { id } = await addScreening(tx, filmId, now, cleo, { ...listing, slug: `s-${made}`, ...more });
        await setPlaces(tx, filmId, now, cleo, { screeningId: id, places });
        const typeIds: string[] = [];
        for (const draft of types)
          typeIds.push(await addTicketType(tx, filmId, now, cleo, { screeningId: id, draft }));
        return { id, typeIds, typeId: typeIds[0] ?? '' };
      }),
    holds: (requests: readonly HoldRequest[], at: Temporal.Instant = now): Promise<HoldAnswer[]> =>
      within((tx) => placeHolds(tx, filmId, at, requests)),
    confirm: (
      orderId: string,
      method: PayMethod = 'free',
      at: Temporal.Instant = now,
    ): Promise<ConfirmAnswer | undefined> =>
      within(async (tx) => {
        const confirmations = [{ orderId, method, buyer: ada, guestNames: [] }];
        return (await confirmOrders(tx, filmId, at, cleo, { bookedOn: today, confirmations }))[0];
      }),
  };
}

export const ada = { name: 'Ada Okafor', address: 'ada@union.example' };

/** A request for places as a buyer on the site makes it. */
export function asks(
  screeningId: string,
  choices: readonly (Partial<Choice> & { ticketTypeId: string })[],
  more: Partial<HoldRequest> = {},
): HoldRequest {
  return {
    ...{ key: newSecret(), screeningId, gift: 0, code: '', channel: 'site', language: 'en', referral: null },
    choices: choices.map((choice) => ({ quantity: 1, amount: null, ...choice })),
    ...more,
  };
}

/** What each request came to, in a word. */
export const said = (answers: readonly HoldAnswer[]): string[] =>
  answers.map((answer) => (answer.kind === 'refused' ? answer.refusal.code : answer.kind));

/** The order that an answer is about. */
export function orderOf(answer: HoldAnswer | undefined): string {
  if (answer?.kind !== 'held') throw new Error('not held');
  return answer.orderId;
}
