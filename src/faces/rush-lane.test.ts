import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { castFilm, strangersFilm } from '../../tests/cast.ts';
import { testDatabase } from '../../tests/ground/database.ts';
import { openTestHouse } from '../../tests/ground/house.ts';
import { fixedType, freeType, putOnSale } from '../../tests/ground/on-sale.ts';
import { availabilityOf } from '../domain/boxoffice/index.ts';
import { inFilm } from '../platform/database/database.ts';
import { newSecret } from '../platform/secrets.ts';
import { isForRushLane } from './rush-lane.ts';
import { startServer } from './server.ts';

const database = await testDatabase();
const film = await castFilm(database);
const stranger = await strangersFilm(database);
const { house } = await openTestHouse(database);
const server = await startServer(house, 0);
afterAll(() => server.close());

const host = new URL(house.config.publicUrl).host;
const urlEncoded = 'application/x-www-form-urlencoded';
const ours = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin', 'content-type': urlEncoded };

type Answer = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

const ask = (
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  new Promise((done, failed) => {
    const body = new URLSearchParams(form).toString();
    const all = { ...ours, 'content-length': String(Buffer.byteLength(body)), ...headers };
    request({ port: server.port, path, method: 'POST', headers: all }, async (answer) => {
      const pieces: Buffer[] = [];
      for await (const piece of answer) pieces.push(piece as Buffer);
      done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) });
    })
      .once('error', failed)
      .end(body);
  });

// With a parameter a form says the same, and is routed.
const routed = { 'content-type': `${urlEncoded}; charset=UTF-8` };
const left = async (id: string, filmId = film.id) =>
  await inFilm(database.kysely, filmId, (tx) => availabilityOf(tx, filmId, id, Temporal.Now.instant()));
/** What a page says, without the secrets that each has of its own. */
const saidBy = ({ status, body, headers }: Answer) => {
  const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  const { date, 'keep-alive': _, ...said } = headers;
  return { status, text: text.replace(/value="[\w-]{22}"/g, ''), headers: said };
};

