import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { cast } from '../../../tests/cast.ts';
import { claimPlace, saleOf, waitForPlace } from '../../domain/boxoffice/index.ts';
import {
  asks,
  cleo,
  now,
  openBoxOffice,
  orderOf,
  plainType,
  today,
} from '../../domain/boxoffice/test-ground.ts';
import { filmDocument, saveRevision } from '../../domain/film/index.ts';
import { freeInFund, newRule, putIntoFund, saveGrantRule, waitingCounts } from '../../domain/fund/index.ts';
import { screeningById } from '../../domain/screenings/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { newId, newSecret } from '../../platform/secrets.ts';
import { fundLetters } from './index.ts';

const document = filmDocument.parse({
  film: {
    ...{ slug: 'boxoffice', title: 'UNION', site_languages: ['en', 'es'] },
    ...{ currency: 'USD', timezone: 'America/New_York' },
  },
});

const office = await openBoxOffice();
const { within, filmId } = office;
let clock = now;
const jobs = fundLetters({ db: office.db, clock: () => clock });
const run = (name: string, payload: Record<string, string> = {}) =>
  jobs[name]?.({ filmId, ...payload }, undefined as never);

await within(async (tx) => {
  await saveRevision(tx, filmId, now, cleo, { document, files: {}, parentId: null, note: '' });
  await saveGrantRule(tx, filmId, now, cleo, {
    ...newRule,
    ...{ currency: 'USD', screeningId: null, offerHours: 24 },
  });
});
const { id: screeningId, typeIds } = await office.screening(50, [
  { ...plainType, price: 1000 },
  { ...plainType, price: 500 },
]);
const [typeId = '', cheaper = ''] = typeIds;

const putIn = (amount: number) =>
  within((tx) =>
    putIntoFund(tx, filmId, clock, cleo, {
      ...{ key: newId(), currency: 'USD', amount, bookedOn: today, memo: 'From the makers' },
    }),
  );

async function waits(address: string, language = 'en'): Promise<void> {
  await within(async (tx) => {
    const sale = await saleHere(tx);
    const site = 'https://union.example';
    await waitForPlace(tx, filmId, clock, sale, { ticketTypeId: typeId, address, language, site });
  });
}

async function saleHere(tx: Tx) {
  const screening = await screeningById(tx, filmId, screeningId);
  const sale = screening && (await saleOf(tx, filmId, screening, clock));
  if (!sale) throw new Error('no box office');
  return sale;
}

/** What is in the outbox, the oldest first. */
const mails = async () =>
  await within((tx) =>
    tx.selectFrom('mail').select(['key', 'toAddress', 'subject', 'textBody']).orderBy('id').execute(),
  );

async function tellOffers(): Promise<void> {
  const offered = await within((tx) =>
    tx.selectFrom('grantWait').select('id').where('offeredUntil', 'is not', null).orderBy('id').execute(),
  );
  for (const { id } of offered) await run('grant-offered', { waitId: id });
}

const claim = (more: Partial<Parameters<typeof claimPlace>[4]> = {}) =>
  within((tx) =>
    claimPlace(tx, filmId, clock, cleo, {
      ...{ key: newSecret(), screeningId, ticketTypeId: typeId, language: 'en', name: 'A.' },
      ...{ address: null, mark: null, offer: null, code: '', bookedOn: today, ...more },
    }),
  );

const offerIn = (text: string | undefined) => /\?offer=([\w-]{22})/.exec(text ?? '')?.[1] ?? '';

