import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/secrets.ts';
import {
  type GrantRuleDraft,
  giftLeft,
  makeGrantCodes,
  newRule,
  personMark,
  saveGrantRule,
  takeBackGift,
  takeOutOfFund,
} from '../fund/index.ts';
import { groupsAbout } from '../ledger/index.ts';
import { availabilityOf, changeChoice, orderById, refundSum, refundTickets } from './index.ts';
import { claims, later, open, putIn, stands, ten, withFund } from './test-fund.ts';
import { asks, cleo, freeType, now, orderOf, plainType, pwywType, said, today } from './test-ground.ts';

describe('a grant', () => {
  it('D2 pays one place whole: the fund what its rule says, the film forgoes the rest, the books agree', async () => {
    const office = await withFund(5000, { paysMax: 1200 });
    const { id, typeId } = await office.screening(10);
    const orderId = orderOf((await office.holds([claims(id, typeId)]))[0]);
    expect(await stands(office)).toMatchObject({ balance: 5000, setAside: 1200, free: 3800, places: 0 });
    expect(await office.confirm(orderId)).toEqual({ kind: 'confirmed', isRepeat: false });
    const order = await office.within((tx) => orderById(tx, office.filmId, orderId));
    expect(order).toMatchObject({ total: 0, lines: [{ price: 1500, off: 300, granted: 1200 }] });
    expect(order?.tickets).toHaveLength(1);
    const groups = await office.within((tx) => groupsAbout(tx, office.filmId, orderId));
    expect(
      groups.map(({ kind, lines }) => [kind, lines.map(({ account, amount }) => [account, amount])]),
    ).toEqual([
      [
        'grant',
        [
          ['fund', 1200],
          ['income.tickets', -1200],
        ],
      ],
    ]);
    expect(await stands(office)).toMatchObject({
      ...{ giftsIn: 5000, grantsOut: 1200, balance: 3800, booked: 3800, setAside: 0, free: 3800, places: 1 },
    });
  });

  it('is set aside for as long as the place is held, and lapses with it by the clock alone', async () => {
    const office = await withFund(1000);
    const { id, typeId } = await office.screening(10, [ten]);
    const orderId = orderOf((await office.holds([claims(id, typeId)]))[0]);
    expect(said(await office.holds([claims(id, typeId)], later(14)))).toEqual(['fund_empty']);
    expect((await stands(office, later(15))).free).toBe(1000);
    expect(said(await office.holds([claims(id, typeId)], later(15)))).toEqual(['held']);
    expect(await office.confirm(orderId, 'free', later(14))).toMatchObject({ refusal: { code: 'lapsed' } });
    expect(await stands(office, later(15))).toMatchObject({
      balance: 1000,
      booked: 1000,
      places: 0,
      free: 0,
    });
  });

  it('goes back to the fund with the cancelled place, to the gifts that had paid it, once', async () => {
    const office = await withFund(1000);
    const { id, typeId } = await office.screening(10, [ten]);
    const orderId = orderOf((await office.holds([claims(id, typeId)]))[0]);
    await office.confirm(orderId);
    const order = await office.within((tx) => orderById(tx, office.filmId, orderId));
    const ticketIds = order?.tickets.map((ticket) => ticket.id) ?? [];
    const giveBack = () =>
      office.within((tx) =>
        refundTickets(tx, office.filmId, now, cleo, { orderId, ticketIds, withGift: false, as: 'team' }),
      );
    await giveBack();
    await expect(giveBack()).rejects.toMatchObject({ code: 'nothing_left' });
    expect(await stands(office)).toMatchObject({
      grantsOut: 0,
      balance: 1000,
      booked: 1000,
      free: 1000,
      places: 0,
    });
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['held']);
  });

  it('is not used up by whom there is no place for, nor a place by whom the fund cannot pay', async () => {
    const office = await withFund(1000);
    const { id, typeId } = await office.screening(0, [ten]);
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['places_gone']);
    expect((await stands(office)).free).toBe(1000);
    const other = await office.screening(5, [{ ...ten, price: 1001 }]);
    expect(said(await office.holds([claims(other.id, other.typeId)]))).toEqual(['fund_empty']);
    const left = await office.within((tx) => availabilityOf(tx, office.filmId, other.id, now));
    expect(left?.free).toBe(5);
  });

  it('pays one place of one type and nothing else', async () => {
    const office = await withFund(100_000);
    const { id, typeIds } = await office.screening(10, [ten, freeType, pwywType]);
    const [fixed = '', rsvp = '', pwyw = ''] = typeIds;
    const answers = await office.holds([
      asks(id, [{ ticketTypeId: fixed, quantity: 2 }], { grant: open }),
      asks(id, [{ ticketTypeId: fixed }, { ticketTypeId: rsvp }], { grant: open }),
      claims(id, fixed, { gift: 500 }),
      claims(id, rsvp),
      asks(id, [{ ticketTypeId: pwyw, amount: 10_000 }], { grant: open }),
    ]);
    expect(said(answers)).toEqual([
      ...['grant_one_place', 'grant_one_place', 'grant_and_gift', 'grant_not_needed', 'held'],
    ]);
    // What people give as they can is theirs to say, not what the fund pays.
    expect((await stands(office)).setAside).toBe(1000);
  });

  it('C1 is one for the same secret, also where somebody goes back and chooses otherwise', async () => {
    const office = await withFund(1500);
    const { id, typeIds } = await office.screening(10, [ten, plainType]);
    const [cheap = '', dear = ''] = typeIds;
    const request = claims(id, cheap);
    const answers = [...(await office.holds([request, request])), ...(await office.holds([request]))];
    expect(new Set(answers.map(orderOf)).size).toBe(1);
    expect((await stands(office)).setAside).toBe(1000);
    const orderId = orderOf(answers[0]);
    const other = { ...request, choices: [{ ticketTypeId: dear, quantity: 1, amount: null }] };
    await office.within((tx) => changeChoice(tx, office.filmId, now, { orderId, request: other }));
    expect(await stands(office)).toMatchObject({ setAside: 1500, free: 0 });
  });
});

