import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { firstOwner } from '../ground/first-owner.ts';
import { newInstallation, type Program } from '../ground/program.ts';

const installation = await newInstallation();
let program: Program;
let cookie = '';

beforeAll(async () => {
  program = await installation.start({ ROLE: 'web' });
  cookie = await firstOwner(program);
});

const film = '/admin/films/union';
/** One of each kind of reader: forms of visitors, of the desk, of sign-in; uploads; JSON. */
const paths = [
  '/contact/general',
  '/newsletter',
  '/admin/sign-in',
  '/admin/account/name',
  '/admin/auth/passkey/verify-authentication',
  `${film}/film/story?from=1`,
  `${film}/film/poster?from=1`,
  `${film}/film/text-preview`,
  `${film}/film/publications`,
  `${film}/screenings/new`,
  `${film}/screenings/import`,
  `${film}/inbox`,
  `${film}/team/invitations`,
  '/nowhere',
];

// As long as a browser's, so that it does not stand in what is sent by chance.
const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const multipart = `multipart/form-data; boundary=${boundary}`;
const urlencoded = 'application/x-www-form-urlencoded';
const parts = (...all: string[]) =>
  Buffer.from(`${all.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`, 'latin1');
const part = (name: string, value: string, more = '') =>
  `content-disposition: form-data; name="${name}"${more}\r\n\r\n${value}`;

type Sent = readonly [what: string, type: string, body: Buffer | string];

const bodies: readonly Sent[] = [
  ['parts without a boundary', 'multipart/form-data', parts(part('message', 'x'))],
  ['a boundary that is no text', 'multipart/form-data; boundary="\u00fc;"', parts(part('message', 'x'))],
  ['no part at all', multipart, ''],
  ['a part that ends in its head', multipart, `--${boundary}\r\ncontent-disposition: form-data; na`],
  ['a part that never ends', multipart, `--${boundary}\r\n${part('logline.en', 'cut')}`],
  ['a part without a name', multipart, parts(part('', 'x'))],
  ['a part without a head', multipart, parts('\r\nx')],
  ['five thousand parts', multipart, parts(...Array.from({ length: 5_000 }, (_, at) => part(`x${at}`, 'y')))],
  ['the same part many times', multipart, parts(...Array.from({ length: 500 }, () => part('message', 'y')))],
  ['a huge head', multipart, parts(`x: ${'y'.repeat(200_000)}\r\n${part('message', 'x')}`)],
  ['two thousand heads', multipart, parts(`${'x: y\r\n'.repeat(2_000)}${part('message', 'x')}`)],
  ['names of every object', multipart, parts(part('__proto__', 'x'), part('constructor', 'y'))],
  ['a file name that leads out', multipart, parts(part('file', 'slug', '; filename="../../x.csv"'))],
  ['a file name with nothing in it', multipart, parts(part('file', 'slug', '; filename="a\0.csv"'))],
  ['a file name that cannot be read', multipart, parts(part('file', 'slug', "; filename*=UTF-8''%ff%zz"))],
  ['a file name in no alphabet', multipart, parts(part('file', 'slug', "; filename*=klingon''a.csv"))],
  ['a long file name', multipart, parts(part('file', 'slug', `; filename="${'y'.repeat(60_000)}.csv"`))],
  ['a file where words belong', multipart, parts(part('message', 'x', '; filename="a.txt"'))],
  ['bytes that are no text', multipart, parts(part('logline.en', '\xff\xfe\xc0\x80'))],
  ['lines that end as they should not', multipart, `--${boundary}\n${part('a', 'b')}\n--${boundary}--`],
  ['parts in a part', multipart, parts(`content-type: multipart/mixed; boundary=c\r\n${part('f', '--c--')}`)],
  ['a long end', multipart, Buffer.concat([parts(part('message', 'x')), Buffer.alloc(500_000)])],
  ['forty thousand fields', urlencoded, Array.from({ length: 40_000 }, (_, at) => `a${at}=1`).join('&')],
  ['one field forty thousand times', urlencoded, 'message=1&'.repeat(40_000)],
  ['a long name', urlencoded, `${'a'.repeat(200_000)}=1`],
  ['nothing but marks', urlencoded, '&='.repeat(100_000)],
  ['escapes that are none', urlencoded, 'message=%&name=%zz&address=%ff%fe%80&logline.en=%'],
  ['the character that ends strings', urlencoded, 'message=a%00b&name=%00&address=%00&logline.en=%00'],
  ['half of a character', urlencoded, 'message=%ed%a0%80&name=%ed%a0%80&logline.en=%ed%a0%80'],
  ['fields of every object', urlencoded, '__proto__=1&constructor=2&toString=3&__proto__[x]=4'],
  ['more than a form holds', urlencoded, `message=${'x'.repeat(1_500_000)}`],
  ['a zipped form', urlencoded, gzipSync('message=1'.repeat(100_000))],
  ['another alphabet', `${urlencoded}; charset=utf-16`, Buffer.from('message=1', 'utf16le')],
  ['lists in lists', 'application/json', '['.repeat(50_000) + ']'.repeat(50_000)],
  ['things in things', 'application/json', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['the prototype of things', 'application/json', '{"__proto__":{"x":1},"response":{"id":"x"}}'],
  ['a number without end', 'application/json', '1'.repeat(100_000)],
  ['a thing that is cut', 'application/json', '{"response":"'],
  ['nothing', 'application/json', 'null'],
  ['no kind', '', 'message=1'],
  ['a kind that is none', 'x', 'message=1'],
];

/** Sends a body as it is, whole or in chunks of no declared length. */
function send(path: string, type: string, body: Buffer | string, isChunked: boolean): Promise<number> {
  const bytes = Buffer.from(body);
  const headers = {
    origin: program.url,
    'sec-fetch-site': 'same-origin',
    cookie,
    ...(type !== '' && { 'content-type': Buffer.from(type).toString('latin1') }),
    ...(!isChunked && { 'content-length': String(bytes.length) }),
  };
  return new Promise((done, failed) => {
    const asked = request(program.url + path, { method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer.statusCode ?? 0));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // What is too large is answered before it is read; then the line is closed.
      if (error.code === 'EPIPE' || error.code === 'ECONNRESET') done(413);
      else failed(error);
    });
    asked.setTimeout(20_000, () => asked.destroy(new Error(`nobody answers ${path}`)));
    if (isChunked)
      for (let at = 0; at < bytes.length; at += 60_000) asked.write(bytes.subarray(at, at + 60_000));
    asked.end(isChunked ? undefined : bytes);
  });
}

