import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { cast } from '../../../../tests/cast.ts';
import { signIn } from '../../../../tests/ground/house.ts';
import { readMark, ticketSigner, type WireList, type WireNews } from '../../../domain/boxoffice/index.ts';
import { newId } from '../../../platform/secrets.ts';
import { makeApp } from '../../app.tsx';
import { openTicketHouse } from '../../tickets/test-ground.ts';

const house = await openTicketHouse();
const app = makeApp(house.house);
const { ask, within, film } = house;
const gus = await signIn(house, cast.gus.address);
const finn = await signIn(house, cast.finn.address);
const folder = mkdtempSync(join(tmpdir(), 'houselights-door-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const doors = '/admin/films/union/door';
const at = ({ slug }: { slug: string }, part = '') => `${doors}/${slug}${part}`;

async function tell(screening: { slug: string }, events: readonly object[], since = 0, cookie = gus) {
  const body = JSON.stringify({ device: 'Gus · A1', since, events });
  const headers = { 'content-type': 'application/json', origin: house.house.config.publicUrl, cookie };
  const address = new URL(at(screening, '/scans'), house.house.config.publicUrl);
  return await app.request(
    new Request(address, { method: 'POST', headers: { ...headers, ...sameOrigin }, body }),
  );
}
const sameOrigin = { 'sec-fetch-site': 'same-origin', host: new URL(house.house.config.publicUrl).host };

async function listOf(screening: { slug: string }): Promise<WireList> {
  return (await (await ask(at(screening, '/list'), { cookie: gus })).json()) as WireList;
}
const markFor = (screening: { id: string }, id: string, generation = 1) =>
  within(async (tx) =>
    (await ticketSigner(tx, film.id, house.house.clock())).sign({
      id,
      screeningId: screening.id,
      generation,
    }),
  );
const scan = (text: string) => ({
  ...{ kind: 'scan', nonce: newId(), at: Date.now(), said: null },
  shown: { kind: 'code', text },
});

describe('the door', () => {
  it('gives the role door a list without an address, a price or a secret of anybody', async () => {
    const screening = await house.screening();
    const { order, key } = await house.order(screening, { address: 'canary@buyer.example' });
    const text = await (await ask(at(screening, '/list'), { cookie: gus })).text();
    expect(text).toContain(order.tickets[0]?.id);
    for (const secret of ['canary@buyer.example', key, order.id, 'private'])
      expect(text).not.toContain(secret);
  });

  it('answers a list that is known with nothing, until a ticket is sold', async () => {
    const screening = await house.screening();
    await house.order(screening);
    const first = await ask(at(screening, '/list'), { cookie: gus });
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await ask(at(screening, '/list'), { cookie: gus, headers })).status).toBe(304);
    await house.order(screening);
    expect((await ask(at(screening, '/list'), { cookie: gus, headers })).status).toBe(200);
  });

  it('decides a scan, tells it to the next device, and counts it', async () => {
    const screening = await house.screening();
    const { order } = await house.order(screening);
    const mark = await markFor(screening, order.tickets[0]?.id ?? '');
    const first = (await (await tell(screening, [scan(mark)])).json()) as WireNews;
    expect(first.scans[0]).toMatchObject({ verdict: 'admitted', device: 'Gus · A1' });
    const second = (await (await tell(screening, [scan(mark)], first.since)).json()) as WireNews;
    expect(second.scans.map(({ verdict, reason }) => [verdict, reason])).toEqual([['refused', 'already_in']]);
    expect(second.counts).toMatchObject({ expected: 2, admitted: 1 });
  });

  it('F7 refuses a ticket that was refunded a moment ago', async () => {
    const screening = await house.screening();
    const { order } = await house.order(screening, { quantity: 1 });
    const mark = await markFor(screening, order.tickets[0]?.id ?? '');
    await within((tx) =>
      sql`update ticket set cancelled_at = now() where order_id = ${order.id}`.execute(tx),
    );
    const news = (await (await tell(screening, [scan(mark)])).json()) as WireNews;
    expect(news.scans[0]).toMatchObject({ verdict: 'refused', reason: 'cancelled' });
    expect((await listOf(screening)).tickets[0]?.[5]).toBe(1);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['an unknown key', { device: 'A', since: 0, events: [], admin: true }],
    ['no nonce', { device: 'A', since: 0, events: [{ kind: 'scan', at: Date.now() }] }],
    [
      'a moment of another century',
      { device: 'A', since: 0, events: [{ kind: 'undo', nonce: newId(), at: 1 }] },
    ],
    ['NaN', { device: 'A', since: 'NaN', events: [] }],
    [
      'too much',
      { device: 'A', since: 0, events: Array(501).fill({ kind: 'undo', nonce: newId(), at: 2e12 }) },
    ],
  ])('refuses %s as a report, and nothing changes', async (_, body) => {
    const screening = await house.screening();
    const sent = { method: 'POST', body: JSON.stringify(body) };
    const headers = { ...sameOrigin, cookie: gus, origin: house.house.config.publicUrl };
    const url = new URL(at(screening, '/scans'), house.house.config.publicUrl);
    expect((await app.request(new Request(url, { ...sent, headers }))).status).toBe(400);
  });

  it('S5 does not exist for other roles, other films, strangers, or a screening that has none', async () => {
    const screening = await house.screening();
    await house.order(screening);
    for (const part of ['', '/list', '/record', '/list.pdf', '/app.webmanifest'])
      expect((await ask(at(screening, part), { cookie: finn })).status).toBe(404);
    expect((await tell(screening, [scan('x')], 0, finn)).status).toBe(404);
    expect((await ask(at({ slug: 'nowhere' }), { cookie: gus })).status).toBe(404);
    const out = await ask(at(screening, '/list'));
    expect(out.headers.get('location')).toContain('/admin/sign-in');
  });

  it('may use the camera and WebAssembly; no other page of the desk may', async () => {
    const screening = await house.screening();
    const app = await ask(at(screening), { cookie: gus });
    expect(app.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(app.headers.get('permissions-policy')).toContain('camera=(self)');
    const list = await ask(doors, { cookie: gus });
    expect(list.headers.get('content-security-policy')).not.toContain('wasm');
    expect(list.headers.get('permissions-policy')).toContain('camera=()');
  });

  it('is found from the film’s own site', async () => {
    const screening = await house.screening();
    const answer = await ask(`/films/union/door/${screening.slug}`);
    expect(answer.headers.get('location')).toBe(house.house.config.publicUrl + at(screening));
  });
});

describe('the door’s record', () => {
  it('F1 F3 shows both of a conflict, and that somebody with a cancelled ticket came in', async () => {
    const screening = await house.screening();
    const { order } = await house.order(screening, { guestNames: ['Grace Lee', 'Hope Ade'] });
    const [one, two] = await Promise.all(order.tickets.map(({ id }) => markFor(screening, id)));
    const letIn = (text = '') => ({ ...scan(text), said: 'admitted' });
    await tell(screening, [letIn(one)]);
    await tell(screening, [letIn(one)]);
    const second = order.tickets[1]?.id;
    await within((tx) => sql`update ticket set cancelled_at = now() where id = ${second}`.execute(tx));
    await tell(screening, [letIn(two)]);
    const all = await (await ask(at(screening, '/record'), { cookie: gus })).text();
    expect(all).toContain('Admitted (was cancelled)');
    const conflicts = await (await ask(at(screening, '/record?only=conflicts'), { cookie: gus })).text();
    expect(conflicts.match(/Grace Lee/g)).toHaveLength(2);
    expect(conflicts).toContain('Conflict: let in again');
    expect(conflicts).not.toContain('Hope Ade');
  });
});

describe('the list on paper', () => {
  it('is sorted by name, with every code, a box, totals, and QR codes that a scanner reads', async () => {
    const screening = await house.screening();
    const names = ['Zoë Adams', 'álvaro Cruz', 'Bob 10', 'Bob 9'];
    const { order } = await house.order(screening, { quantity: 5, guestNames: names, name: 'Ada Okafor' });
    await within((tx) =>
      sql`update ticket set cancelled_at = now() where id = ${order.tickets[3]?.id}`.execute(tx),
    );
    const answer = await ask(at(screening, '/list.pdf'), { cookie: gus });
    const pdf = Buffer.from(await answer.arrayBuffer());
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
    const order_ = ['Ada Okafor', 'álvaro Cruz', 'Bob 9', 'Bob 10', 'Zoë Adams'].map((name) =>
      text.indexOf(name),
    );
    expect(order_.every((place) => place > 0)).toBe(true);
    expect(order_).toEqual(order_.toSorted((a, b) => a - b));
    expect(text).toContain('4 may come in, 1 cancelled');
    expect(text).toContain('CANCELLED');
    writeFileSync(join(folder, 'list.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', '250', '-mono', join(folder, 'list.pdf'), join(folder, 'page')]);
    const pages = readdirSync(folder).filter((name) => name.startsWith('page'));
    const read = execFileSync('zbarimg', ['-q', '--raw', ...pages.map((name) => join(folder, name))], {
      ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    });
    const good = order.tickets.filter((_, at) => at !== 3).map(({ id }) => id);
    const marks = read
      .trim()
      .split('\n')
      .map((line) => readMark(line)?.mark.ticketId);
    expect(marks.sort()).toEqual(good.sort());
  });
});
