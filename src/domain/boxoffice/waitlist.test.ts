import { describe, expect, it } from 'vitest';
import { newSecret } from '../../platform/secrets.ts';
import {
  availabilityOf,
  joinLine,
  leaveLine,
  lineOf,
  offerPlaces,
  setPlaces,
  waitEntryByKey,
} from './index.ts';
import { asks, cleo, freeType, now, openBoxOffice, orderOf, said } from './test-ground.ts';

const office = await openBoxOffice();
const { within, filmId, holds, confirm } = office;
const later = (minutes: number) => now.add({ minutes });
const left = (id: string, at = now) => within((tx) => availabilityOf(tx, filmId, id, at));
const offers = (id: string, at = now) => within((tx) => offerPlaces(tx, filmId, at, id));

/** A screening that is full, by an order for all of its places. */
async function full(places: number) {
  const screening = await office.screening(places, [{ ...freeType, perOrderMax: 50 }]);
  const wants = asks(screening.id, [{ ticketTypeId: screening.typeId, quantity: places }]);
  const orderId = orderOf((await holds([wants]))[0]);
  await confirm(orderId);
  return screening;
}

const join = async (screeningId: string, name: string, places = 1, at = now) => {
  const key = newSecret();
  const wish = { key, screeningId, address: `${name}@example.org`, places, language: 'en' };
  await within((tx) => joinLine(tx, filmId, at, wish));
  return key;
};

const setTo = (screeningId: string, places: number, at = now) =>
  within((tx) => setPlaces(tx, filmId, at, cleo, { screeningId, places }));

describe('A9 the line of a full screening', () => {
  it('gives an offer to one of those who take it up at once, and no more places than were offered', async () => {
    const { id, typeId } = await full(2);
    await join(id, 'ann');
    await setTo(id, 12);
    const [offer] = await offers(id);
    const take = (quantity: number) =>
      asks(id, [{ ticketTypeId: typeId, quantity }], { offer: offer?.key ?? null });
    expect(said(await holds([take(3), take(1), take(1), take(1)]))).toEqual([
      'places_gone',
      'held',
      'offer_over',
      'offer_over',
    ]);
    expect(await left(id)).toMatchObject({ sold: 2, held: 1, open: 9 });
  });

  it('is offered what comes back in its order, and nobody else gets it meanwhile', async () => {
    const { id, typeId } = await full(3);
    await join(id, 'ann', 1, later(1));
    const second = await join(id, 'bob', 2, later(2));
    await join(id, 'cyd', 1, later(3));
    await setTo(id, 5);
    expect(await left(id, later(4))).toMatchObject({ free: 2, waiting: 4, open: 0 });
    expect(said(await holds([asks(id, [{ ticketTypeId: typeId }])], later(4)))).toEqual(['places_gone']);
    const made = await offers(id, later(4));
    // As many as they asked for, or as are left: nobody blocks the line, nobody is passed over.
    expect(made.map(({ address, places }) => [address, places])).toEqual([
      ['ann@example.org', 1],
      ['bob@example.org', 1],
    ]);
    expect(await offers(id, later(4))).toEqual([]);
    expect(await left(id, later(5))).toMatchObject({ free: 0, held: 2, waiting: 1 });
    expect(await within((tx) => waitEntryByKey(tx, filmId, later(5), second))).toMatchObject({
      state: 'offered',
    });
  });

  it('takes an offer up once, within its time, and lets the next have it afterwards', async () => {
    const { id, typeId } = await full(2);
    await join(id, 'ann');
    const bob = await join(id, 'bob', 1, later(1));
    await setTo(id, 3);
    const [offer] = await offers(id, later(2));
    const takes = (key: string, at = later(3)) =>
      holds([asks(id, [{ ticketTypeId: typeId }], { offer: key })], at).then(said);
    expect(await takes('AAAAAAAAAAAAAAAAAAAAAA')).toEqual(['offer_over']);
    // More than was offered is not there.
    const two = asks(id, [{ ticketTypeId: typeId, quantity: 2 }], { offer: offer?.key ?? '' });
    expect(said(await holds([two], later(3)))).toEqual(['places_gone']);
    expect(await takes(offer?.key ?? '')).toEqual(['held']);
    expect(await takes(offer?.key ?? '')).toEqual(['offer_over']);
    expect(await left(id, later(3))).toMatchObject({ free: 0 });
    await setTo(id, 4);
    expect((await offers(id, later(4))).map(({ address }) => address)).toEqual(['bob@example.org']);
    // Six hours later nobody took it: its time is over, by the clock.
    expect(await within((tx) => waitEntryByKey(tx, filmId, later(365), bob))).toMatchObject({
      state: 'over',
    });
    expect(await left(id, later(365))).toMatchObject({ free: 2, waiting: 0, open: 2 });
  });

  it('gives an offer back that nobody wants, and keeps an address’s first place', async () => {
    const { id } = await full(2);
    await join(id, 'ann');
    const bob = await join(id, 'bob', 1, later(1));
    const again = await join(id, 'BOB', 2, later(2));
    expect(await within((tx) => waitEntryByKey(tx, filmId, now, again))).toBeNull();
    expect(await within((tx) => waitEntryByKey(tx, filmId, now, bob))).toMatchObject({ ahead: 1 });
    await setTo(id, 3);
    const [offer] = await offers(id, later(3));
    for (let times = 0; times < 2; times += 1)
      await within((tx) => leaveLine(tx, filmId, later(4), offer?.key ?? ''));
    expect((await offers(id, later(5))).map(({ address }) => address)).toEqual(['bob@example.org']);
    const line = await within((tx) => lineOf(tx, filmId, later(5), id));
    expect(line.map(({ state }) => state)).toEqual(['left', 'offered']);
  });

  it('offers at once from many hands what is there, and never more', async () => {
    const { id } = await full(2);
    for (let at = 0; at < 12; at += 1) await join(id, `one-${at}`, 1 + (at % 3), later(at));
    await setTo(id, 9);
    const all = (await Promise.all(Array.from({ length: 5 }, () => offers(id, later(20))))).flat();
    expect(all.reduce((sum, { places }) => sum + places, 0)).toBe(7);
    expect(new Set(all.map(({ entryId }) => entryId)).size).toBe(all.length);
    const line = await within((tx) => lineOf(tx, filmId, later(20), id));
    const states = line.map(({ state }) => state);
    expect(states.lastIndexOf('offered')).toBeLessThan(states.indexOf('waiting'));
    expect(await left(id, later(20))).toMatchObject({ free: 0, held: 7, sold: 2 });
  });

  it('is for full screenings alone, and refuses what it cannot read', async () => {
    const { id } = await office.screening(5, [freeType]);
    await expect(join(id, 'ann')).rejects.toMatchObject({ code: 'not_full' });
    const crowded = await full(2);
    await expect(join(crowded.id, 'no address')).rejects.toMatchObject({ code: 'address_wrong' });
    await expect(join(crowded.id, 'ann', 0)).rejects.toMatchObject({ code: 'quantity_wrong' });
    await expect(join(crowded.id, 'ann', 21)).rejects.toMatchObject({ code: 'quantity_wrong' });
  });
});
