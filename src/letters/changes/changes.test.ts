import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { cast, castFilm } from '../../../tests/cast.ts';
import { testDatabase } from '../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../tests/ground/house.ts';
import { fixedType, putOnSale } from '../../../tests/ground/on-sale.ts';
import { availabilityOf, noticesOf, orderById, sellAtDesk } from '../../domain/boxoffice/index.ts';
import { filmMoney } from '../../domain/film/index.ts';
import { screeningById } from '../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/secrets.ts';
import { changeLetters } from './index.ts';

const database = await testDatabase();
const film = await castFilm(database);
const house = await openTestHouse(database);
const { clock, db, config } = house.house;
const cleo = await signIn(house, cast.cleo.address);
const dev = await signIn(house, cast.dev.address);
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(database.kysely, film.id, work);
const by = { personId: null, name: 'the test' };
const base = '/admin/films/union';
const page = async (path: string, cookie = cleo) => (await house.ask(base + path, { cookie })).text();
const send = (path: string, form: Record<string, string> = {}, cookie = cleo) =>
  house.ask(base + path, { cookie, form });

async function sold(
  screeningId: string,
  typeId: string,
  address: string | null,
  language = 'en',
  quantity = 2,
) {
  return await within(async (tx) => {
    const { today } = await filmMoney(tx, film.id, clock());
    const choices = [{ ticketTypeId: typeId, quantity, amount: null }];
    const sale = {
      ...({ key: newSecret(), screeningId, comps: 0, code: '', channel: 'desk', method: 'cash' } as const),
      ...{ name: 'Ada Okafor', address, note: '', language, choices },
    };
    return (await sellAtDesk(tx, film.id, clock(), by, sale, today)).id;
  });
}
const open = async (slug: string, places = 20) => {
  const { id, typeIds } = await putOnSale(database, film.id, slug, { places, types: [fixedType] });
  return { id, slug, typeId: typeIds[0] ?? '' };
};
const mailsTo = (address: string) =>
  within(async (tx) => {
    const { rows } = await sql<{ subject: string; text: string }>`
      select subject, text_body as text from mail where to_address = ${address} order by id`.execute(tx);
    return rows;
  });
/** Runs the letters' jobs of everybody who was told, as a worker that is killed and starts anew would: twice. */
async function writeLetters(screeningId: string): Promise<void> {
  const tell = changeLetters({ db, clock, publicUrl: config.publicUrl })['tell-change'];
  for (const { changeId, orderId, address } of await within((tx) => noticesOf(tx, film.id, screeningId)))
    if (address !== null) for (const _ of [1, 2]) await tell?.({ filmId: film.id, changeId, orderId });
}
const linkIn = (text: string) =>
  /https?:\/\/[^/]+(\/\S*orders\/\S+\/change\?key=\S{22})/.exec(text)?.[1] ?? '';

describe('cancelling a screening that people have tickets for', () => {
  it('says how many, tells each once in their language with the team’s own words, and names who has no address', async () => {
    const night = await open('cancelled');
    await sold(night.id, night.typeId, 'ada@buyer.example');
    await sold(night.id, night.typeId, 'luz@buyer.example', 'es', 1);
    await sold(night.id, night.typeId, null);
    const before = await page(`/screenings/${night.id}/change`);
    expect(before).toContain('5 people have tickets, in 3 orders.');
    const message = 'The projector broke.\nWe are sorry.';
    const told = await send(`/screenings/${night.id}/change/cancellation`, { message });
    expect(told.headers.get('location')).toMatch(/said=told$/);
    expect((await within((tx) => screeningById(tx, film.id, night.id)))?.state).toBe('cancelled');
    const again = await send(`/screenings/${night.id}/change/cancellation`, { message });
    expect(again.headers.get('location')).toMatch(/said=told-nobody$/);
    await writeLetters(night.id);
    const [ada, ...more] = await mailsTo('ada@buyer.example');
    expect(more).toEqual([]);
    expect(ada?.subject).toBe('UNION: your screening is cancelled');
    for (const words of [
      'Hello Ada Okafor',
      'The projector broke.',
      'Choose what becomes',
      'Northwest Film Forum',
    ])
      expect([words, ada?.text.includes(words)]).toEqual([words, true]);
    expect((await mailsTo('luz@buyer.example'))[0]?.subject).toBe('UNION: tu función se cancela');
    expect(await page(`/screenings/${night.id}/change`)).toContain('No address');
  });
});

