import { describe, expect, it } from 'vitest';
import { newSecret } from '../../platform/secrets.ts';
import { groupsAbout } from '../ledger/index.ts';
import {
  availabilityOf,
  compGuests,
  type DeskSale,
  editBuyer,
  guestHolds,
  keepForGuests,
  listOrders,
  type OrderFilter,
  orderById,
  releaseGuests,
  saveBoxOffice,
  sellAtDesk,
  setPlaces,
} from './index.ts';
import { asks, cleo, freeType, now, openBoxOffice, orderOf, plainType, said, today } from './test-ground.ts';
import { withoutAdvisoryLocks } from './test-locks.ts';

const office = await openBoxOffice();
const { within, filmId } = office;
const house = (id: string) => within((tx) => availabilityOf(tx, filmId, id, now));

const sale = (screeningId: string, ticketTypeId: string, more: Partial<DeskSale> = {}): DeskSale => ({
  ...{ key: newSecret(), screeningId, comps: 0, code: '', channel: 'door', method: 'cash', name: null },
  ...{ address: null, note: '', language: 'en', choices: [{ ticketTypeId, quantity: 2, amount: null }] },
  ...more,
});
const sell = (one: DeskSale) => within((tx) => sellAtDesk(tx, filmId, now, cleo, one, today));
const refusedAs = (code: string) => expect.objectContaining({ code });

describe('selling at the desk and at the door', () => {
  it.each([
    ['cash', 'cash'],
    ['card-reader', 'bank'],
    ['cheque', 'bank'],
  ] as const)(
    'takes %s in one step: tickets are given, and the books know where the money is',
    async (method, account) => {
      const { id, typeId } = await office.screening(5);
      const order = await sell(sale(id, typeId, { method }));
      expect(order).toMatchObject({ method, total: 3000, buyer: { name: 'Sold at the door' } });
      expect(order.tickets).toHaveLength(2);
      expect(await house(id)).toMatchObject({ sold: 2, held: 0, free: 3 });
      const [group] = await within((tx) => groupsAbout(tx, filmId, order.id));
      const debit = group?.lines.find(({ amount }) => amount > 0);
      expect(debit).toMatchObject({ account, amount: 3000 });
    },
  );

  it('C1 is one order, however often the button was clicked', async () => {
    const { id, typeId } = await office.screening(50);
    const one = sale(id, typeId);
    const orders = await Promise.all(Array.from({ length: 4 }, () => sell(one)));
    expect(new Set(orders.map((order) => order.id)).size).toBe(1);
    await expect(sell({ ...one, choices: [] })).resolves.toMatchObject({ id: orders[0]?.id });
    expect(await house(id)).toMatchObject({ sold: 2 });
  });

  it('gives comps with a note, which are entries of nothing and places like all others', async () => {
    const { id } = await office.screening(3);
    const order = await sell(sale(id, '', { choices: [], comps: 2, note: 'The projectionist’s family' }));
    expect(order).toMatchObject({ method: 'comp', total: 0, note: 'The projectionist’s family' });
    expect(await within((tx) => groupsAbout(tx, filmId, order.id))).toEqual([]);
    await expect(sell(sale(id, '', { choices: [], comps: 2 }))).rejects.toEqual(refusedAs('places_gone'));
    expect(await house(id)).toMatchObject({ sold: 2, free: 1 });
  });

  it('sends an invoice only where the rules allow it and somebody is there to get it', async () => {
    const { id, typeId } = await office.screening(9);
    const invoice = sale(id, typeId, { method: 'invoice', name: 'Local 1', address: 'books@local1.example' });
    await expect(sell(invoice)).rejects.toEqual(refusedAs('no_invoices'));
    const box = { holdMinutes: 15, refundHours: 24, invoiceDays: 30, offerHours: 6 };
    await within((tx) => saveBoxOffice(tx, filmId, now, cleo, box));
    await expect(sell({ ...invoice, address: null })).rejects.toEqual(refusedAs('buyer_missing'));
    expect(await sell(invoice)).toMatchObject({ method: 'invoice', buyer: { name: 'Local 1' } });
  });

  it('draws on the same places as everybody, and leaves nothing behind where they are gone', async () => {
    const { id, typeId } = await office.screening(3);
    await office.holds([asks(id, [{ ticketTypeId: typeId, quantity: 2 }])]);
    await expect(sell(sale(id, typeId))).rejects.toEqual(refusedAs('places_gone'));
    expect(await house(id)).toMatchObject({ sold: 0, held: 2, free: 1 });
  });
});

