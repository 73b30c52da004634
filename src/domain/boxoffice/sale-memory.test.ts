import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { addTicketType, openSaleMemory, setPlaces } from './index.ts';
import { asks, cleo, freeType, now, openBoxOffice } from './test-ground.ts';

const office = await openBoxOffice();
const { within, filmId } = office;

it('knows a screening from the last look until anything of it changes, whoever changes it', async () => {
  const { id, typeId } = await office.screening(9, undefined, { slug: 'looked-at' });
  const other = await office.screening(1, undefined, { slug: 'other' });
  const look = openSaleMemory();
  const seen = (slug = 'looked-at') => within((tx) => look(tx, filmId, slug, now));
  const change = (statement: ReturnType<typeof sql>) => within((tx) => statement.execute(tx));
  const first = await seen();
  expect(first).toMatchObject({ screening: { id }, types: [{ id: typeId, price: 1500 }], open: 9 });
  await office.holds([asks(id, [{ ticketTypeId: typeId, quantity: 2 }])]);
  const second = await seen();
  expect(second).toMatchObject({ open: 7 });
  expect(second?.types).toBe(first?.types);
  expect(second?.screening).toBe(first?.screening);

  await change(sql`update ticket_type set price = 900 where id = ${typeId}`);
  expect(await seen()).toMatchObject({ types: [{ price: 900 }] });
  await within((tx) => addTicketType(tx, filmId, now, cleo, { screeningId: id, draft: freeType }));
  expect((await seen())?.types).toHaveLength(2);
  await change(sql`update screening set state = 'cancelled' where id = ${id}`);
  expect((await seen())?.screening.state).toBe('cancelled');
  await change(sql`update venue set timezone = 'America/New_York'`);
  expect((await seen())?.screening.venue.timezone).toBe('America/New_York');
  await within((tx) => setPlaces(tx, filmId, now, cleo, { screeningId: id, places: 3 }));
  expect((await seen())?.open).toBe(1);

  await change(sql`update screening set slug = 'moved' where id = ${id}`);
  expect(await seen()).toBeNull();
  await change(sql`update screening set slug = 'looked-at' where id = ${other.id}`);
  expect((await seen())?.screening.id).toBe(other.id);
  expect((await seen('moved'))?.screening.id).toBe(id);
  await change(sql`update screening set is_private = true where id = ${id}`);
  expect(await seen('moved')).toBeNull();
  expect(await seen('nowhere')).toBeNull();
});

it('never remembers under a version what was older: a change in the middle of a look is seen the next time', async () => {
  const { typeId } = await office.screening(9, undefined, { slug: 'meanwhile' });
  const change = (price: number) =>
    within((tx) => sql`update ticket_type set price = ${price} where id = ${typeId}`.execute(tx));
  for (const [at, price] of [700, 800, 900].entries()) {
    const look = openSaleMemory();
    await within((tx) => {
      let answers = 0;
      // Another's change is committed after the version was answered, the screening, the types.
      const interrupted = tx.withPlugin({
        transformQuery: ({ node }) => node,
        async transformResult({ result }) {
          answers += 1;
          if (answers === at + 1) await change(price);
          return result;
        },
      });
      return look(interrupted, filmId, 'meanwhile', now);
    });
    expect((await within((tx) => look(tx, filmId, 'meanwhile', now)))?.types[0]?.price).toBe(price);
  }
});
