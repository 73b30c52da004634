import { describe, expect, it } from 'vitest';
import { cast, strangersFilm } from '../../../../tests/cast.ts';
import { signIn } from '../../../../tests/ground/house.ts';
import { openTill } from '../../../../tests/ground/stripe/till.ts';
import { listOrders } from '../../../domain/boxoffice/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { lookAtOrder } from '../../paying/look-again.ts';

const till = await openTill();
const { server, within, filmId, house } = till;
const elsewhere = await strangersFilm(till.database);
const test = { ask: till.ask, house, letters: [], work: async () => {} };
const cleo = await signIn(test, cast.cleo.address);
const show = await till.screening(100);

async function bought(name: string, card: typeof server.card) {
  server.card = card;
  const order = await till.hold(show);
  await till.startPaying(order.id, { name, address: null });
  server.pay(server.session(order.id));
  await lookAtOrder(house, filmId, order.id);
  return order;
}

const page = async (path: string) => (await till.ask(`/admin/films/union${path}`, { cookie: cleo })).text();
const everything = {
  ...{ screeningId: null, state: null, method: null, channel: null, codeId: null, from: null, to: null },
};
const found = (search: string) =>
  within(async (tx) =>
    (await listOrders(tx, filmId, till.clock(), { ...everything, search }, { before: null, limit: 50 })).map(
      ({ buyer }) => buyer?.name,
    ),
  );

describe('a card that paid', () => {
  it('is shown in its order and in the list, by its brand and its last four figures', async () => {
    const order = await bought('Ada Okafor', { brand: 'visa', last4: '4242' });
    expect(await page(`/orders/${order.id}`)).toContain('Visa ending 4242');
    expect(await page('/orders')).toContain('Visa ending 4242');
  });

  it('finds its orders, among those of other cards and of people whose name is like it', async () => {
    await bought('Ben Ito', { brand: 'mastercard', last4: '4444' });
    await bought('Area 4242', { brand: 'amex', last4: '0005' });
    await bought('Gus Link', null);
    expect(await found('4242')).toEqual(['Area 4242', 'Ada Okafor']);
    expect(await found('mastercard ending 4444')).toEqual(['Ben Ito']);
    expect(await found('•••• 0005')).toEqual(['Area 4242']);
    expect(await found('9999')).toEqual([]);
    expect(await page('/orders?search=4444')).toContain('Ben Ito');
  });

  it('finds both orders where one card paid twice, the newest first', async () => {
    await bought('First', { brand: 'visa', last4: '1881' });
    await bought('Second', { brand: 'visa', last4: '1881' });
    expect(await found('1881')).toEqual(['Second', 'First']);
  });

  it('is not known of what was paid another way, and comes later where the provider says so later', async () => {
    const order = await bought('Hugo Late', null);
    const [charge] = await till.charges(order.id);
    expect(charge).toMatchObject({ cardBrand: null, cardEnd: null });
    const { intent } = server.session(order.id);
    if (intent) intent.card = { brand: 'jcb', last4: '0505' };
    await till.deliver(till.events.at(-1) ?? { body: '', signature: '' });
    expect(await found('jcb 0505')).toEqual(['Hugo Late']);
  });

  it('S5 finds nothing in another film', async () => {
    const there = await inFilm(till.database.kysely, elsewhere.id, (tx) =>
      listOrders(
        tx,
        elsewhere.id,
        till.clock(),
        { ...everything, search: '4242' },
        { before: null, limit: 50 },
      ),
    );
    expect(there).toEqual([]);
  });
});