async function changes(): Promise<unknown> {
  const client = new pg.Client(installation.connection);
  await client.connect();
  try {
    const { rows } = await client.query(
      `select (select count(*) from audit) as lines, (select count(*) from inquiry) as inquiries,
              (select count(*) from film_revision) as revisions, (select count(*) from mail) as mails,
              (select count(*) from screening) as screenings, (select count(*) from person) as persons`,
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

it.each(bodies)('a body of %s is refused by every form, and changes nothing', async (_what, type, body) => {
  const before = await changes();
  for (const path of paths) {
    for (const isChunked of [false, true]) {
      const status = await send(path, type, body, isChunked);
      // A text preview, and a page of what may be wrong with a CSV, are answers too; nothing was changed by them.
      expect(status, `${path}${isChunked ? ' in chunks' : ''}`).toSatisfy(
        (got: number) => got >= 200 && got < 500,
      );
    }
  }
  expect(await changes()).toEqual(before);
  expect(program.terminal()).not.toMatch(/"level":50|nhandled/);
});

it('a CSV that comes in chunks, as some proxies send it, is read like any other', async () => {
  const csv = [
    'slug,kind,state,starts_at,venue,city,timezone',
    'chunked,cinema,on sale,2027-03-01T19:00,Guild Cinema,Albuquerque,America/Denver',
  ].join('\n');
  const body = parts(part('file', csv, '; filename="screenings.csv"'));
  for (const isChunked of [false, true])
    expect(await send(`${film}/screenings/import`, multipart, body, isChunked)).toBe(200);
});