describe('waiting for the fund', () => {
  it('A9 offers what comes in to those who wait, in their order, to nobody out of turn, for a stated time', async () => {
    await expect(claim()).rejects.toMatchObject({ code: 'fund_empty' });
    for (const { address } of [cast.ada, cast.ben, cast.dev]) await waits(address);
    await waits(cast.ada.address.toUpperCase());
    await waits(cast.edie.address, 'es');
    await putIn(2500);
    await run('fund-changed');
    await tellOffers();
    await tellOffers();
    expect((await mails()).map(({ toAddress }) => toAddress)).toEqual([cast.ada.address, cast.ben.address]);
    expect(await within((tx) => waitingCounts(tx, filmId, clock))).toEqual([
      { currency: 'USD', waiting: 2, offered: 2 },
    ]);
    // Five dollars are left, and somebody waits for ten: who comes later does not go before them.
    await expect(claim({ ticketTypeId: cheaper })).rejects.toMatchObject({ code: 'fund_empty' });
  });

  it('gives the place to whoever has the letter, once, and forgets the address that waited', async () => {
    const [first] = await mails();
    const offer = offerIn(first?.textBody);
    const key = newSecret();
    const { code } = await claim({ offer, key });
    expect((await claim({ offer, key })).code).toBe(code);
    await expect(claim({ offer })).rejects.toMatchObject({ code: 'offer_over' });
    await expect(claim({ offer: newSecret() })).rejects.toMatchObject({ code: 'offer_over' });
    const kept = await within((tx) => tx.selectFrom('grantWait').select('address').orderBy('id').execute());
    expect(kept.map(({ address }) => address)).not.toContain(cast.ada.address);
  });

  it('passes on to the next what nobody took in time, and lets everybody go when the screening begins', async () => {
    clock = now.add({ hours: 24 });
    const [, second] = await mails();
    await expect(claim({ offer: offerIn(second?.textBody) })).rejects.toMatchObject({ code: 'offer_over' });
    await run('offer-grants');
    await tellOffers();
    expect((await mails()).map(({ toAddress }) => toAddress)).toEqual(
      [cast.ada, cast.ben, cast.dev].map(({ address }) => address),
    );
    await putIn(1000);
    await run('fund-changed');
    await tellOffers();
    const last = (await mails()).at(-1);
    expect([last?.toAddress, last?.subject]).toEqual([
      ...[cast.edie.address, 'UNION: hay una entrada pagada para ti'],
    ]);
    clock = Temporal.Instant.from('2026-12-21T03:00:00Z');
    await run('offer-grants');
    expect(await within((tx) => tx.selectFrom('grantWait').select('id').execute())).toEqual([]);
    expect(await within((tx) => freeInFund(tx, filmId, clock, 'USD'))).toBe(2500);
  });
});

describe('a giver who left an address', () => {
  it('hears once, a day later, that the gift was used, and not by whom', async () => {
    clock = now;
    const other = await openGiver();
    await other.tell(now.add({ hours: 23 }));
    expect(await other.mails()).toEqual([]);
    await other.tell(now.add({ hours: 24 }));
    await other.tell(now.add({ hours: 48 }));
    const letters = await other.mails();
    expect(letters.map(({ toAddress }) => toAddress)).toEqual(['ada@union.example']);
    expect(letters[0]?.textBody).toContain('$10.00');
    expect(letters[0]?.textBody).not.toMatch(/Seattle|Northwest|Nobody in particular/);
  });
});

/** Another film, in which one gift was used and another waits. */
async function openGiver() {
  const giver = await openBoxOffice();
  const { within: inside, filmId: film } = giver;
  let at = now;
  const own = fundLetters({ db: giver.db, clock: () => at });
  const { id, typeId: type } = await giver.screening(10, [{ ...plainType, price: 1000 }]);
  await inside(async (tx) => {
    await saveRevision(tx, film, now, cleo, { document, files: {}, parentId: null, note: '' });
    await saveGrantRule(tx, film, now, cleo, { ...newRule, currency: 'USD', screeningId: null });
  });
  for (const gift of [1000, 300]) {
    const [answer] = await giver.holds([asks(id, [{ ticketTypeId: type }], { gift })]);
    await giver.confirm(orderOf(answer), 'cash');
  }
  await inside((tx) =>
    claimPlace(tx, film, now, cleo, {
      ...{ key: newSecret(), screeningId: id, ticketTypeId: type, language: 'en' },
      ...{ name: 'Nobody in particular', address: null, mark: null, offer: null, code: '', bookedOn: today },
    }),
  );
  return {
    async tell(when: Temporal.Instant): Promise<void> {
      at = when;
      await own['tell-givers']?.({}, undefined as never);
    },
    mails: () => inside((tx) => tx.selectFrom('mail').select(['toAddress', 'textBody']).execute()),
  };
}