describe('who may claim', () => {
  it('serves one address so often within so many days, without keeping it, and everybody else', async () => {
    const office = await withFund(100_000, { perAddressMax: 1 });
    const { id, typeId } = await office.screening(10, [ten]);
    const from = (address: string) =>
      claims(id, typeId, { grant: { mark: personMark('key', office.filmId, address), offerId: null } });
    const asked = [from('ada@union.example'), from(' ADA@union.example'), from('ben@union.example')];
    expect(said(await office.holds(asked))).toEqual(['held', 'grant_taken', 'held']);
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['held']);
  });

  it('asks for an address, for a code, or gives none, as the rule of the screening says', async () => {
    const office = await withFund(100_000, { needsAddress: true });
    const { id, typeId } = await office.screening(10, [ten]);
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['grant_needs_address']);
    const rule = { ...newRule, currency: 'USD', screeningId: id };
    const say = (more: Partial<GrantRuleDraft>) =>
      office.within((tx) => saveGrantRule(tx, office.filmId, now, cleo, { ...rule, ...more }));
    await say({ who: 'code' });
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['grant_needs_code']);
    await say({ who: 'nobody' });
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['no_grants']);
    await say({ placesMax: 1 });
    expect(said(await office.holds([claims(id, typeId), claims(id, typeId)]))).toEqual([
      'held',
      'grants_gone',
    ]);
  });

  it('B6 takes any code in one box: a promo code, a steward’s, and says what is none', async () => {
    const office = await withFund(3000, { who: 'code' });
    const { id, typeId } = await office.screening(10, [ten]);
    const [code] = await office.within((tx) =>
      makeGrantCodes(tx, office.filmId, now, cleo, {
        ...{ steward: 'Local One', count: 1, usesMax: 1, goodUntil: later(60) },
      }),
    );
    const typed = (word: string) => asks(id, [{ ticketTypeId: typeId }], { code: word });
    const word = ` ${code?.word.toLowerCase()} `;
    expect(said(await office.holds([typed(word)], later(60)))).toEqual(['code_over']);
    const [first, second] = await office.holds([typed(word), typed(word)]);
    expect(said([first, second].flatMap((answer) => answer ?? []))).toEqual(['held', 'code_used_up']);
    const order = await office.within((tx) => orderById(tx, office.filmId, orderOf(first)));
    expect(order).toMatchObject({ total: 0, codeId: null, lines: [{ granted: 1000 }] });
    expect(said(await office.holds([typed(order?.code ?? ''), typed('GUESSED-ONE')]))).toEqual([
      ...['code_is_order', 'no_such_code'],
    ]);
  });
});

describe('gifts', () => {
  it('pay for others from the moment that their order is confirmed, in the order in which they came', async () => {
    const office = await withFund(0);
    const { id, typeId } = await office.screening(20, [ten]);
    const gives = (gift: number) => asks(id, [{ ticketTypeId: typeId }], { gift });
    const orders = (await office.holds([gives(400), gives(900)])).map(orderOf);
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['fund_empty']);
    for (const orderId of orders) await office.confirm(orderId, 'cash');
    expect(said(await office.holds([claims(id, typeId)]))).toEqual(['held']);
    const left = await office.within(async (tx) => [
      await giftLeft(tx, office.filmId, orders[0] ?? ''),
      await giftLeft(tx, office.filmId, orders[1] ?? ''),
    ]);
    expect(left).toEqual([0, 300]);
    expect(await stands(office)).toMatchObject({ giftsIn: 1300, balance: 1300, booked: 1300, gifts: 2 });
  });

  it('are not taken back once they paid for somebody, and put in and taken out by the makers alike', async () => {
    const office = await withFund(0);
    const { id, typeId } = await office.screening(20, [ten]);
    const [answer] = await office.holds([asks(id, [{ ticketTypeId: typeId }], { gift: 1200 })]);
    const orderId = orderOf(answer);
    await office.confirm(orderId, 'cash');
    await office.holds([claims(id, typeId)]);
    const takeBack = (amount: number) =>
      office.within((tx) => takeBackGift(tx, office.filmId, now, { orderId, amount }));
    await expect(takeBack(1200)).rejects.toMatchObject({ code: 'gift_spent', details: { left: 200 } });
    // Asked at the desk, the buyer gets no more of the gift than is left.
    const refund = (amount: number) =>
      office.within((tx) =>
        refundSum(tx, office.filmId, now, cleo, { key: newId(), orderId, amount, ofGift: true }),
      );
    await expect(refund(201)).rejects.toMatchObject({ code: 'more_than_left', details: { left: 200 } });
    await refund(200);
    expect((await stands(office)).free).toBe(0);
    await office.within((tx) => putIn(office, 700, tx));
    const out = (amount: number) =>
      office.within((tx) =>
        takeOutOfFund(tx, office.filmId, now, cleo, {
          ...{ key: newId(), currency: 'USD', amount, bookedOn: today, memo: '' },
        }),
      );
    await expect(out(701)).rejects.toMatchObject({ code: 'fund_spent', details: { left: 700 } });
    await out(700);
    expect((await stands(office)).free).toBe(0);
  });
});
