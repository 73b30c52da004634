import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { hashSecret, newSecret } from '../../platform/secrets.ts';
import { availabilityOf, changeChoice, orderById, orderByKey, setPlaces } from './index.ts';
import {
  asks,
  cleo,
  freeType,
  now,
  openBoxOffice,
  orderOf,
  plainType,
  pwywType,
  said,
} from './test-ground.ts';

const office = await openBoxOffice();
const { within, filmId, holds, confirm } = office;
const free = async (id: string, at = now) => (await within((tx) => availabilityOf(tx, filmId, id, at)))?.free;
const later = (minutes: number) => now.add({ minutes });

describe('holds', () => {
  it('A5 sets places aside until they are paid for, and gives them back by the clock alone', async () => {
    const { id, typeId } = await office.screening(3);
    const [answer] = await holds([asks(id, [{ ticketTypeId: typeId, quantity: 2 }])]);
    expect(answer?.kind).toBe('held');
    expect(await free(id)).toBe(1);
    expect(await free(id, later(14))).toBe(1);
    // Nobody swept; the clock counts.
    expect(await free(id, later(15))).toBe(3);
    const again = await holds([asks(id, [{ ticketTypeId: typeId, quantity: 3 }])], later(15));
    expect(said(again)).toEqual(['held']);
  });

  it('refuses when too few are left, and takes none', async () => {
    const { id, typeId } = await office.screening(3);
    const wants = (quantity: number) => asks(id, [{ ticketTypeId: typeId, quantity }]);
    expect(said(await holds([wants(2), wants(2), wants(1)]))).toEqual(['held', 'places_gone', 'held']);
    expect(await free(id)).toBe(0);
  });

  it('A6 counts two lines and two types of one order against the same places', async () => {
    const { id, typeIds } = await office.screening(3, [plainType, freeType]);
    const [one = '', other = ''] = typeIds;
    const lines = [
      { ticketTypeId: one, quantity: 2 },
      { ticketTypeId: other, quantity: 1 },
      { ticketTypeId: one, quantity: 1 },
    ];
    expect(said(await holds([asks(id, lines)]))).toEqual(['places_gone']);
    expect(said(await holds([asks(id, lines.slice(0, 2))]))).toEqual(['held']);
  });

  it('A6 counts two lines of a type that has places of its own', async () => {
    const { id, typeId } = await office.screening(30, [{ ...plainType, placesMax: 3 }, freeType]);
    const two = { ticketTypeId: typeId, quantity: 2 };
    expect(said(await holds([asks(id, [two, two]), asks(id, [two]), asks(id, [two])]))).toEqual([
      'places_gone_of_type',
      'held',
      'places_gone_of_type',
    ]);
    const one = { ticketTypeId: typeId, quantity: 1 };
    expect(said(await holds([asks(id, [one]), asks(id, [one])]))).toEqual(['held', 'places_gone_of_type']);
    expect(await free(id)).toBe(27);
  });

  it('S10 makes no second order under a secret that a letter carries: it opens the one that the letter is about', async () => {
    const { id, typeId } = await office.screening(5);
    const wish = asks(id, [{ ticketTypeId: typeId }]);
    const [held] = await holds([wish]);
    const secret = newSecret();
    await within((tx) =>
      tx
        .insertInto('orderKey')
        .values({ filmId, secretHash: hashSecret(secret), orderId: orderOf(held), madeAt: now })
        .execute(),
    );
    const [again] = await holds([{ ...wish, key: secret }]);
    expect(again).toMatchObject({ kind: 'held', orderId: orderOf(held), isRepeat: true });
    const proof = { code: held?.kind === 'held' ? held.code : '' };
    for (const key of [wish.key, secret])
      expect((await within((tx) => orderByKey(tx, filmId, { ...proof, key })))?.id).toBe(orderOf(held));
    expect(await free(id)).toBe(4);
  });

  it('C1 takes another wish under the same secret after the first one, though they came together', async () => {
    const { id, typeId } = await office.screening(10);
    const one = asks(id, [{ ticketTypeId: typeId }]);
    const three = { ...one, choices: [{ ticketTypeId: typeId, quantity: 3, amount: null }] };
    expect(said(await holds([one, three]))).toEqual(['held', 'other']);
    const wrong = asks(id, [{ ticketTypeId: typeId, quantity: 11 }]);
    const right = { ...wrong, choices: [{ ticketTypeId: typeId, quantity: 2, amount: null }] };
    expect(said(await holds([wrong, right]))).toEqual(['too_many_of_type', 'held']);
    // However many wishes come under one secret, they cost one pass more: the last of them is the one that counts.
    const many = Array.from({ length: 300 }, (_, at) => ({ ...one, gift: at }));
    expect(new Set(said(await holds([asks(id, [{ ticketTypeId: typeId }]), ...many])))).toEqual(
      new Set(['held', 'other']),
    );
    const nameless = many.map((request) => ({ ...request, key: '' }));
    expect(new Set(said(await holds(nameless)))).toEqual(new Set(['key_wrong']));
    expect(await free(id)).toBe(6);
  });

  it('C1 answers the same secret with the same order, in one gathering and later', async () => {
    const { id, typeId } = await office.screening(10);
    const request = asks(id, [{ ticketTypeId: typeId }]);
    const answers = [...(await holds([request, request])), ...(await holds([request]))];
    expect(new Set(answers.map(orderOf)).size).toBe(1);
    expect(answers.map((answer) => answer.kind === 'held' && answer.isRepeat)).toEqual([false, true, true]);
    expect(await free(id)).toBe(9);
  });
});

