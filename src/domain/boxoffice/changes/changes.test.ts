import type { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  cancelScreening,
  editScreening,
  listingOf,
  postponeScreening,
  restoreScreening,
  screeningById,
} from '../../screenings/index.ts';
import {
  availabilityOf,
  chooseAfterChange,
  exchangeChoices,
  noteTold,
  noticeOf,
  noticesOf,
  orderById,
  refundsOf,
  tellOfChange,
  ticketHolders,
} from '../index.ts';
import { asks, cleo, freeType, now, openBoxOffice, orderOf, plainType } from '../test-ground.ts';
import { withoutAdvisoryLocks } from '../test-locks.ts';

const office = await openBoxOffice();
const { within, filmId } = office;
const later = (minutes: number) => now.add({ minutes });
const refusedAs = (code: string) => expect.objectContaining({ code });

/** Somebody has tickets, from this moment on. */
async function buys(
  screeningId: string,
  typeId: string,
  quantity = 1,
  at: Temporal.Instant = now,
): Promise<string> {
  const orderId = orderOf(
    (await office.holds([asks(screeningId, [{ ticketTypeId: typeId, quantity }])], at))[0],
  );
  await office.confirm(orderId, 'cash', at);
  return orderId;
}
async function moves(id: string, startsAt: string, at: Temporal.Instant): Promise<void> {
  await within(async (tx) => {
    const screening = await screeningById(tx, filmId, id);
    if (!screening) throw new Error('no screening');
    const listing = { ...listingOf(screening), starts_at: startsAt };
    await editScreening(tx, filmId, at, cleo, { id, version: screening.version, listing });
  });
}
const holders = (id: string) =>
  within(async (tx) => {
    const screening = await screeningById(tx, filmId, id);
    if (!screening) throw new Error('no screening');
    return await ticketHolders(tx, filmId, screening);
  });
const untold = async (id: string) => (await holders(id)).untold.map(({ orderId, kind }) => [orderId, kind]);
const tell = (screeningId: string, at: Temporal.Instant, message = '') =>
  within((tx) => tellOfChange(tx, filmId, at, cleo, { screeningId, message }));
const house = (id: string) => within((tx) => availabilityOf(tx, filmId, id, later(60)));
const changeOf = async (orderId: string) =>
  (await within((tx) => noticeOf(tx, filmId, orderId)))?.changeId ?? '';
const chooses = async (orderId: string, chosen: Parameters<typeof chooseAfterChange>[4] | object) => {
  const changeId = await changeOf(orderId);
  return await within((tx) =>
    chooseAfterChange(tx, filmId, later(30), cleo, { changeId, orderId, ...(chosen as { choice: 'keep' }) }),
  );
};

