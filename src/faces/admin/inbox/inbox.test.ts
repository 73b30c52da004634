import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { type Answer, inquiryByCode, receiveInquiry } from '../../../domain/audience/index.ts';
import { inFilm } from '../../../platform/database/database.ts';

const database = await testDatabase();
const db = database.kysely;
const house = await openTestHouse(database);
const now = Temporal.Now.instant();
let filmId = '';
let cookies: Record<'dev' | 'edie', string>;
const base = '/admin/films/union/inbox';

beforeAll(async () => {
  filmId = (await castFilm(database, { now })).id;
  cookies = { dev: await signIn(house, cast.dev.address), edie: await signIn(house, cast.edie.address) };
});

async function inquiry(message: string, name = 'Grace'): Promise<string> {
  const said = { name, email: 'grace@example.org', message };
  const answers: Answer[] = Object.entries(said).map(([key, value]) => ({
    name: key,
    label: key,
    kind: key === 'message' ? 'textarea' : 'text',
    value,
    shown: value,
  }));
  const { code } = await inFilm(db, filmId, (tx) =>
    receiveInquiry(tx, filmId, now, {
      form: { name: 'host', title: 'Host a screening' },
      language: 'en',
      answers,
      page: 'https://film.example/contact/host',
      networkHash: null,
      proof: null,
    }),
  );
  return code;
}

const stateOf = async (code: string) =>
  (await inFilm(db, filmId, (tx) => inquiryByCode(tx, filmId, code)))?.state;
const open = async (path: string, who: 'dev' | 'edie' = 'dev') => {
  const answer = await house.ask(path, { cookie: cookies[who] });
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
};
const send = async (path: string, form: Record<string, string> | string) => {
  const answer = await house.ask(path, { cookie: cookies.dev, form });
  return { status: answer.status, to: answer.headers.get('location'), html: await answer.text() };
};
const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';