describe('choosing again', () => {
  it('makes the same order say something else, and holds what is asked for now', async () => {
    const { id, typeId } = await office.screening(3);
    const first = asks(id, [{ ticketTypeId: typeId, quantity: 2 }]);
    const orderId = orderOf((await holds([first]))[0]);
    const second = { ...first, choices: [{ ticketTypeId: typeId, quantity: 3, amount: null }] };
    expect(await holds([second])).toMatchObject([{ kind: 'other', orderId }]);
    await within((tx) => changeChoice(tx, filmId, now, { orderId, request: second }));
    expect(await free(id)).toBe(0);
    expect(await within((tx) => orderById(tx, filmId, orderId))).toMatchObject({ total: 4500 });
    const fourth = { ...first, choices: [{ ticketTypeId: typeId, quantity: 4, amount: null }] };
    const change = within((tx) => changeChoice(tx, filmId, now, { orderId, request: fourth }));
    await expect(change).rejects.toMatchObject({ code: 'places_gone' });
    expect(await within((tx) => orderById(tx, filmId, orderId))).toMatchObject({ total: 4500 });
    expect(await free(id)).toBe(0);
  });

  it('takes an order up again that lapsed, while there are places', async () => {
    const { id, typeId } = await office.screening(2);
    const request = asks(id, [{ ticketTypeId: typeId, quantity: 2 }]);
    const orderId = orderOf((await holds([request]))[0]);
    expect(await holds([request], later(20))).toMatchObject([{ kind: 'other', orderId }]);
    await within((tx) => changeChoice(tx, filmId, later(20), { orderId, request }));
    expect(await free(id, later(21))).toBe(0);
    expect(await confirm(orderId, 'cash', later(30))).toMatchObject({ kind: 'confirmed' });
    const change = within((tx) => changeChoice(tx, filmId, later(31), { orderId, request }));
    await expect(change).rejects.toMatchObject({ code: 'order_settled' });
  });
});

