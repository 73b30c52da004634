import { Temporal } from 'temporal-polyfill';
import { addCode, keepForGuests, sellAtDesk } from '../../src/domain/boxoffice/index.ts';
import { filmMoney } from '../../src/domain/film/index.ts';
import { type Database, inFilm } from '../../src/platform/database/database.ts';
import { newSecret } from '../../src/platform/secrets.ts';
import { fixedType, putOnSale, pwywType } from './on-sale.ts';

const cleo = { personId: null, name: 'Cleo Marsh' };

export type SoldNight = {
  readonly screeningId: string;
  readonly typeId: string;
  readonly orderId: string;
  readonly codeId: string;
};

/** A screening with a box office in which something of everything happened: an order, a code, places for guests. */
export async function soldNight(
  database: Pick<Database, 'kysely'>,
  filmId: string,
  slug: string,
  { name = 'Ada Okafor' }: { readonly name?: string } = {},
): Promise<SoldNight> {
  const { id: screeningId, typeIds } = await putOnSale(database, filmId, slug, {
    places: 40,
    types: [fixedType, pwywType],
  });
  const [typeId = ''] = typeIds;
  const now = Temporal.Now.instant();
  return await inFilm(database.kysely, filmId, async (tx) => {
    const { today } = await filmMoney(tx, filmId, now);
    const codeId = await addCode(tx, filmId, now, cleo, {
      ...{ word: `CODE-${slug.toUpperCase()}`, kind: 'percent', off: 20, currency: null, usesMax: null },
      ...{
        screeningId: null,
        ticketTypeId: null,
        moneyMax: null,
        goodFrom: null,
        goodUntil: null,
        note: name,
      },
    });
    const order = await sellAtDesk(
      tx,
      filmId,
      now,
      cleo,
      {
        ...{ key: newSecret(), screeningId, comps: 1, code: `CODE-${slug.toUpperCase()}`, channel: 'desk' },
        ...{ method: 'cash', name, address: 'ada@buyer.example', note: '', language: 'en' },
        choices: [{ ticketTypeId: typeId, quantity: 2, amount: null }],
      },
      today,
    );
    await keepForGuests(tx, filmId, now, cleo, { screeningId, places: 3, note: name });
    return { screeningId, typeId, orderId: order.id, codeId };
  });
}