describe('the inbox', () => {
  it('lists what waits, shows it whole, and counts it as read once somebody opened it', async () => {
    const code = await inquiry('We have 80 chairs <b>and</b> a screen.');
    const list = await open(base);
    expect(list.html).toContain('We have 80 chairs &lt;b&gt;and&lt;/b&gt;');
    expect(list.html).toMatch(/class="inbox-unread"/);
    expect(await stateOf(code)).toBe('new');
    const page = await open(`${base}/${code}`);
    expect(page.html).toContain('We have 80 chairs &lt;b&gt;and&lt;/b&gt; a screen.');
    expect(await stateOf(code)).toBe('open');
  });

  it('answers by mail from the page, keeps the thread, and moves it out of what waits', async () => {
    const code = await inquiry('Answer me');
    const { html } = await open(`${base}/${code}`);
    const sent = await send(`${base}/${code}/answers`, { version: versionIn(html), body: 'Gladly.' });
    expect([sent.status, sent.to]).toEqual([303, `${base}/${code}?said=answered`]);
    const page = await open(`${base}/${code}?said=answered`);
    expect(page.html).toContain('Gladly.');
    expect(page.html).toContain('goes out by mail');
    expect(await stateOf(code)).toBe('answered');
    const again = await send(`${base}/${code}/answers`, { version: versionIn(html), body: 'Gladly. Twice' });
    expect(again.status).toBe(409);
    expect(again.html).toContain('Gladly. Twice</textarea>');
    expect((await send(`${base}/${code}/answers`, { version: '1', body: ' ' })).status).toBe(422);
  });

  it('closes, and one press takes it back; two who do it at once are told', async () => {
    const code = await inquiry('Close me');
    const { html } = await open(`${base}/${code}`);
    const closed = await send(`${base}/${code}/state`, { version: versionIn(html), state: 'closed' });
    const page = await open(closed.to ?? '');
    expect(page.html).toContain('Closed.');
    expect(page.html).toContain('Undo');
    const late = await send(`${base}/${code}/state`, { version: versionIn(html), state: 'spam' });
    expect(late.to).toBe(`${base}/${code}?said=changed`);
    expect(await stateOf(code)).toBe('closed');
    await send(`${base}/${code}/state`, { version: versionIn(page.html), state: 'open' });
    expect(await stateOf(code)).toBe('open');
  });

  it('assigns to people of the team who may answer, and to nobody else', async () => {
    const code = await inquiry('Assign me');
    const { html } = await open(`${base}/${code}`);
    expect(html).toContain(cast.dev.name);
    expect(html).not.toContain(`>${cast.edie.name}</option>`);
    const mine = { version: versionIn(html), person: '', mine: 'yes' };
    expect((await send(`${base}/${code}/assignment`, mine)).to).toBe(`${base}/${code}?said=assigned`);
    expect((await open(`${base}?who=me`)).html).toContain('Assign me');
    const stranger = { version: '2', person: '01930000-0000-7000-8000-000000000000' };
    expect((await send(`${base}/${code}/assignment`, stranger)).status).toBe(400);
  });

  it('changes several at once, and says which it left alone', async () => {
    const [one, two] = [await inquiry('Bulk one'), await inquiry('Bulk two')];
    const { html } = await open(`${base}?search=bulk`);
    const chosen = [...html.matchAll(/name="chosen\[\]"[^>]*value="([^"]+)"/g)].map(
      ([, value]) => value ?? '',
    );
    expect(chosen).toHaveLength(2);
    await open(`${base}/${one}`);
    const body = new URLSearchParams([['state', 'spam'], ...chosen.map((value) => ['chosen[]', value])]);
    expect((await send(`${base}/bulk`, body.toString())).to).toBe(`${base}?changed=2&left=0`);
    const view = '?view=all&search=bulk';
    expect((await send(`${base}/bulk${view}`, body.toString())).to).toBe(`${base}${view}&changed=0&left=2`);
    expect([await stateOf(one), await stateOf(two)]).toEqual(['spam', 'spam']);
    expect((await open(`${base}?view=spam&search=bulk`)).html).toContain('Bulk two');
  });

  it('S8 exports what the list shows as CSV that runs nothing', async () => {
    await inquiry('=HYPERLINK("http://x")', '@Mallory');
    const { status, html, headers } = await open(`${base}.csv?view=all&search=mallory`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(html).toContain(`'@Mallory`);
    expect(html.split('\r\n')).toHaveLength(3);
  });

  it('erases for good, after a real question', async () => {
    const code = await inquiry('Erase me');
    const { html } = await open(`${base}/${code}`);
    expect((await send(`${base}/${code}/erasure`, { version: versionIn(html) })).status).toBe(400);
    const erased = await send(`${base}/${code}/erasure`, { version: versionIn(html), sure: 'yes' });
    expect(erased.to).toBe(`${base}?said=erased`);
    expect((await open(`${base}/${code}`)).status).toBe(404);
    const { rows } = await inFilm(db, filmId, (tx) =>
      sql<{
        action: string;
      }>`select action from audit where subject = ${code} order by id desc limit 1`.execute(tx),
    );
    expect(rows[0]?.action).toBe('inquiry.erase');
  });

  it('S16 does not exist for a role that may not read it', async () => {
    const code = await inquiry('Not for Edie');
    for (const path of [base, `${base}.csv`, `${base}/${code}`])
      expect((await open(path, 'edie')).status, path).toBe(404);
  });

  it('S1 takes any query and any path without breaking', async () => {
    const names = ['view', 'form', 'who', 'search', 'older', 'newer', 'changed', 'left', 'said', 'was'];
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        "' or 1=1 --",
        '\u0000',
        'me',
        'all',
        ':*',
        '<->',
        '(',
        'a & !b',
        '%',
        '01930000-0000-7000-8000-000000000000',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 5 }),
        async (pairs) => {
          const { status } = await open(`${base}?${new URLSearchParams(pairs)}`);
          expect([200, 400]).toContain(status);
        },
      ),
      { numRuns: 100 },
    );
    for (const path of ['x', 'AAAAAAAA', '%00', '..%2f..', "'", 'A'.repeat(500)])
      expect((await open(`${base}/${path}`)).status, path).toBe(404);
  }, 180_000);
});
