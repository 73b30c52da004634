import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { availabilityOf, type Order, orderById, readMark, ticketCode } from '../../domain/boxoffice/index.ts';
import { openTicketHouse } from './test-ground.ts';

const house = await openTicketHouse();
const { ask, within, film } = house;
const screening = await house.screening();
const folder = mkdtempSync(join(tmpdir(), 'houselights-tickets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = ({ code }: Order, part: string, key: string) => `/films/union/orders/${code}${part}?key=${key}`;
const reread = (order: Order) => within((tx) => orderById(tx, film.id, order.id));

/** What zbar reads in a PDF printed at 200 dots to an inch, black and white. */
function scanned(pdf: Buffer): string[] {
  const path = mkdtempSync(join(folder, 'pdf-'));
  writeFileSync(join(path, 'tickets.pdf'), pdf);
  execFileSync('pdftoppm', ['-r', '200', '-mono', join(path, 'tickets.pdf'), join(path, 'page')]);
  const pages = readdirSync(path).filter((name) => name.startsWith('page'));
  return readPicture(...pages.map((name) => join(path, name)));
}

function readPicture(...paths: string[]): string[] {
  const read = execFileSync('zbarimg', ['-q', '--raw', ...paths], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return read.trim().split('\n').sort();
}

function wordsOf(pdf: Buffer): string {
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
}

async function pdfOf(order: Order, key: string): Promise<Buffer> {
  const answer = await ask(at(order, '/tickets.pdf', key));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return Buffer.from(await answer.arrayBuffer());
}

describe('tickets as PDF', () => {
  it('are read by a scanner from a black and white print, each with its own code, and by people', async () => {
    const { order, key } = await house.order(screening, { quantity: 4, guestNames: ['Zoë Łukasz'] });
    const pdf = await pdfOf(order, key);
    const marks = scanned(pdf).map((text) => readMark(text)?.mark);
    expect(marks.map((mark) => mark?.ticketId).sort()).toEqual(order.tickets.map(({ id }) => id).sort());
    const words = wordsOf(pdf);
    for (const { number } of order.tickets) expect(words).toContain(ticketCode(order.code, number));
    expect(words).toContain('Zoë Łukasz');
    expect(words).toContain('Friday, December 20, 2030, 7:00 PM PST');
    expect(words).toContain('1515 12th Ave');
    expect(words).toContain('Open captions');
    expect(words).toContain('until Thursday, December 19, 2030, 7:00 PM PST');
    const info = execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' });
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toMatch(/Pages:\s+2\n/);
    expect(info).toMatch(/letter/);
  });

  it('speak the language of the order', async () => {
    const { order, key } = await house.order(screening, { language: 'es' });
    const words = wordsOf(await pdfOf(order, key));
    expect(words).toContain('UNIÓN');
    expect(words).toContain('Butaca');
    expect(words).toContain('viernes, 20 de diciembre de 2030');
  });

  it('say so where none is left to print', async () => {
    const { order, key } = await house.order(screening, { quantity: 1 });
    await within((tx) =>
      sql`update ticket set cancelled_at = now() where order_id = ${order.id}`.execute(tx),
    );
    expect(wordsOf(await pdfOf(order, key))).toContain('No ticket of this order is yours to print');
  });
});

describe('the calendar file', () => {
  it('has the moment in UTC, the place, and no secret', async () => {
    const { order, key } = await house.order(screening);
    const answer = await ask(at(order, '/calendar.ics', key));
    const text = (await answer.text()).replace(/\r\n /g, '');
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    expect(text).toContain('DTSTART:20301221T030000Z');
    expect(text).toContain('Northwest Film Forum');
    expect(text).toContain(ticketCode(order.code, 1));
    expect(text).not.toContain(key);
  });
});

describe('the page of an order’s tickets', () => {
  it('shows each QR code so that a phone’s picture of it is read', async () => {
    const { order, key } = await house.order(screening, { quantity: 1 });
    const text = await (await ask(at(order, '/tickets', key))).text();
    const svg = /<svg class="ticket-qr".*?<\/svg>/s.exec(text)?.[0] ?? '';
    const drawn = svg.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" ');
    const path = join(folder, 'page.png');
    await sharp(Buffer.from(drawn)).png().toFile(path);
    const read = readPicture(path);
    expect(readMark(read[0] ?? '')?.mark.ticketId).toBe(order.tickets[0]?.id);
    expect(text).not.toContain('<script');
  });

  it('S5 is no page, and nothing of it is, without the order’s own secret', async () => {
    const { order, key } = await house.order(screening);
    const { key: another } = await house.order(screening);
    const wrong = ['', 'x', another, `${key}x`, key.toLowerCase()];
    for (const part of ['/tickets', '/tickets.pdf', '/calendar.ics'])
      for (const secret of wrong) expect((await ask(at(order, part, secret))).status).toBe(404);
    for (const part of ['/guests', '/transfers', '/letters'])
      for (const secret of wrong) {
        const form = { key: secret, ticket: order.tickets[0]?.id ?? '', name: 'Mallory' };
        expect((await ask(`/films/union/orders/${order.code}${part}`, { form })).status).toBe(404);
      }
    expect(await reread(order)).toEqual(order);
  });

  it('F9 is not opened by what stands in a ticket: neither its QR code nor its ids', async () => {
    const { order, key } = await house.order(screening, { quantity: 1 });
    const [mark = ''] = scanned(await pdfOf(order, key));
    const id = order.tickets[0]?.id ?? '';
    for (const secret of [mark, mark.slice(0, 22), id, id.replaceAll('-', '').slice(0, 22), order.id])
      expect((await ask(at(order, '/tickets', secret))).status).toBe(404);
  });

  it('keeps names, and takes them away', async () => {
    const { order, key } = await house.order(screening);
    const [first, second] = order.tickets;
    const send = (names: Record<string, string>) =>
      ask(`/films/union/orders/${order.code}/guests`, { form: { key, ...names } });
    expect((await send({ [`name-${first?.id}`]: '  Grace   Lee ' })).status).toBe(303);
    expect((await reread(order))?.tickets.map(({ guestName }) => guestName)).toEqual(['Grace Lee', null]);
    await send({ [`name-${first?.id}`]: '', [`name-${second?.id}`]: '=HYPERLINK("x")' });
    expect((await reread(order))?.tickets.map(({ guestName }) => guestName)).toEqual([
      null,
      '=HYPERLINK("x")',
    ]);
  });

  it('A10 hands a ticket on at a screening that is sold out, and no place moves', async () => {
    const full = await house.screening(2);
    const { order, key } = await house.order(full);
    const places = () => within((tx) => availabilityOf(tx, film.id, full.id, house.house.clock()));
    const before = await places();
    expect(before?.free).toBe(0);
    const ticket = order.tickets[1]?.id ?? '';
    const form = { key, ticket, name: 'Grace Lee', address: '' };
    expect((await ask(`/films/union/orders/${order.code}/transfers`, { form })).status).toBe(303);
    expect(await places()).toEqual(before);
    expect((await reread(order))?.tickets[1]).toMatchObject({ generation: 2, guestName: 'Grace Lee' });
  });

  it('shows a ticket no longer once it was mailed to somebody else', async () => {
    const { order, key } = await house.order(screening);
    const [first, second] = order.tickets;
    const form = { key, ticket: first?.id ?? '', name: 'Grace Lee', address: 'grace@union.example' };
    await ask(`/films/union/orders/${order.code}/transfers`, { form });
    const text = await (await ask(at(order, '/tickets', key))).text();
    expect(text).toContain('This ticket is with Grace Lee');
    expect(text.match(/class="ticket-qr"/g)).toHaveLength(1);
    expect(scanned(await pdfOf(order, key)).map((mark) => readMark(mark)?.mark.ticketId)).toEqual([
      second?.id,
    ]);
  });

  it.each([
    [{ name: '' }, 'A name is needed'],
    [{ name: 'x'.repeat(201) }, 'At most 200 characters'],
    [{ name: 'Grace', address: 'grace@' }, 'This does not look like name@example.org'],
    [{ name: 'Grace', address: 'a@b.example\r\nBcc: c@d.example' }, 'This does not look like'],
    [{ name: 'Grace', ticket: 'nonsense' }, 'not in the order'],
  ])('comes back with its words and what was typed, for %j', async (wrong, words) => {
    const { order, key } = await house.order(screening);
    const form = { key, ticket: order.tickets[0]?.id ?? '', address: '', ...wrong };
    const answer = await ask(`/films/union/orders/${order.code}/transfers`, { form });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
    expect(await reread(order)).toEqual(order);
  });

  it('sends the mail again a few times, with a pause, and no more', async () => {
    const { order, key } = await house.order(screening);
    const again = () => ask(`/films/union/orders/${order.code}/letters`, { form: { key } });
    expect((await again()).status).toBe(303);
    expect(await (await again()).text()).toContain('It was sent a moment ago');
    await within((tx) =>
      sql`update "order" set letters = 5, letter_asked_at = now() - interval '1 day' where id = ${order.id}`.execute(
        tx,
      ),
    );
    expect(await (await again()).text()).toContain('It was sent five times');
  });
});
