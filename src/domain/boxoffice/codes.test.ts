import { describe, expect, it } from 'vitest';
import {
  addCode,
  type CodeDraft,
  changeChoice,
  codesByWord,
  editTicketType,
  orderById,
  readCode,
} from './index.ts';
import {
  asks,
  cleo,
  freeType,
  now,
  openBoxOffice,
  orderOf,
  plainCode,
  plainType,
  pwywType,
  said,
} from './test-ground.ts';

const office = await openBoxOffice();
const { within, filmId, holds, confirm } = office;
const later = (minutes: number) => now.add({ minutes });

const make = (word: string, draft: Partial<CodeDraft> = {}) =>
  within((tx) => addCode(tx, filmId, now, cleo, { word, ...plainCode, ...draft }));
const used = async (word: string) => (await within((tx) => codesByWord(tx, filmId, [word]))).get(word);
const order = (id: string) => within((tx) => orderById(tx, filmId, id));

describe('a code', () => {
  it('is read as people type it', () => {
    expect(readCode(' local-one ')).toBe('LOCAL-ONE');
    expect(readCode('lo cal 1')).toBe('LOCAL1');
    expect(['', 'ab', '<b>', 'x'.repeat(41)].map(readCode)).toEqual([null, null, null, null]);
  });

  it('takes a percentage off each place, half to even, and never more than the price', async () => {
    const { id, typeId } = await office.screening(50, [{ ...plainType, price: 1235 }]);
    await make('HALF');
    await make('THIRD', { off: 33 });
    await make('TEN', { kind: 'amount', off: 2000, currency: 'USD' });
    const total = async (code: string) => {
      const [answer] = await holds([asks(id, [{ ticketTypeId: typeId, quantity: 3 }], { code })]);
      return (await order(orderOf(answer)))?.total;
    };
    expect(await total('half')).toBe(3 * (1235 - 618));
    expect(await total('third')).toBe(3 * (1235 - 408));
    expect(await total('ten')).toBe(0);
  });

  it('leaves what people give as they can to them, except as a comp, and opens the type that it is for', async () => {
    const types = [pwywType, { ...freeType, needsCode: true }];
    const { id, typeIds } = await office.screening(50, types);
    const [pwyw = '', hidden = ''] = typeIds;
    await make('MINE');
    await make('GUEST', { kind: 'comp', off: 0 });
    await make('CREW', { kind: 'comp', off: 0, ticketTypeId: hidden });
    const give = { ticketTypeId: pwyw, amount: 700 };
    expect(said(await holds([asks(id, [give], { code: 'MINE' })]))).toEqual(['code_takes_nothing']);
    const [guest] = await holds([asks(id, [give], { code: 'GUEST' })]);
    expect((await order(orderOf(guest)))?.total).toBe(0);
    expect(said(await holds([asks(id, [{ ticketTypeId: hidden }])]))).toEqual(['needs_code']);
    expect(said(await holds([asks(id, [{ ticketTypeId: hidden }], { code: 'crew' })]))).toEqual(['held']);
  });

  it('is refused by its reason: none such, too early, over, elsewhere, in another currency', async () => {
    const { id, typeId } = await office.screening(50);
    const other = await office.screening(50);
    await make('EARLY', { goodFrom: later(10) });
    await make('LATE', { goodUntil: now });
    await make('THERE', { screeningId: other.id });
    await make('EUROS', { kind: 'amount', off: 100, currency: 'EUR' });
    const wants = (code: string) => asks(id, [{ ticketTypeId: typeId }], { code });
    expect(said(await holds(['nothing', '<x>', 'EARLY', 'LATE', 'THERE', 'EUROS'].map(wants)))).toEqual([
      ...[
        'no_such_code',
        'no_such_code',
        'code_not_yet',
        'code_over',
        'code_elsewhere',
        'code_other_currency',
      ],
    ]);
  });
});

