import type pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import {
  addTicketType,
  openSandbox,
  setPlaces,
  type TicketTypeDraft,
} from '../../src/domain/boxoffice/index.ts';
import { addScreening, type ScreeningListing } from '../../src/domain/screenings/index.ts';
import { type Database, inFilm, openDatabase } from '../../src/platform/database/database.ts';

const cleo = { personId: null, name: 'Cleo Marsh' };

export const freeType: TicketTypeDraft = {
  ...{ name: 'RSVP', about: null, kind: 'free', currency: 'USD', price: 0 },
  ...{ priceMin: null, priceMax: null, placesMax: null, perOrderMax: 10 },
  ...{ saleFrom: null, saleUntil: null, needsCode: false },
};
export const fixedType: TicketTypeDraft = { ...freeType, name: 'General', kind: 'fixed', price: 1500 };
export const pwywType: TicketTypeDraft = {
  ...freeType,
  ...{ name: 'What you can', about: 'Nobody is asked why.', kind: 'pwyw' },
  ...{ price: 1000, priceMin: 0, priceMax: 10_000 },
};

export type OnSale = { readonly id: string; readonly slug: string; readonly typeIds: readonly string[] };

/** Puts a screening on sale a month from now, as the team would at its desk. */
export async function putOnSale(
  { kysely }: Pick<Database, 'kysely'>,
  filmId: string,
  slug: string,
  {
    places,
    types = [freeType],
    listing = {},
  }: {
    readonly places: number;
    readonly types?: readonly TicketTypeDraft[];
    readonly listing?: Partial<ScreeningListing>;
  },
): Promise<OnSale> {
  const now = Temporal.Now.instant();
  const day = now.toZonedDateTimeISO('America/Los_Angeles').toPlainDate().add({ days: 30 });
  const screening: ScreeningListing = {
    slug,
    kind: 'cinema',
    venue: {
      ...{ name: 'Northwest Film Forum', street: '1515 12th Avenue', city: 'Seattle', region: 'WA' },
      ...{ country: 'US', postcode: '98122', timezone: 'America/Los_Angeles', point: [47.6141, -122.3172] },
    },
    starts_at: `${day}T19:00`,
    state: 'on sale',
    ...listing,
  };
  return await inFilm(kysely, filmId, async (tx) => {
    const { id } = await addScreening(tx, filmId, now, cleo, screening);
    await setPlaces(tx, filmId, now, cleo, { screeningId: id, places });
    const typeIds: string[] = [];
    // Where nobody set up an account, they are paid for with nothing.
    await openSandbox(tx, filmId, now, cleo);
    for (const draft of types)
      typeIds.push(await addTicketType(tx, filmId, now, cleo, { screeningId: id, draft }));
    return { id, slug, typeIds };
  });
}

/** The database of an installation that runs, for a test that looks into it beside the program. */
export async function besideProgram<T>(
  connection: pg.ClientConfig,
  work: (database: Database, filmId: string) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(connection, { embedded: true, sessionsMax: 2 });
  try {
    const film = await database.kysely.selectFrom('film').select('id').executeTakeFirstOrThrow();
    return await work(database, film.id);
  } finally {
    await database.close();
  }
}
