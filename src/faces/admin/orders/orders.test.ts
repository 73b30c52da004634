import { describe, expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { fixedType, putOnSale, pwywType } from '../../../../tests/ground/on-sale.ts';
import {
  addCode,
  availabilityOf,
  doorReport,
  listOrders,
  orderById,
  takeScans,
} from '../../../domain/boxoffice/index.ts';
import { groupsAbout, trialBalance } from '../../../domain/ledger/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { newId, newSecret } from '../../../platform/secrets.ts';

const database = await testDatabase();
const film = await castFilm(database);
const house = await openTestHouse(database);
const cleo = await signIn(house, cast.cleo.address);
const gus = await signIn(house, cast.gus.address);
const finn = await signIn(house, cast.finn.address);
const base = '/admin/films/union';
const now = house.house.clock;
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(database.kysely, film.id, work);
const page = async (path: string, cookie = cleo) => (await house.ask(base + path, { cookie })).text();
const send = (path: string, form: Record<string, string> = {}, cookie = cleo) =>
  house.ask(base + path, { cookie, form });
const night = await putOnSale(database, film.id, 'the-night', { places: 40, types: [fixedType, pwywType] });
const [general = '', solidarity = ''] = night.typeIds;
const everything = {
  ...{ search: '', screeningId: null, state: null, method: null, channel: null, codeId: null },
  ...{ from: null, to: null },
};
const orders = () => within((tx) => listOrders(tx, film.id, now(), everything, { before: null, limit: 500 }));
const free = async () => (await within((tx) => availabilityOf(tx, film.id, night.id, now())))?.free ?? 0;
const sale = (more: Record<string, string> = {}) => ({
  ...{ key: newSecret(), at: 'desk', method: 'cash', comps: '', code: '', name: '', address: '', note: '' },
  ...more,
});
const sell = (more: Record<string, string>, cookie = cleo) =>
  send(`/screenings/${night.id}/sale`, sale(more), cookie);
const orderIn = (answer: Response) =>
  /sold=([0-9a-f-]{36})/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';

describe('selling', () => {
  it('takes one press for one order: several types, a code, comps, and says what it came to', async () => {
    const code = { word: 'LOCAL1', kind: 'percent' as const, off: 50, currency: null, note: '' };
    const none = { screeningId: null, ticketTypeId: null, usesMax: null, moneyMax: null };
    await within((tx) =>
      addCode(
        tx,
        film.id,
        now(),
        { personId: null, name: 'the test' },
        { ...code, ...none, goodFrom: null, goodUntil: null },
      ),
    );
    const choice = {
      [`q-${general}`]: '2',
      [`q-${solidarity}`]: '1',
      [`a-${solidarity}`]: '7.50',
      comps: '1',
    };
    const looked = await sell({ ...choice, code: 'local1', look: 'yes' });
    expect(await looked.text()).toContain('<strong>$22.50</strong>');
    const before = await free();
    const sold = await sell({ ...choice, code: 'local1', name: 'Ada Okafor', note: 'Row A' });
    expect(sold.status).toBe(303);
    expect(await free()).toBe(before - 4);
    const said = await page(`${sold.headers.get('location')?.slice(base.length)}`);
    expect(said).toContain('4 places, $22.50');
    const order = await page(`/orders/${orderIn(sold)}`);
    for (const words of ['Ada Okafor', 'LOCAL1', 'Row A', 'Cash box', '$22.50', 'Sold and gave tickets'])
      expect([words, order.includes(words)]).toEqual([words, true]);
  });

  it('C1 is one order for one key, however often it is sent', async () => {
    const form = sale({ [`q-${general}`]: '1' });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(`/screenings/${night.id}/sale`, form)),
    );
    expect(new Set(answers.map(orderIn)).size).toBe(1);
  });

  it('is undone with one press while it is a slip of the finger: places are free, and the cash box says so', async () => {
    const cash = async () => {
      const [line] = await within((tx) => trialBalance(tx, film.id, null, 'cash'));
      return (line?.debit ?? 0) - (line?.credit ?? 0);
    };
    const before = [await free(), await cash()];
    const sold = await sell({ at: 'door', sell: `${general}:2` }, gus);
    expect([await free(), await cash()]).toEqual([(before[0] ?? 0) - 2, (before[1] ?? 0) + 3000]);
    const said = await page(`${sold.headers.get('location')?.slice(base.length)}`, gus);
    const undo = `/screenings/${night.id}/sale/${orderIn(sold)}/undoing`;
    expect(said).toContain(`${base}${undo}`);
    const presses = await Promise.all([1, 2, 3].map(() => send(undo, {}, gus)));
    expect(presses.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect([await free(), await cash()]).toEqual(before);
    const undone = await page(`${presses[0]?.headers.get('location')?.slice(base.length)}`, gus);
    expect(undone).toContain('Take the money out of the cash box');
    const { groups, audit } = await within(async (tx) => ({
      groups: (await groupsAbout(tx, film.id, orderIn(sold))).map(({ kind }) => kind),
      audit: await tx
        .selectFrom('audit')
        .select('action')
        .where('filmId', '=', film.id)
        .where('action', '=', 'boxoffice.undo_sale')
        .execute(),
    }));
    expect([groups.sort(), audit.length]).toEqual([['order', 'refund'], 1]);
  });

  it('is not undone once somebody came in with it', async () => {
    const sold = await sell({ at: 'door', sell: `${general}:1` }, gus);
    await within(async (tx) => {
      const [ticket] = (await orderById(tx, film.id, orderIn(sold)))?.tickets ?? [];
      const shown = { kind: 'ticket', ticketId: ticket?.id ?? '', way: 'name' };
      const scan = { kind: 'scan', nonce: newId(), at: now().epochMilliseconds, shown, said: null };
      const report = doorReport.parse({ device: 'Gus', since: 0, events: [scan] });
      const by = { personId: null, name: 'Gus' };
      await takeScans(tx, film.id, now(), by, { screeningId: night.id, report });
    });
    const answer = await send(`/screenings/${night.id}/sale/${orderIn(sold)}/undoing`, {}, gus);
    expect([
      answer.status,
      (await answer.text()).includes('came in with one of these tickets already'),
    ]).toEqual([422, true]);
  });

  it('is not undone later, nor what was sold on the site, nor by who may not sell', async () => {
    const sold = await sell({ at: 'door', sell: `${general}:1` }, gus);
    const id = orderIn(sold);
    const undo = (order: string, cookie = gus) =>
      send(`/screenings/${night.id}/sale/${order}/undoing`, {}, cookie).then(({ status }) => status);
    expect(await undo(id, finn)).toBe(404);
    expect(await undo('0190a0a0-0000-7000-8000-000000000000')).toBe(404);
    await within((tx) =>
      tx
        .updateTable('order')
        .set({ confirmedAt: now().subtract({ minutes: 11 }) })
        .where('filmId', '=', film.id)
        .where('id', '=', id)
        .execute(),
    );
    const late = await send(`/screenings/${night.id}/sale/${id}/undoing`, {}, gus);
    expect([late.status, (await late.text()).includes('more than 10 minutes old')]).toEqual([422, true]);
    await within((tx) =>
      tx
        .updateTable('order')
        .set({ channel: 'site', confirmedAt: now() })
        .where('filmId', '=', film.id)
        .where('id', '=', id)
        .execute(),
    );
    expect(await undo(id)).toBe(404);
  });

  it('has a button a sale at the door, for whoever stands there, and shows them nobody’s name', async () => {
    const door = await page(`/screenings/${night.id}/sale?at=door`, gus);
    expect(door).toContain(`value="${general}:2"`);
    const sold = await sell({ at: 'door', method: 'card-reader', sell: `${general}:2` }, gus);
    expect(sold.status).toBe(303);
    const said = await page(`${sold.headers.get('location')?.slice(base.length)}`, gus);
    expect(said).toContain('2 places, $30.00');
    expect(said).not.toContain('/orders/');
    expect((await orders())[0]).toMatchObject({ channel: 'door', method: 'card-reader', total: 3000 });
    expect((await house.ask(`${base}/orders`, { cookie: gus })).status).toBe(404);
  });

  it.each<[Record<string, string>, string]>([
    [{}, 'Choose at least one ticket'],
    [{ [`q-${general}`]: '-1' }, 'A whole number'],
    [{ [`q-${general}`]: '0.5' }, 'A whole number'],
    [{ [`q-${general}`]: '1e3' }, 'A whole number'],
    [{ [`q-${general}`]: '101' }, 'A whole number'],
    [{ [`q-${general}`]: '99' }, 'So many places are not free'],
    [{ [`q-${solidarity}`]: '1', [`a-${solidarity}`]: '' }, 'An amount of USD'],
    [{ [`q-${solidarity}`]: '1', [`a-${solidarity}`]: '100000' }, 'more than this type’s maximum'],
    [{ [`q-${general}`]: '1', method: 'barter' }, 'How it is paid'],
    [{ [`q-${general}`]: '1', method: 'invoice' }, 'no invoices'],
    [{ [`q-${general}`]: '1', code: 'NOSUCH' }, 'There is no such code'],
    [{ [`q-${general}`]: '1', address: 'nobody' }, 'An address such as'],
    [{ [`q-${general}`]: '1', key: 'guessed' }, 'too old to be used'],
    [{ sell: `${general}:0` }, 'another page'],
  ])('B5 comes back with what was typed for %j, and nothing is sold', async (wrong, words) => {
    const before = await free();
    const answer = await sell({ name: 'Kept as typed', ...wrong });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect([words, text.includes(words), text.includes('Kept as typed')]).toEqual([words, true, true]);
    expect(await free()).toBe(before);
  });
});