describe('a form that comes by the thousand', () => {
  it('is answered before routing as its route would: held, once, however it came', async () => {
    const { id, slug, typeIds } = await putOnSale(database, film.id, 'lane', { places: 9 });
    const form = { key: newSecret(), [`q-${typeIds[0]}`]: '2' };
    const path = `/films/${film.slug}/screenings/${slug}/tickets`;
    const answers = [await ask(path, form), await ask(path, form, routed), await ask(path, form)];
    for (const { status, body } of answers) expect([status, body.length]).toEqual([303, 0]);
    const [{ location, ...headers } = {}, byRoute] = answers.map((answer) => saidBy(answer).headers);
    expect(location).toMatch(new RegExp(`^/films/${film.slug}/orders/[0-9A-Z]{8}\\?key=${form.key}$`));
    expect(byRoute).toEqual({ location, ...headers });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
    expect(await left(id)).toMatchObject({ held: 2, free: 7 });
    const confirmation = `${new URL(location ?? '', house.config.publicUrl).pathname}/confirmation`;
    const said = { key: form.key, name: 'Ada King', address: 'ada@buyer.example' };
    const wrong = [
      await ask(confirmation, { key: form.key }),
      await ask(confirmation, { key: form.key }, routed),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([422, 422]);
    expect(saidBy(wrong[0] as Answer).text).toBe(saidBy(wrong[1] as Answer).text);
    expect((await ask(confirmation, { ...said, key: newSecret() })).status).toBe(404);
    expect((await ask(confirmation, {})).status).toBe(404);
    const confirmed = [await ask(confirmation, said), await ask(confirmation, said, routed)];
    expect(confirmed.map((answer) => answer.headers.location)).toEqual([location, location]);
    expect(await left(id)).toMatchObject({ sold: 2, held: 0 });
  });

  it('is refused with the same page', async () => {
    const { id, slug, typeIds } = await putOnSale(database, film.id, 'lane-no', {
      ...{ places: 2, types: [freeType, fixedType] },
    });
    const path = `/screenings/${slug}/tickets`;
    const [free, paid] = typeIds.map((type) => `q-${type}`) as [string, string];
    const wrong: Record<string, string>[] = [
      ...['0', '-1', '0.5', '1e3', 'NaN', '1000000000', '11'].map((quantity) => ({ [free]: quantity })),
      ...[{}, { gift: '-5', [free]: '1' }, { code: 'NOBODY', [paid]: '1' }, { 'q-nonsense': '1' }],
      ...[{ [free]: '3' }, { key: 'short', [free]: '1' }, { [free]: '1', ['x'.repeat(70_000)]: '' }],
    ];
    for (const fields of wrong) {
      const form = { key: newSecret(), ...fields };
      const [straight, byRoute] = [saidBy(await ask(path, form)), saidBy(await ask(path, form, routed))];
      expect(straight.status, JSON.stringify(fields).slice(0, 80)).toBeGreaterThanOrEqual(400);
      expect(straight.status).toBeLessThan(500);
      expect(straight.text).toBe(byRoute.text);
      expect({ ...byRoute.headers, ...straight.headers }).toEqual({
        ...straight.headers,
        ...byRoute.headers,
      });
    }
    expect(await left(id)).toMatchObject({ held: 0, free: 2 });
    expect((await ask(path, { key: newSecret(), [free]: '2' })).status).toBe(303);
    const late = { key: newSecret(), [free]: '1' };
    for (const encoding of ['gzip', 'identity']) {
      const wanted = { 'accept-encoding': encoding };
      const full = [await ask(path, late, wanted), await ask(path, late, { ...wanted, ...routed })].map(
        saidBy,
      );
      expect(full[0]).toMatchObject({ status: 409, headers: { 'cache-control': 'no-store' } });
      expect(full[0]?.text).toContain('While you chose, the last places went.');
      expect(full[0]?.headers.etag).toBeUndefined();
      expect(full[1]).toEqual(full[0]);
    }
  });

  it('S4 is not taken from another site’s page, nor for a film that is not there', async () => {
    const { id, slug, typeIds } = await putOnSale(database, stranger.id, 'lane-other', { places: 5 });
    const path = `/films/${stranger.slug}/screenings/${slug}/tickets`;
    const form = () => ({ key: newSecret(), [`q-${typeIds[0]}`]: '1' });
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      { host: 'elsewhere.example' },
    ];
    for (const headers of foreign) expect((await ask(path, form(), headers)).status).toBe(403);
    for (const gone of [
      path.replace(stranger.slug, 'nowhere'),
      path.replace(slug, 'nothing'),
      path.replace(slug, 'No'),
    ])
      expect((await ask(gone, form())).status).toBe(404);
    expect((await ask(`/preview/${newSecret()}/screenings/${slug}/tickets`, form())).status).toBe(404);
    expect(await left(id, stranger.id)).toMatchObject({ held: 0 });
    expect((await ask(path, form())).status).toBe(303);
  });

  it('is answered with 503 and keeps nothing where somebody holds the places for too long', async () => {
    const { id, slug, typeIds } = await putOnSale(database, film.id, 'lane-busy', { places: 5 });
    const form = { key: newSecret(), [`q-${typeIds[0]}`]: '1' };
    await inFilm(database.kysely, film.id, async (tx) => {
      await sql`select from capacity where screening_id = ${id} for update`.execute(tx);
      const answer = await ask(`/screenings/${slug}/tickets`, form);
      expect(answer.status).toBe(503);
      expect(answer.headers).toMatchObject({ 'retry-after': '5', 'x-content-type-options': 'nosniff' });
      expect(answer.body.toString()).toContain('Nothing was changed');
    });
    expect(await left(id)).toMatchObject({ free: 5 });
    expect((await ask(`/screenings/${slug}/tickets`, form)).status).toBe(303);
  }, 15_000);

  it('that stops half-way holds nothing and fails nobody', async () => {
    const { id, slug, typeIds } = await putOnSale(database, film.id, 'lane-cut', { places: 5 });
    const failed = vi.spyOn(house.log, 'error');
    const form = `key=${newSecret()}&q-${typeIds[0]}=1`;
    await new Promise<void>((done) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        const head = [`POST /screenings/${slug}/tickets HTTP/1.1`, `Host: ${host}`, `Origin: http://${host}`];
        head.push(`Content-Type: ${urlEncoded}`, `Content-Length: ${form.length + 1}`, '', form);
        socket.end(head.join('\r\n'));
      });
      socket.on('close', () => done());
      socket.resume();
    });
    expect(await left(id)).toMatchObject({ held: 0, free: 5 });
    expect(
      (await ask(`/screenings/${slug}/tickets`, Object.fromEntries(new URLSearchParams(form)))).status,
    ).toBe(303);
    expect(failed).not.toHaveBeenCalled();
  });
});

it('goes the short way only as our own pages send it', () => {
  const asked = (url: string, headers: Record<string, string> = {}, method = 'POST') =>
    isForRushLane({
      method,
      url,
      headers: { 'content-type': urlEncoded, 'content-length': '9', ...headers },
    } as Partial<IncomingMessage> as IncomingMessage);
  for (const url of [
    '/screenings/a-1/tickets',
    '/es/orders/7K3M9QXT/confirmation',
    '/films/union/es/screenings/a/tickets',
  ])
    expect(asked(url), url).toBe(true);
  for (const url of [
    ...[
      '/screenings/a/tickets?x=1',
      '/screenings/a/tickets/',
      '/screenings/%61/tickets',
      '/screenings/../tickets',
    ],
    ...[
      '//evil/tickets',
      'http://evil/screenings/a/tickets',
      '/orders/A/payment',
      `/${'a'.repeat(300)}/tickets`,
    ],
  ])
    expect(asked(url), url).toBe(false);
  const path = '/screenings/a/tickets';
  expect(asked(path, {}, 'GET')).toBe(false);
  for (const headers of [
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': `${urlEncoded}; charset=utf-8` },
    { 'content-length': '64001' },
    { 'content-encoding': 'gzip' },
  ] as Record<string, string>[])
    expect(asked(path, headers)).toBe(false);
  expect(
    isForRushLane({
      method: 'POST',
      url: path,
      headers: { 'content-type': urlEncoded },
    } as Partial<IncomingMessage> as IncomingMessage),
  ).toBe(false);
});
