import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { byteRangeOf } from '../site/media/byte-range.ts';
import { limitedBody } from './limited-body.ts';
import { sameOriginOnly } from './same-origin.ts';
import { addressOf, hostNamed } from './visitor.ts';

const configWith = (proxies: number) => readConfig({ PROXIES: String(proxies) }, '/somewhere');

describe('a change', () => {
  const app = new Hono();
  app.use(sameOriginOnly(configWith(0)));
  app.all('*', (c) => c.text('done'));
  const ask = async (headers: Record<string, string>, method = 'POST') =>
    (await app.request('http://film.example/', { method, headers: { host: 'film.example', ...headers } }))
      .status;

  const ours = { origin: 'http://film.example' };
  const cookie = { cookie: 'session=x' };
  const table: readonly [string, Record<string, string>, number][] = [
    ['from our own page', { ...ours, 'sec-fetch-site': 'same-origin', ...cookie }, 200],
    ['from our own page in an older browser', { ...ours, ...cookie }, 200],
    ['typed into the address bar', { 'sec-fetch-site': 'none', ...cookie }, 200],
    ['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', ...cookie }, 403],
    ['from another site that hides its name', { origin: 'null', ...cookie }, 403],
    ['from a sandboxed frame of ours', { origin: 'null', 'sec-fetch-site': 'same-origin', ...cookie }, 403],
    [
      'from another host of our domain',
      { origin: 'http://shop.film.example', 'sec-fetch-site': 'same-site', ...cookie },
      403,
    ],
    ['from a sister host that says nothing of itself', { 'sec-fetch-site': 'same-site' }, 403],
    ['from another port', { origin: 'http://film.example:8080', ...cookie }, 403],
    ['from a name that begins like ours', { origin: 'http://film.example.evil.example', ...cookie }, 403],
    ['from a name that ends like ours', { origin: 'http://evil-film.example', ...cookie }, 403],
    ['with our name as the user of another', { origin: 'http://film.example@evil.example', ...cookie }, 403],
    ['with nonsense for an origin', { origin: 'film.example', ...cookie }, 403],
    ['with an empty origin', { origin: '', ...cookie }, 403],
    ['of a one-click unsubscribe: no page, no cookie', {}, 200],
    ['without a word of where it comes from, but with a cookie', cookie, 403],
    ['with an origin of another but no cookie', { origin: 'https://evil.example' }, 403],
    ['with a fetch-site that no browser sends', { 'sec-fetch-site': 'SAME-ORIGIN', ...cookie }, 403],
  ];
  for (const [words, headers, status] of table) {
    it(`${words}: ${status}`, async () => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        expect(await ask(headers, method)).toBe(status);
      expect(await ask(headers, 'GET')).toBe(200);
    });
  }
});

describe('the host that was typed', () => {
  const named = (host: string | undefined, forwarded: string | undefined, proxies: number) =>
    hostNamed(host, forwarded, configWith(proxies));

  it('is the request’s own where no proxy is ours, whatever is claimed', () => {
    expect(named('Film.Example:4000', 'other.example', 0)).toBe('film.example:4000');
    expect(named(undefined, 'other.example', 0)).toBe('');
  });

  it('is what our proxy says, or passes on', () => {
    expect(named('127.0.0.1:4000', 'Film.Example', 1)).toBe('film.example');
    expect(named('127.0.0.1:4000', 'film.example, inner.example', 2)).toBe('film.example');
    expect(named('film.example', undefined, 1)).toBe('film.example');
    expect(named('[::1]:4000', undefined, 1)).toBe('[::1]:4000');
  });

  it('is none where it holds a path: no page is kept for one address and answered at another', () => {
    for (const made of [
      'film.example/films',
      'film.example/',
      'a b',
      'a?b',
      'a#b',
      'a@b',
      'a\\b',
      'a:b',
      '[a/b]',
    ])
      expect(named('127.0.0.1:4000', made, 1), made).toBe('');
  });
});