describe('guests', () => {
  it('have places kept, given back, and made tickets of', async () => {
    const before = await free();
    const at = `/screenings/${night.id}/guests`;
    expect((await send(at, { places: '3', note: 'Local 1' })).status).toBe(303);
    expect(await free()).toBe(before - 3);
    const kept = await page(at);
    const hold = /guests\/([0-9a-f-]{36})\/release/.exec(kept)?.[1] ?? '';
    const tickets = { key: newSecret(), name: 'Jo Reyes', address: '', places: '2', guests: 'Jo Reyes\nKim' };
    const wrong = await send(`${at}/${hold}/tickets`, { ...tickets, places: '4' });
    expect(wrong.status).toBe(422);
    expect((await send(`${at}/${hold}/tickets`, tickets)).status).toBe(303);
    expect((await orders())[0]).toMatchObject({ method: 'comp', places: 2, note: 'Local 1' });
    expect((await send(`${at}/${hold}/release`)).status).toBe(303);
    expect(await free()).toBe(before - 2);
    expect((await send(`${at}/${hold}/release`)).status).toBe(404);
    expect((await send(at, { places: '101', note: 'Too many' })).status).toBe(422);
    expect((await send(at, { places: '2', note: '' })).status).toBe(422);
  });
});

describe('orders', () => {
  it('are searched and narrowed in the address, and leave as CSV that starts no formula', async () => {
    await sell({
      [`q-${general}`]: '1',
      name: '=HYPERLINK("x")',
      address: 'bea@union.example',
      method: 'cheque',
    });
    const shows = async (query: string) => (await page(`/orders?${query}`)).includes('bea@union.example');
    expect(await shows('search=bea')).toBe(true);
    expect(await shows('search=bea+union.example&method=cheque&channel=desk&state=confirmed')).toBe(true);
    expect(await shows('search=bea&method=cash')).toBe(false);
    expect(await shows('search=bea&code=NOSUCH')).toBe(false);
    expect(await shows(`search=bea&screening=${night.id}`)).toBe(true);
    const csv = await page('/orders/export.csv?search=bea', finn);
    expect(csv).toContain("'=HYPERLINK");
    expect(csv).toContain('Cheque,15.00');
  });

  it('S1 S2 S3 refuse every parameter that is none of theirs, and take any search as text', async () => {
    for (const query of [
      'state=any',
      'method=%27',
      'screening=1',
      'before=x',
      'from=2026-13-01',
      `search=${'x'.repeat(300)}`,
      'channel=site%27%20or%201=1',
    ])
      expect([query, (await house.ask(`${base}/orders?${query}`, { cookie: cleo })).status]).toEqual([
        query,
        400,
      ]);
    for (const search of ["' or 1=1 --", 'a & b | !c', ':*', '(zq+)+$', '\\', '%'])
      expect(
        (await house.ask(`${base}/orders?${new URLSearchParams({ search })}`, { cookie: cleo })).status,
      ).toBe(200);
  });

  it('A10 have names on their tickets, and their letter again, where nothing is free any more', async () => {
    const rest = await free();
    const comps = Object.fromEntries([['comps', String(rest)]]);
    await sell({ ...comps, name: 'House', address: 'house@union.example' });
    expect(await free()).toBe(0);
    const [order] = await orders();
    const at = `/orders/${order?.id}`;
    const form = new URLSearchParams(
      Array.from({ length: rest }, (_, n) => ['guests[]', n === 0 ? 'Kim Larsen' : '']),
    );
    const named = await house.ask(`${base}${at}/guests`, { cookie: cleo, form: form.toString() });
    expect(named.status).toBe(303);
    const text = await page(at);
    expect([text.includes('value="Kim Larsen"'), text.includes('Said who comes with a ticket')]).toEqual([
      true,
      true,
    ]);
    expect((await send(`${at}/guests`, { 'guests[]': 'One too few' })).status).toBe(400);
    expect((await send(`${at}/letters`)).headers.get('location')).toMatch(/said=letter-sent/);
    expect((await send(`${at}/letters`, {}, finn)).status).toBe(404);
  });

  it('A10 are given another name and address, and the history says so', async () => {
    const [order] = await orders();
    const at = `/orders/${order?.id}`;
    const wrong = await send(`${at}/buyer`, { name: '', address: 'nobody', note: '' });
    expect(wrong.status).toBe(422);
    expect((await send(`${at}/buyer`, { name: 'Bea Lund', address: '', note: 'By phone' })).status).toBe(303);
    const text = await page(at);
    for (const words of ['Bea Lund', 'By phone', 'Changed an order’s buyer: fields name, address, note'])
      expect([words, text.includes(words)]).toEqual([words, true]);
    expect((await send(`${at}/buyer`, { name: 'Finn', address: '', note: '' }, finn)).status).toBe(404);
  });
});