describe('moving a screening that people have tickets for', () => {
  it('leads whoever saved it to telling everybody; outreach reads that the box office does', async () => {
    const night = await open('moved');
    await sold(night.id, night.typeId, 'bea@buyer.example');
    const form = async (time: string) => {
      const fields = await page(`/screenings/${night.id}`);
      const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(fields)?.[1] ?? '';
      const venue = {
        venue: 'Northwest Film Forum',
        street: '1515 12th Avenue',
        city: 'Seattle',
        region: 'WA',
      };
      const place = { country: 'US', postcode: '98122', timezone: 'America/Los_Angeles' };
      const point = { latitude: '47.6141', longitude: '-122.3172' };
      return {
        ...{ version: value('version'), date: value('date'), time, kind: 'cinema', state: 'on sale' },
        ...{ slug: 'moved', ...venue, ...place, ...point },
      };
    };
    const byDev = await send(`/screenings/${night.id}`, await form('20:00'), dev);
    expect(byDev.headers.get('location')).toMatch(/said=saved-untold$/);
    const byCleo = await send(`/screenings/${night.id}`, await form('21:00'));
    expect(byCleo.headers.get('location')).toMatch(/\/change\?said=moved$/);
    const change = await page(`/screenings/${night.id}/change`);
    expect(change).toContain('One order knows');
    expect(change).toContain('UNION: your screening has moved');
    await send(`/screenings/${night.id}/change/notices`, { message: '' });
    await writeLetters(night.id);
    const [mail] = await mailsTo('bea@buyer.example');
    expect(mail?.text).toMatch(/7:00 PM[\s\S]*9:00 PM/);
    expect(mail?.text).toContain('Your tickets stay good');
  });
});

describe('the page where a buyer chooses', () => {
  it('takes the tickets to another screening, and shows nobody without the secret that there is one', async () => {
    const [from, to, small] = [await open('from'), await open('to', 3), await open('small', 1)];
    const orderId = await sold(from.id, from.typeId, 'cy@buyer.example');
    await send(`/screenings/${from.id}/change/cancellation`, { message: '' });
    await writeLetters(from.id);
    const link = linkIn((await mailsTo('cy@buyer.example'))[0]?.text ?? '');
    const at = link;
    const key = link.slice(-22);
    const shown = await (await house.ask(at)).text();
    expect(shown).toContain('Your screening is cancelled');
    expect([shown.includes(to.id), shown.includes(small.id), shown.includes('value="keep"')]).toEqual([
      true,
      false,
      false,
    ]);
    for (const wrong of [at.replace(key, newSecret()), at.replace(/\?.*/, '')])
      expect((await house.ask(wrong)).status).toBe(404);
    const choose = (form: Record<string, string>) =>
      house.ask(at.replace(/\?.*/, ''), { form: { key, ...form } });
    expect((await choose({})).status).toBe(422);
    expect((await choose({ choice: 'keep' })).status).toBe(409);
    expect((await choose({ choice: 'exchange', screening: 'x' })).status).toBe(422);
    expect((await choose({ choice: 'exchange', screening: small.id })).status).toBe(409);
    expect((await choose({ choice: 'refund', key: newSecret() })).status).toBe(404);
    expect((await choose({ choice: 'exchange', screening: to.id })).status).toBe(303);
    expect((await within((tx) => orderById(tx, film.id, orderId)))?.screeningId).toBe(to.id);
    expect(await within((tx) => availabilityOf(tx, film.id, to.id, clock()))).toMatchObject({
      sold: 2,
      free: 1,
    });
    expect(await (await house.ask(at)).text()).toContain('Your tickets are exchanged');
    expect((await choose({ choice: 'refund' })).status).toBe(409);
  });

  it('gives the tickets back for their money, and the team sees it', async () => {
    const night = await open('refunded');
    const orderId = await sold(night.id, night.typeId, 'dee@buyer.example');
    await send(`/screenings/${night.id}/change/postponement`, { message: '' });
    await writeLetters(night.id);
    const at = linkIn((await mailsTo('dee@buyer.example'))[0]?.text ?? '');
    const key = at.slice(-22);
    expect(await (await house.ask(at)).text()).toContain('value="keep"');
    await house.ask(at.replace(/\?.*/, ''), { form: { key, choice: 'refund' } });
    const list = await page(`/screenings/${night.id}/change`);
    expect([list.includes('Given back'), list.includes('Nobody has a ticket yet')]).toEqual([true, true]);
    expect((await within((tx) => orderById(tx, film.id, orderId)))?.cancelledAt).not.toBeNull();
    expect(await (await house.ask(at)).text()).toContain('You give your tickets back');
    expect(await page(`/orders/${orderId}`)).toContain('$30.00');
  });
});