describe('the visitor’s address', () => {
  const from = (peer: string, forwarded: string | undefined, proxies: number) =>
    addressOf(
      {
        socket: { remoteAddress: peer },
        headers: { 'x-forwarded-for': forwarded },
      } as unknown as IncomingMessage,
      configWith(proxies),
    );

  it('is the peer’s where no proxy is ours, whatever is claimed', () => {
    expect(from('198.51.100.1', '203.0.113.9', 0)).toBe('198.51.100.1');
    expect(from('::ffff:198.51.100.1', undefined, 0)).toBe('198.51.100.1');
  });

  it('is what our own proxies added, and nothing before it', () => {
    expect(from('10.0.0.1', '203.0.113.9', 1)).toBe('203.0.113.9');
    expect(from('10.0.0.1', '1.1.1.1, 203.0.113.9', 1)).toBe('203.0.113.9');
    expect(from('10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9');
    expect(from('10.0.0.1', '203.0.113.9', 2)).toBe('10.0.0.1');
    expect(from('10.0.0.1', undefined, 1)).toBe('10.0.0.1');
    expect(from('10.0.0.1', '203.0.113.9:4711', 1)).toBe('203.0.113.9');
    expect(from('10.0.0.1', '[2001:db8::9]:4711', 1)).toBe('2001:db8::9');
    expect(from('10.0.0.1', '2001:db8::9', 1)).toBe('2001:db8::9');
  });

  it('is never something that is no address', () => {
    for (const claimed of [
      '<script>',
      "' or 1=1",
      'unknown',
      '_hidden',
      '203.0.113.999',
      '1:2:3',
      ' ',
      ',,,',
      'a'.repeat(9_000),
    ])
      expect(from('10.0.0.1', claimed, 1), claimed.slice(0, 20)).toBe('10.0.0.1');
  });
});

describe('a body', () => {
  const app = new Hono();
  app.use(limitedBody(10, 'too much'));
  app.post('/', async (c) => c.text(await c.req.text()));
  const chunks = (...parts: string[]) =>
    new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });
  const post = async (body: BodyInit, headers: Record<string, string>) => {
    const answer = await app.request('/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
    return [answer.status, await answer.text()];
  };

  it('passes up to its limit, in one piece or in chunks, and not beyond', async () => {
    expect(await post('0123456789', { 'content-length': '10' })).toEqual([200, '0123456789']);
    expect(await post('0123456789a', { 'content-length': '11' })).toEqual([413, 'too much']);
    const chunked = { 'transfer-encoding': 'chunked' };
    expect(await post(chunks('01234', '56789'), chunked)).toEqual([200, '0123456789']);
    expect(await post(chunks('01234', '56789', 'a'), chunked)).toEqual([413, 'too much']);
  });
});

describe('a range', () => {
  it.each<[string | undefined, ReturnType<typeof byteRangeOf>]>([
    [undefined, null],
    ['', null],
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=90-200', { first: 90, last: 99 }],
    ['bytes=-1', { first: 99, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=999999999999999-', 'unsatisfiable'],
    ['bytes=5-2', null],
    ['bytes=-', null],
    ['bytes=0-1,3-4', null],
    ['bytes=a-b', null],
    ['bytes=0x1-', null],
    ['bytes=1e1-', null],
    ['bytes=99999999999999999999-', null],
    ['items=0-1', null],
    ['bytes = 0-1', null],
    ['bytes=0-1\r\nx: y', null],
  ])('of “%s” is read right', (header, range) => {
    expect(byteRangeOf(header, 100)).toEqual(range);
  });

  it('of an empty file is never satisfied', () => {
    expect(byteRangeOf('bytes=0-', 0)).toBe('unsatisfiable');
    expect(byteRangeOf('bytes=-5', 0)).toBe('unsatisfiable');
  });
});