describe('confirming', () => {
  it('keeps the places for good and gives a ticket for each, once', async () => {
    const { id, typeIds } = await office.screening(5, [freeType, plainType]);
    const [rsvp = ''] = typeIds;
    const orderId = orderOf((await holds([asks(id, [{ ticketTypeId: rsvp, quantity: 2 }])]))[0]);
    expect(await confirm(orderId)).toEqual({ kind: 'confirmed', isRepeat: false });
    expect(await confirm(orderId, 'free', later(60))).toEqual({ kind: 'confirmed', isRepeat: true });
    const order = await within((tx) => orderById(tx, filmId, orderId));
    expect(order?.tickets.map(({ number }) => number)).toEqual([1, 2]);
    expect(order?.buyer?.name).toBe('Ada Okafor');
    expect(await free(id, later(60 * 24))).toBe(3);
    expect(await within((tx) => availabilityOf(tx, filmId, id, now))).toMatchObject({ sold: 2, held: 0 });
  });

  it('A3 refuses what lapsed, and what is owed for, and gives nothing', async () => {
    const { id, typeIds } = await office.screening(5, [freeType, plainType]);
    const [rsvp = '', general = ''] = typeIds;
    const answers = await holds([asks(id, [{ ticketTypeId: rsvp }]), asks(id, [{ ticketTypeId: general }])]);
    const [freeOrder = '', owed = ''] = answers.map(orderOf);
    expect(await confirm(owed)).toMatchObject({ kind: 'refused', refusal: { code: 'something_due' } });
    expect(await confirm(freeOrder, 'free', later(15))).toMatchObject({ refusal: { code: 'lapsed' } });
    expect((await within((tx) => orderById(tx, filmId, freeOrder)))?.tickets).toEqual([]);
  });

  it('refuses what others took after it lapsed by another clock', async () => {
    const { id, typeId } = await office.screening(1, [freeType]);
    const orderId = orderOf((await holds([asks(id, [{ ticketTypeId: typeId }])]))[0]);
    expect(said(await holds([asks(id, [{ ticketTypeId: typeId }])], later(15)))).toEqual(['held']);
    // A process whose clock is behind still thinks that it holds.
    expect(await confirm(orderId, 'free', later(14))).toMatchObject({ refusal: { code: 'lapsed' } });
    expect(await free(id, later(16))).toBe(0);
  });
});

describe('A14 fewer places than were sold', () => {
  it('sells nothing more and never says less than none', async () => {
    const { id, typeId } = await office.screening(5, [freeType]);
    const [answer] = await holds([asks(id, [{ ticketTypeId: typeId, quantity: 4 }])]);
    await confirm(orderOf(answer));
    await within((tx) => setPlaces(tx, filmId, now, cleo, { screeningId: id, places: 2 }));
    expect(await free(id)).toBe(0);
    expect(said(await holds([asks(id, [{ ticketTypeId: typeId }])]))).toEqual(['places_gone']);
  });
});

describe('B5 what nobody can ask for', () => {
  it.each([0, -1, 0.5, 1e9, Number.NaN])('refuses a quantity of %d, and holds nothing', async (quantity) => {
    const { id, typeId } = await office.screening(5);
    expect(said(await holds([asks(id, [{ ticketTypeId: typeId, quantity }])]))).toEqual(['quantity_wrong']);
    expect(await free(id)).toBe(5);
  });

  it.each([
    [null, 'amount_missing'],
    [499, 'amount_too_small'],
    [10_001, 'amount_too_large'],
    [0.5, 'amount_missing'],
    [-700, 'amount_missing'],
    [Number.NaN, 'amount_missing'],
    [500, 'held'],
    [10_000, 'held'],
  ])('takes what people can pay within its bounds: %d', async (amount, answer) => {
    const { id, typeId } = await office.screening(5, [pwywType]);
    expect(said(await holds([asks(id, [{ ticketTypeId: typeId, amount }])]))).toEqual([answer]);
  });

  it('refuses what is not on sale: another screening’s type, a withdrawn one, before and after its window', async () => {
    const at = (instant: string) => Temporal.Instant.from(instant);
    const { id, typeIds } = await office.screening(5, [
      { ...plainType, saleFrom: at('2026-12-02T00:00:00Z') },
      { ...plainType, saleUntil: at('2026-12-01T12:00:00Z') },
      { ...plainType, needsCode: true },
      { ...freeType, kind: 'comp' },
    ]);
    const other = await office.screening(5);
    const all = [...typeIds, other.typeId].map((ticketTypeId) => asks(id, [{ ticketTypeId }]));
    expect(said(await holds(all))).toEqual([
      ...['type_not_yet', 'type_over', 'needs_code', 'no_such_type', 'no_such_type'],
    ]);
    expect(said(await holds([asks(id, [])]))).toEqual(['nothing_chosen']);
    expect(said(await holds([asks(id, [{ ticketTypeId: other.typeId }], { key: 'guess' })]))).toEqual([
      'key_wrong',
    ]);
  });
});