describe('a screening that is another than people know', () => {
  it('is told to everybody who bought before, however it was changed, and to nobody who bought after', async () => {
    const { id, typeId } = await office.screening(20);
    const [one, two] = [await buys(id, typeId), await buys(id, typeId, 2)];
    expect(await untold(id)).toEqual([]);
    await moves(id, '2026-12-21T20:00', later(1));
    const after = await buys(id, typeId, 1, later(2));
    expect(await untold(id)).toEqual([one, two].sort().map((orderId) => [orderId, 'moved']));
    expect(await tell(id, later(3), 'The projector broke.')).toBe(2);
    expect(await untold(id)).toEqual([]);
    const notices = await within((tx) => noticesOf(tx, filmId, id));
    expect(notices.map(({ orderId }) => orderId)).not.toContain(after);
    expect(notices[0]).toMatchObject({
      message: 'The projector broke.',
      knew: { starts_at: '2026-12-20T19:00' },
    });
    // Cancelled after all: all three are told, once.
    await within((tx) => cancelScreening(tx, filmId, later(4), cleo, id));
    expect(await tell(id, later(5))).toBe(3);
    expect(await tell(id, later(6))).toBe(0);
    await within((tx) => restoreScreening(tx, filmId, later(7), cleo, id));
    expect((await untold(id)).map(([, kind]) => kind)).toEqual(['restored', 'restored', 'restored']);
  });

  it('is told once, however often the button was clicked', async () => {
    const { id, typeId } = await office.screening(20);
    for (let count = 0; count < 5; count += 1) await buys(id, typeId);
    await within((tx) => postponeScreening(tx, filmId, later(1), cleo, id));
    const told = await Promise.all([tell(id, later(2)), tell(id, later(2)), tell(id, later(2))]);
    expect(told.toSorted()).toEqual([0, 0, 5]);
    expect(await within((tx) => noticesOf(tx, filmId, id))).toHaveLength(5);
  });

  it('is told several times where the lock is taken out: the same clicks, without it', async () => {
    const open = await openBoxOffice();
    const { id, typeId } = await open.screening(20);
    for (let count = 0; count < 5; count += 1) {
      const [held] = await open.holds([asks(id, [{ ticketTypeId: typeId }])]);
      await open.confirm(orderOf(held), 'cash');
    }
    await open.within((tx) => postponeScreening(tx, open.filmId, later(1), cleo, id));
    await withoutAdvisoryLocks(open.database);
    const clicks = [1, 2, 3].map(() =>
      open.within((tx) => tellOfChange(tx, open.filmId, later(2), cleo, { screeningId: id, message: '' })),
    );
    expect((await Promise.all(clicks)).filter((told) => told === 5).length).toBeGreaterThan(1);
  });

  it('has one letter an order, whoever writes it twice', async () => {
    const { id, typeId } = await office.screening(20);
    const orderId = await buys(id, typeId);
    await within((tx) => cancelScreening(tx, filmId, later(1), cleo, id));
    await tell(id, later(2));
    const changeId = await changeOf(orderId);
    const note = (secret: string) =>
      within((tx) => noteTold(tx, filmId, later(3), { changeId, orderId, secret }));
    const noted = await Promise.all([note('a'.repeat(22)), note('b'.repeat(22))]);
    expect(noted.toSorted()).toEqual([false, true]);
  });

  it('is nothing to tell where only its words changed', async () => {
    const { id, typeId } = await office.screening(20);
    await buys(id, typeId);
    await within(async (tx) => {
      const screening = await screeningById(tx, filmId, id);
      if (!screening) throw new Error('no screening');
      const listing = { ...listingOf(screening), prices: 'From $5', state: 'sold out' as const };
      await editScreening(tx, filmId, later(1), cleo, { id, version: screening.version, listing });
    });
    expect(await untold(id)).toEqual([]);
  });
});

