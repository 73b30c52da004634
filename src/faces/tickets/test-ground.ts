import { Temporal } from 'temporal-polyfill';
import { castFilm } from '../../../tests/cast.ts';
import { testDatabase } from '../../../tests/ground/database.ts';
import { openTestHouse } from '../../../tests/ground/house.ts';
import {
  addTicketType,
  confirmOrders,
  type Order,
  orderById,
  placeHolds,
  setPlaces,
  type TicketTypeDraft,
} from '../../domain/boxoffice/index.ts';
import { latestRevision, publishRevision, saveRevision } from '../../domain/film/index.ts';
import { addScreening, type ScreeningListing } from '../../domain/screenings/index.ts';
import { boxOfficeLetters, boxOfficePapers } from '../../letters/boxoffice/index.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/secrets.ts';

const cleo = { personId: null, name: 'Cleo Marsh' };

const rsvp: TicketTypeDraft = {
  ...{ name: { en: 'Seat', es: 'Butaca' }, about: null, kind: 'free', currency: 'USD', price: 0 },
  ...{ priceMin: null, priceMax: null, placesMax: null, perOrderMax: 100 },
  ...{ saleFrom: null, saleUntil: null, needsCode: false },
};

const listing: ScreeningListing = {
  slug: 'seattle',
  kind: 'cinema',
  venue: {
    name: 'Northwest Film Forum',
    street: '1515 12th Ave',
    ...{ city: 'Seattle', region: 'WA', country: 'US', postcode: '98122', timezone: 'America/Los_Angeles' },
    point: [47.6144, -122.3171],
    accessibility: { step_free: true, hearing_loop: true },
  },
  starts_at: '2030-12-20T19:00',
  accessibility: { open_captions: true },
  state: 'on sale',
};

/** A whole house with a film in two languages, on sale. */
export async function openTicketHouse() {
  const database = await testDatabase();
  const film = await castFilm(database);
  const house = await openTestHouse(database);
  const db = database.kysely;
  const now = () => house.house.clock();
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(db, film.id, work);
  await within(async (tx) => {
    const before = await latestRevision(tx, film.id);
    if (!before) throw new Error('no film');
    const document = {
      film: { ...before.document.film, title: { en: 'UNION', es: 'UNIÓN' }, site_languages: ['en', 'es'] },
      contact: { addresses: { general: 'film@union.example' } },
    };
    const saved = await saveRevision(tx, film.id, now(), cleo, {
      ...{ document, files: {}, parentId: before.id },
    });
    await publishRevision(tx, film.id, now(), cleo, saved.revision.number);
  });
  let made = 0;
  const ground = { db, clock: house.house.clock, publicUrl: house.house.config.publicUrl };
  return {
    ...house,
    database,
    film,
    within,
    handlers: boxOfficeLetters(ground),
    makers: boxOfficePapers(ground),
    screening: (places = 100, more: Partial<ScreeningListing> = {}) =>
      within(async (tx) => {
        made += 1;
        const slug = `s-${made}`;
        const { id } = await addScreening(tx, film.id, now(), cleo, { ...listing, slug, ...more });
        await setPlaces(tx, film.id, now(), cleo, { screeningId: id, places });
        const typeId = await addTicketType(tx, film.id, now(), cleo, { screeningId: id, draft: rsvp });
        return { id, slug, typeId };
      }),
    /** An order as somebody confirmed it, with the secret that their form carried. */
    order: (
      { id: screeningId, typeId }: { id: string; typeId: string },
      {
        quantity = 2,
        language = 'en',
        name = 'Ada Okafor',
        address = 'buyer@union.example' as string | null,
        guestNames = [] as (string | null)[],
      } = {},
    ): Promise<{ order: Order; key: string }> =>
      within(async (tx) => {
        const key = newSecret();
        const [held] = await placeHolds(tx, film.id, now(), [
          {
            ...{ key, screeningId, gift: 0, code: '', channel: 'site', language, referral: null },
            choices: [{ ticketTypeId: typeId, quantity, amount: null }],
          },
        ]);
        if (held?.kind !== 'held') throw new Error('not held');
        const confirmation = { orderId: held.orderId, method: 'free' as const, guestNames };
        await confirmOrders(tx, film.id, now(), cleo, {
          bookedOn: Temporal.PlainDate.from('2026-12-01'),
          confirmations: [{ ...confirmation, buyer: { name, address } }],
        });
        const order = await orderById(tx, film.id, held.orderId);
        if (!order) throw new Error('no order');
        return { order, key };
      }),
  };
}