describe('a code with a limit', () => {
  it('B2 S11 is used as soon as places are set aside with it, not when they are paid for', async () => {
    const { id, typeId } = await office.screening(50);
    await make('ONE', { usesMax: 1 });
    const wants = () => asks(id, [{ ticketTypeId: typeId }], { code: 'one' });
    const answers = [
      ...(await holds([wants(), wants()])),
      ...(await holds(Array.from({ length: 8 }, wants))),
    ];
    expect(said(answers)).toEqual(['held', ...Array.from({ length: 9 }, () => 'code_used_up')]);
    expect(await confirm(orderOf(answers[0]), 'cash')).toMatchObject({ kind: 'confirmed' });
    expect(said(await holds([wants()], later(60)))).toEqual(['code_used_up']);
    expect(await used('ONE')).toMatchObject({ uses: 1, money: 750 });
  });

  it('comes back when nobody paid, by the clock', async () => {
    const { id, typeId } = await office.screening(50);
    await make('AGAIN', { usesMax: 2 });
    const wants = asks(id, [{ ticketTypeId: typeId, quantity: 2 }], { code: 'again' });
    expect(said(await holds([wants]))).toEqual(['held']);
    const other = asks(id, [{ ticketTypeId: typeId, quantity: 2 }], { code: 'again' });
    expect(said(await holds([other], later(14)))).toEqual(['code_used_up']);
    expect(said(await holds([other], later(15)))).toEqual(['held']);
  });

  it('is not used up by somebody who got no place', async () => {
    const { id, typeId } = await office.screening(3);
    await make('TWO', { usesMax: 2 });
    const wants = (quantity: number, code: string) =>
      asks(id, [{ ticketTypeId: typeId, quantity }], { code });
    // The first with the code finds too few places; the next has it all the same.
    expect(said(await holds([wants(2, ''), wants(2, 'two'), wants(1, 'two')]))).toEqual([
      ...['held', 'places_gone', 'held'],
    ]);
    expect(await used('TWO')).toMatchObject({ uses: 1 });
  });

  it('keeps to its money', async () => {
    const { id, typeId } = await office.screening(50);
    await make('PURSE', { moneyMax: 1500, currency: 'USD' });
    const wants = (quantity: number) => asks(id, [{ ticketTypeId: typeId, quantity }], { code: 'purse' });
    expect(said(await holds([wants(1), wants(2), wants(1), wants(1)]))).toEqual([
      ...['held', 'code_used_up', 'held', 'code_used_up'],
    ]);
  });

  it('is not taken for another that was typed under the same secret', async () => {
    const { id, typeId } = await office.screening(50);
    await make('FIFTY');
    await make('TWENTY', { off: 20 });
    const request = asks(id, [{ ticketTypeId: typeId }], { code: 'fifty' });
    const orderId = orderOf((await holds([request]))[0]);
    expect(said(await holds([request]))).toEqual(['held']);
    for (const code of ['twenty', 'nothing like it', ''])
      expect(await holds([{ ...request, code }])).toMatchObject([{ kind: 'other', orderId }]);
  });

  it('goes over to what is chosen instead', async () => {
    const { id, typeId } = await office.screening(50);
    await make('SWAP', { usesMax: 2 });
    const request = asks(id, [{ ticketTypeId: typeId, quantity: 2 }], { code: 'swap' });
    const orderId = orderOf((await holds([request]))[0]);
    const instead = { ...request, choices: [{ ticketTypeId: typeId, quantity: 1, amount: null }] };
    await within((tx) => changeChoice(tx, filmId, now, { orderId, request: instead }));
    expect(await used('SWAP')).toMatchObject({ uses: 1 });
    await within((tx) => changeChoice(tx, filmId, now, { orderId, request: { ...instead, code: '' } }));
    expect(await used('SWAP')).toMatchObject({ uses: 0, money: 0 });
  });
});

it('C19 a price that changes meanwhile changes nothing of what was quoted', async () => {
  const { id, typeId } = await office.screening(50);
  const orderId = orderOf((await holds([asks(id, [{ ticketTypeId: typeId, quantity: 2 }])]))[0]);
  await within((tx) =>
    editTicketType(tx, filmId, now, cleo, { id: typeId, draft: { ...plainType, price: 9900 } }),
  );
  await confirm(orderId, 'cash');
  expect(await order(orderId)).toMatchObject({ total: 3000, lines: [{ price: 1500 }] });
});

it('B1 is good once, though its first order is confirmed at the moment at which its time is over', async () => {
  const [a, b] = [await office.screening(5), await office.screening(5)];
  await make('LASTMOMENT', { usesMax: 1 });
  const wish = (of: typeof a) => asks(of.id, [{ ticketTypeId: of.typeId }], { code: 'LASTMOMENT' });
  const orderId = orderOf((await holds([wish(a)]))[0]);
  const end = now.add({ minutes: 15 });
  expect(said(await holds([wish(b)], end))).toEqual(['held']);
  // Whoever confirms read the clock a moment before.
  const answer = await confirm(orderId, 'cash', end.subtract({ milliseconds: 1 }));
  expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'lapsed' } });
  expect(await used('LASTMOMENT')).toMatchObject({ uses: 1 });
});