describe('what a buyer does about it', () => {
  it('is to keep, or to have the money back; a refund stands', async () => {
    const { id, typeId } = await office.screening(20);
    const orderId = await buys(id, typeId);
    await moves(id, '2026-12-22T19:00', later(1));
    await tell(id, later(2));
    await chooses(orderId, { choice: 'keep' });
    await chooses(orderId, { choice: 'refund' });
    await chooses(orderId, { choice: 'refund' });
    await expect(chooses(orderId, { choice: 'keep' })).rejects.toEqual(refusedAs('already_chosen'));
    expect(await within((tx) => noticeOf(tx, filmId, orderId))).toMatchObject({
      choice: 'refund',
      settledAt: later(30),
    });
  });

  it('C14 asks for the money back once, whatever the film’s own rule says, and gives the places to others', async () => {
    const { id, typeId } = await office.screening(20);
    const orderId = await buys(id, typeId, 2);
    await moves(id, '2026-12-01T14:00', later(1));
    await tell(id, later(2));
    await Promise.all([1, 2, 3].map(() => chooses(orderId, { choice: 'refund' })));
    expect(await house(id)).toMatchObject({ sold: 0, free: 20 });
    const refunds = await within((tx) => refundsOf(tx, filmId, orderId));
    expect(refunds.map(({ amount, reason }) => [amount, reason])).toEqual([[3000, 'screening']]);
    expect((await holders(id)).orders).toBe(0);
  });

  it('is not to keep what is cancelled', async () => {
    const { id, typeId } = await office.screening(20);
    const orderId = await buys(id, typeId);
    await within((tx) => cancelScreening(tx, filmId, later(1), cleo, id));
    await tell(id, later(2));
    await expect(chooses(orderId, { choice: 'keep' })).rejects.toEqual(refusedAs('nothing_to_keep'));
  });

  it('A7 is to go to another screening: places go back here and are taken there, and the paper is another', async () => {
    const from = await office.screening(20);
    const to = await office.screening(3);
    const orderId = await buys(from.id, from.typeId, 2);
    await within((tx) => cancelScreening(tx, filmId, later(1), cleo, from.id));
    await tell(from.id, later(2));
    await chooses(orderId, { choice: 'exchange', screeningId: to.id });
    expect(await house(from.id)).toMatchObject({ sold: 0, free: 20 });
    expect(await house(to.id)).toMatchObject({ sold: 2, free: 1 });
    const order = await within((tx) => orderById(tx, filmId, orderId));
    expect(order?.screeningId).toBe(to.id);
    expect(order?.tickets.map(({ ticketTypeId, generation }) => [ticketTypeId, generation])).toEqual([
      [to.typeId, 2],
      [to.typeId, 2],
    ]);
    // They know the screening that they chose.
    expect(await untold(to.id)).toEqual([]);
    await expect(chooses(orderId, { choice: 'exchange', screeningId: to.id })).rejects.toEqual(
      refusedAs('already_chosen'),
    );
  });

  it('A1 takes the last place once, whoever comes for it at the same moment', async () => {
    const [from, other] = [await office.screening(20), await office.screening(20)];
    const to = await office.screening(2);
    const orders = [];
    for (const { id, typeId } of [from, other, from, other, from]) orders.push(await buys(id, typeId));
    for (const { id } of [from, other]) {
      await within((tx) => cancelScreening(tx, filmId, later(1), cleo, id));
      await tell(id, later(2));
    }
    const tried = await Promise.allSettled(
      orders.map((orderId) => chooses(orderId, { choice: 'exchange', screeningId: to.id })),
    );
    const got = tried.filter(({ status }) => status === 'fulfilled').length;
    expect(got).toBe(2);
    expect(await house(to.id)).toMatchObject({ sold: 2, free: 0 });
    const [left, right] = [await house(from.id), await house(other.id)];
    expect((left?.sold ?? 0) + (right?.sold ?? 0)).toBe(3);
  });

  it('offers what is on sale, has places for all of them, and costs no more', async () => {
    const dear = { ...plainType, name: 'Gala', price: 9_000 };
    const from = await office.screening(20, [plainType, freeType]);
    const orderId = await buys(from.id, from.typeId, 3);
    const fits = await office.screening(3, [freeType, plainType]);
    const full = await office.screening(2);
    const tooDear = await office.screening(20, [dear]);
    const abroad = await office.screening(20, [{ ...plainType, currency: 'CAD' }]);
    const planned = await office.screening(20, [plainType], { state: 'planned' });
    const offered = await within(async (tx) => {
      const order = await orderById(tx, filmId, orderId);
      if (!order) throw new Error('no order');
      return (await exchangeChoices(tx, filmId, later(3), order)).map(({ screening }) => screening.id);
    });
    expect(offered).toContain(fits.id);
    for (const { id } of [full, tooDear, abroad, planned, from]) expect(offered).not.toContain(id);
    await within((tx) => cancelScreening(tx, filmId, later(4), cleo, from.id));
    await tell(from.id, later(5));
    for (const { id } of [tooDear, abroad, planned, from])
      await expect(chooses(orderId, { choice: 'exchange', screeningId: id })).rejects.toEqual(
        refusedAs('not_exchangeable'),
      );
    await expect(chooses(orderId, { choice: 'exchange', screeningId: full.id })).rejects.toEqual(
      refusedAs('places_gone'),
    );
    await chooses(orderId, { choice: 'exchange', screeningId: fits.id });
    const order = await within((tx) => orderById(tx, filmId, orderId));
    expect(new Set(order?.tickets.map(({ ticketTypeId }) => ticketTypeId))).toEqual(
      new Set([fits.typeIds[1]]),
    );
  });
});