describe('places for guests', () => {
  it('are kept out of the sale, given back, and made tickets of', async () => {
    const { id, typeId } = await office.screening(10);
    const keep = (places: number, note: string) =>
      within((tx) => keepForGuests(tx, filmId, now, cleo, { screeningId: id, places, note }));
    await keep(4, 'Local 1');
    await keep(5, 'Press');
    await expect(keep(2, 'Too many')).rejects.toEqual(refusedAs('places_gone'));
    expect(said(await office.holds([asks(id, [{ ticketTypeId: typeId, quantity: 2 }])]))).toEqual([
      'places_gone',
    ]);
    const [local, press] = await within((tx) => guestHolds(tx, filmId, id));
    expect([local?.note, press?.places]).toEqual(['Local 1', 5]);
    await within((tx) => releaseGuests(tx, filmId, now, cleo, { screeningId: id, holdId: press?.id ?? '' }));
    expect(await house(id)).toMatchObject({ sold: 4, free: 6 });
    const guests = {
      ...{ key: newSecret(), screeningId: id, holdId: local?.id ?? '', name: 'Jo Reyes', address: null },
      ...{ guestNames: ['Jo Reyes', null, 'Kim'], places: 3, language: 'en' },
    };
    const make = () => within((tx) => compGuests(tx, filmId, now, cleo, guests, today));
    const orders = await Promise.all([make(), make()]);
    expect(orders[0]?.tickets.map(({ guestName }) => guestName)).toEqual(['Jo Reyes', null, 'Kim']);
    expect(orders[1]?.id).toBe(orders[0]?.id);
    expect(orders[0]).toMatchObject({ method: 'comp', note: 'Local 1' });
    expect(await house(id)).toMatchObject({ sold: 4, free: 6 });
    expect((await within((tx) => guestHolds(tx, filmId, id)))[0]?.places).toBe(1);
  });

  it('C1 become tickets once, however often the button was clicked; with the lock out, one click is refused', async () => {
    for (const hasLock of [true, false]) {
      const open = await openBoxOffice();
      const { id } = await open.screening(10);
      const kept = { screeningId: id, places: 2, note: 'Crew' };
      await open.within((tx) => keepForGuests(tx, open.filmId, now, cleo, kept));
      const [hold] = await open.within((tx) => guestHolds(tx, open.filmId, id));
      if (!hasLock) await withoutAdvisoryLocks(open.database);
      const guests = {
        ...{ key: newSecret(), screeningId: id, holdId: hold?.id ?? '', name: 'Crew', address: null },
        ...{ guestNames: [], places: 2, language: 'en' },
      };
      const clicks = [1, 2, 3].map(() =>
        open.within((tx) => compGuests(tx, open.filmId, now, cleo, guests, today)),
      );
      const refused = (await Promise.allSettled(clicks)).filter(({ status }) => status === 'rejected');
      expect([hasLock, refused.length > 0]).toEqual([hasLock, !hasLock]);
      expect(await open.within((tx) => availabilityOf(tx, open.filmId, id, now))).toMatchObject({ sold: 2 });
    }
  });

  it('A10 become tickets in a full house, and in one that holds fewer than were sold', async () => {
    const { id } = await office.screening(4);
    await within((tx) => keepForGuests(tx, filmId, now, cleo, { screeningId: id, places: 4, note: 'Crew' }));
    await within((tx) => setPlaces(tx, filmId, now, cleo, { screeningId: id, places: 2 }));
    const [hold] = await within((tx) => guestHolds(tx, filmId, id));
    const guests = {
      ...{ key: newSecret(), screeningId: id, holdId: hold?.id ?? '', name: 'Crew', address: null },
      ...{ guestNames: [], places: 4, language: 'en' },
    };
    const make = (places: number) =>
      within((tx) => compGuests(tx, filmId, now, cleo, { ...guests, places }, today));
    await expect(make(1)).rejects.toEqual(refusedAs('split_oversold'));
    expect((await make(4)).tickets).toHaveLength(4);
    expect(await house(id)).toMatchObject({ sold: 4, free: 0 });
  });
});

