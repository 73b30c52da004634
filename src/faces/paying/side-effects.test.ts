import { expect, it } from 'vitest';
import { workOff } from '../../../tests/ground/house.ts';
import { openTill } from '../../../tests/ground/stripe/till.ts';
import { ticketsLetter } from '../../domain/boxoffice/index.ts';
import { lookAtOrder } from './look-again.ts';

const till = await openTill();
const { server, filmId, house } = till;

it('C9 leaves an order paid when the letter with its tickets throws', async () => {
  const order = await till.hold(await till.screening(10));
  await till.startPaying(order.id);
  server.pay(server.session(order.id));
  expect((await lookAtOrder(house, filmId, order.id))?.kind).toBe('fulfilled');
  const failing = {
    [ticketsLetter]: async () => {
      throw new Error('the drawing of the tickets broke');
    },
  };
  await expect(workOff(till.database, failing)).rejects.toThrow('broke');
  expect((await till.order(order.id)).confirmedAt).not.toBeNull();
  expect((await till.groups(order.id)).map(({ kind }) => kind).sort()).toEqual(['fee', 'order']);
});
