import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asks, freeType, openBoxOffice, orderOf } from './test-ground.ts';

const office = await openBoxOffice();
const { id, typeIds } = await office.screening(50, [freeType, { ...freeType, name: 'Balcony' }]);
const owner = new pg.Client(office.database.connection);
beforeAll(() => owner.connect());
afterAll(() => owner.end());

/** An order of two kinds of places. */
async function heldOrder(): Promise<string> {
  const choices = typeIds.map((ticketTypeId) => ({ ticketTypeId, quantity: 2 }));
  const [answer] = await office.holds([asks(id, choices)]);
  return orderOf(answer);
}

/** Confirms an order while somebody else has done something to its holds and not committed it yet. */
async function confirmAfter(statement: string, orderId: string) {
  await owner.query('begin');
  await owner.query(statement, [orderId]);
  const { rows } = await owner.query('select pg_backend_pid() as pid');
  const answer = office.confirm(orderId);
  await vi.waitFor(async () => {
    const blocked = await owner.query(
      'select from pg_stat_activity where $1::int = any(pg_blocking_pids(pid))',
      [rows[0].pid],
    );
    expect(blocked.rowCount).toBe(1);
  }, 15_000);
  await owner.query('commit');
  return await answer;
}

async function ends(orderId: string): Promise<unknown[]> {
  const { rows } = await owner.query('select expires_at from hold where order_id = $1', [orderId]);
  return rows.map((row) => row.expires_at);
}

describe('places that are kept for good', () => {
  it('are all of an order’s', async () => {
    const orderId = await heldOrder();
    expect(await office.confirm(orderId)).toEqual({ kind: 'confirmed', isRepeat: false });
    expect(await ends(orderId)).toEqual([null, null]);
  });

  it('are those whose rows somebody wrote anew meanwhile', async () => {
    const orderId = await heldOrder();
    const answer = await confirmAfter(`update hold set note = 'front' where order_id = $1`, orderId);
    expect(answer).toEqual({ kind: 'confirmed', isRepeat: false });
    expect(await ends(orderId)).toEqual([null, null]);
  });

  it('A3 are not those that somebody gave back meanwhile', async () => {
    const orderId = await heldOrder();
    const answer = await confirmAfter('delete from hold where order_id = $1', orderId);
    expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'lapsed' } });
  });
});