describe('A10 who an order is for', () => {
  it('is changed in a full house, without a place', async () => {
    const { id, typeIds } = await office.screening(1, [freeType, plainType]);
    const orderId = orderOf((await office.holds([asks(id, [{ ticketTypeId: typeIds[0] ?? '' }])]))[0]);
    const buyer = { orderId, name: 'Bea', address: 'bea@union.example', note: 'Called' };
    const edit = () => within((tx) => editBuyer(tx, filmId, now, cleo, buyer));
    await expect(edit()).rejects.toEqual(refusedAs('order_not_confirmed'));
    await office.confirm(orderId);
    const before = await house(id);
    await edit();
    expect(await within((tx) => orderById(tx, filmId, orderId))).toMatchObject({
      ...{ buyer: { name: 'Bea', address: 'bea@union.example' }, note: 'Called' },
    });
    expect(await house(id)).toEqual(before);
  });
});

describe('finding an order', () => {
  const everything: OrderFilter = {
    ...{ search: '', screeningId: null, state: null, method: null, channel: null, codeId: null },
    ...{ from: null, to: null },
  };
  const find = async (filter: Partial<OrderFilter>, place = { before: null as string | null, limit: 50 }) =>
    (await within((tx) => listOrders(tx, filmId, now, { ...everything, ...filter }, place))).map(
      ({ buyer, places }) => `${buyer?.name} ${places}`,
    );

  it('by words of name and address in any order, by its code, and by what narrows it', async () => {
    const { id, typeId } = await office.screening(20);
    const named = (name: string, address: string, more: Partial<DeskSale> = {}) =>
      sell(sale(id, typeId, { name, address, channel: 'desk', ...more }));
    const order = await named('Ñandú O’Brien', 'nandu@union.example');
    await named('Zoë Marsh-Okafor', 'zoe.marsh@union.example', { method: 'cheque' });
    const mine = { screeningId: id };
    for (const search of ['nandu', 'OBRIEN union', 'O’Brien', 'nandu@union.example', 'brien ñan', order.code])
      expect([search, await find({ ...mine, search })]).toEqual([
        search,
        search === 'OBRIEN union' ? [] : ['Ñandú O’Brien 2'],
      ]);
    expect(await find({ search: `${order.code.slice(0, 4)}-${order.code.slice(4)}` })).toHaveLength(1);
    expect(await find({ ...mine, search: 'marsh' })).toEqual(['Zoë Marsh-Okafor 2']);
    expect(await find({ ...mine, method: 'cheque' })).toEqual(['Zoë Marsh-Okafor 2']);
    expect(await find({ ...mine, channel: 'door' })).toEqual([]);
    expect(await find({ ...mine, from: now.add({ hours: 1 }) })).toEqual([]);
    expect(await find(mine, { before: null, limit: 1 })).toHaveLength(1);
  });

  it('S1 S2 S3 takes what is searched for as text, whatever it says', async () => {
    for (const search of [
      "' or 1=1",
      'zq & zx | !zc',
      ':*',
      '((((',
      '%',
      '\\',
      '(zq+)+$',
      'x'.repeat(100_000),
      '!!!',
    ])
      expect(await find({ search })).toEqual([]);
  });
});
