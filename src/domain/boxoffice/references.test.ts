import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/secrets.ts';
import { addCode, placeHolds } from './index.ts';
import { asks, cleo, now, openBoxOffice, orderOf, plainCode } from './test-ground.ts';

const office = await openBoxOffice();
const { within, filmId, database } = office;
const { id: screeningId, typeId } = await office.screening(20);
const [held] = await office.holds([asks(screeningId, [{ ticketTypeId: typeId, quantity: 2 }])]);
const orderId = orderOf(held);
const codeId = await within((tx) => addCode(tx, filmId, now, cleo, { ...plainCode, word: 'HALF' }));
const owner = new pg.Client(database.connection);
beforeAll(() => owner.connect());
afterAll(() => owner.end());

const refused = (statement: ReturnType<typeof sql>, code: string) =>
  expect(within((tx) => statement.execute(tx))).rejects.toMatchObject({ code });
const dangling = '23503';

describe('what a row of a rush refers to', () => {
  it('is there when it is written: checked once a statement, for every one of its rows', async () => {
    const gone = newId();
    const order = (screening: string) => sql`
      insert into "order" (film_id, id, code, screening_id, channel, language, currency, total, gift, made_at,
                           lapses_at, secret_hash)
      values (${filmId}, ${newId()}, 'ABCD1234', ${screeningId}, 'site', 'en', 'USD', 0, 0, ${now}, ${now}, 'x'),
             (${filmId}, ${newId()}, 'ABCD1235', ${screening}, 'site', 'en', 'USD', 0, 0, ${now}, ${now}, 'y')`;
    const line = (order: string, type: string) => sql`
      insert into order_line (film_id, order_id, line, ticket_type_id, quantity, price, off, granted)
      values (${filmId}, ${orderId}, 7, ${typeId}, 1, 0, 0, 0), (${filmId}, ${order}, 8, ${type}, 1, 0, 0, 0)`;
    const hold = (line: number) => sql`
      insert into hold (film_id, id, screening_id, order_id, line, ticket_type_id, places, made_at)
      values (${filmId}, ${newId()}, ${screeningId}, ${orderId}, 1, ${typeId}, 1, ${now}),
             (${filmId}, ${newId()}, ${screeningId}, ${orderId}, ${line}, ${typeId}, 1, ${now})`;
    const ticket = (line: number) => sql`
      insert into ticket (film_id, id, order_id, line, number, screening_id, ticket_type_id, issued_at)
      values (${filmId}, ${newId()}, ${orderId}, ${line}, 1, ${screeningId}, ${typeId}, ${now})`;
    const use = (order: string) => sql`
      insert into code_use (film_id, code_id, order_id, uses, money) values (${filmId}, ${codeId}, ${order}, 1, 0)`;
    const wrong = [order(gone), line(gone, typeId), line(orderId, gone), hold(9), ticket(9), use(gone)];
    for (const statement of wrong) await refused(statement, dangling);
    // The same with what is there; taken back again.
    const good = [order(screeningId), line(orderId, typeId), hold(1), ticket(1), use(orderId)];
    await expect(
      within(async (tx) => {
        for (const statement of good) await statement.execute(tx);
        throw new Error('all written');
      }),
    ).rejects.toThrow('all written');
  });

  it('is no other’s film’s', async () => {
    const other = await openBoxOffice();
    const { id } = await other.screening(1);
    await refused(sql`update "order" set screening_id = ${id} where id = ${orderId}`, dangling);
  });

  it('is there after a change, and does not change what it is known by', async () => {
    const gone = newId();
    await refused(sql`update "order" set screening_id = ${gone} where id = ${orderId}`, dangling);
    await refused(sql`update order_line set ticket_type_id = ${gone} where order_id = ${orderId}`, dangling);
    await refused(sql`update hold set line = 9 where order_id = ${orderId}`, dangling);
    await refused(sql`update order_line set line = 9 where order_id = ${orderId}`, dangling);
    await refused(sql`update "order" set id = ${gone} where id = ${orderId}`, dangling);
    await refused(sql`update screening set id = ${gone} where id = ${screeningId}`, dangling);
    await refused(sql`update ticket_type set id = ${gone} where id = ${typeId}`, dangling);
  });

  it('stays: the program may not take it away, and a line only where nothing stands on it', async () => {
    for (const parent of ['screening', 'ticket_type', '"order"'])
      await refused(sql`delete from ${sql.raw(parent)} where film_id = ${filmId}`, '42501');
    await refused(sql`delete from order_line where order_id = ${orderId}`, dangling);
  });

  it('goes with an order that its own transaction takes back, and of no other', async () => {
    await refused(sql`select take_back_orders(array[${orderId}]::uuid[])`, dangling);
    const { rows } = await owner.query('select from "order" where id = $1', [orderId]);
    expect(rows).toHaveLength(1);
    // Nor of its own, where it holds places.
    const own = within(async (tx) => {
      const [answer] = await placeHolds(tx, filmId, now, [asks(screeningId, [{ ticketTypeId: typeId }])]);
      await sql`select take_back_orders(array[${orderOf(answer)}]::uuid[])`.execute(tx);
    });
    await expect(own).rejects.toMatchObject({ code: dangling });
  });

  it('is looked for in every row where rows were written past the triggers', async () => {
    const broken = async () =>
      (await owner.query('select reference from broken_references() where broken > 0')).rows;
    expect(await broken()).toEqual([]);
    await owner.query('begin; alter table order_line disable trigger user');
    await owner.query('delete from order_line where order_id = $1', [orderId]);
    expect(await broken()).toEqual([{ reference: 'hold_refers_to_order_line_broken' }]);
    await owner.query('rollback');
  });
});
