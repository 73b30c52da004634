import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { type FormSite, formSite, publishFilm } from './test-ground.ts';

const database = await testDatabase();
let site: FormSite;
const typed = { name: 'Grace', email: 'grace@example.org', message: 'We have 80 chairs.' };
const own = { ...typed, hours: '4', rules: 'yes' };

beforeAll(async () => {
  site = await formSite(database, { filmId: await publishFilm(database) });
});
afterAll(() => site.close());
beforeEach(async () => {
  await sql`delete from form_limit`.execute(database.kysely);
});

async function kept(filmId = site.filmId): Promise<Record<string, unknown>[]> {
  const { rows } = await inFilm(database.kysely, filmId, (tx) =>
    sql<Record<string, unknown>>`select * from inquiry order by id`.execute(tx),
  );
  return rows;
}

const summaryOf = (html: string) =>
  [...html.matchAll(/<a href="#field-([a-z_-]+)">/g)].map(([, name]) => name);

describe('a form', () => {
  it('says what it asks and what will happen, in the language of the page', async () => {
    const { status, html, headers } = await site.get('/contact/host');
    expect(status).toBe(200);
    expect(headers.get('set-cookie')).toBeNull();
    expect(html).toContain('What happens next');
    expect(html).toMatch(/<input[^>]*type="email"[^>]*maxlength="254"/i);
    expect(html).toMatch(/<input[^>]*required=""[^>]*/);
    const spanish = await site.get('/contact/volunteer', { language: 'es' });
    expect(spanish.html).toContain('Echa una mano');
    expect(spanish.html).toContain('Qué pasa después');
    expect(spanish.html).toContain('action="/es/contact/volunteer"');
  });

  it('keeps every answer under the label that was shown, and leads to the film’s own words', async () => {
    const before = (await kept()).length;
    const sent = await site.post('/contact/volunteer', {
      ...own,
      shirt: 'l',
      from: '2026-12-01',
      ...(await site.open('/contact/volunteer')),
    });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/contact/volunteer/sent']);
    const inquiry = (await kept())[before];
    expect(inquiry?.answers).toContainEqual({
      name: 'shirt',
      label: 'Shirt',
      kind: 'select',
      value: 'l',
      shown: 'Large',
    });
    expect(inquiry?.page).toBe('https://film.example/contact/volunteer');
    const general = await site.get('/contact/general/sent');
    expect(general.html).toContain('Got it, {{name}}.');
    expect(general.headers.get('set-cookie')).toBeNull();
  });

  it('puts each error beside its field and above the form, and keeps all that was typed', async () => {
    const before = (await kept()).length;
    const answer = await site.post('/contact/volunteer', {
      name: '<b>Grace</b> "x"',
      email: 'grace at example',
      message: 'line one\nline two',
      phone: 'none',
      site: 'javascript:alert(1)',
      hours: 'many',
      from: '2026-02-31',
      shirt: 'xxl',
      ...(await site.open('/contact/volunteer')),
    });
    expect(answer.status).toBe(422);
    expect(summaryOf(answer.html)).toEqual(['email', 'phone', 'site', 'hours', 'from', 'shirt', 'rules']);
    expect(answer.html).toMatch(/id="field-email"[^>]*aria-describedby="[^"]*field-email-error/);
    expect(answer.html).toContain('&lt;b&gt;Grace&lt;/b&gt; &quot;x&quot;');
    expect(answer.html).not.toContain('<b>Grace');
    expect(answer.html).toContain('line one\nline two</textarea>');
    expect(answer.html).toContain('value="javascript:alert(1)"');
    expect((await kept()).length).toBe(before);
  });

  it('S14 refuses a field that the form does not have, and one that comes twice', async () => {
    const stamp = await site.open('/contact/general');
    const before = (await kept()).length;
    for (const extra of [
      ['state', 'closed'],
      ['film_id', 'x'],
      ['__proto__', 'x'],
      ['email', 'b@example.org'],
    ]) {
      const answer = await site.post('/contact/general', [...Object.entries({ ...typed, ...stamp }), extra]);
      expect(answer.status).toBe(422);
      expect(answer.html).toContain('We have 80 chairs.');
    }
    expect((await kept()).length).toBe(before);
  });

  it('does not exist where the film has none of that name', async () => {
    for (const name of ['nothing', '__proto__', 'constructor', 'toString', '%00', '..'])
      expect((await site.get(`/contact/${name}`)).status, name).toBe(404);
    expect((await site.post('/contact/nothing', typed)).status).toBe(404);
  });
});

describe('the same form sent twice', () => {
  it('E6 is one inquiry, from ten clicks at once in two processes, and every click is thanked', async () => {
    const other = await formSite(database, { filmId: site.filmId });
    const stamp = await site.open('/contact/press');
    other.pass(600);
    const fields = { ...typed, outlet: 'The Chief', ...stamp };
    const before = (await kept()).length;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => (at % 2 ? site : other).post('/contact/press', fields)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
    expect((await kept()).length).toBe(before + 1);
    const later = await site.post('/contact/press', { ...fields, ...(await site.open('/contact/press')) });
    expect(later.status).toBe(303);
    expect((await kept()).length).toBe(before + 1);
    await other.close();
  });

  it('is still one when its puzzle was used up by the first click', async () => {
    const fields = { ...typed, message: 'With a puzzle', ...(await site.open('/contact/general')) };
    const proof = await site.prove();
    const before = (await kept()).length;
    for (let click = 0; click < 2; click += 1)
      expect((await site.post('/contact/general', { ...fields, ...proof })).status).toBe(303);
    expect((await kept()).length).toBe(before + 1);
  });
});

describe('spam', () => {
  const refused = async (fields: Record<string, string>) => {
    const before = (await kept()).length;
    const answer = await site.post('/contact/general', fields);
    expect((await kept()).length).toBe(before);
    expect(answer.html).toContain('We have 80 chairs.');
    expect(answer.html).toContain('mailto:film@example.org');
    return answer;
  };

  it('that fills in the hidden field is held back, and a person can send again', async () => {
    const stamp = await site.open('/contact/general');
    const answer = await refused({ ...typed, ...stamp, 'fax-number': '1' });
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(/<input[^>]*name="fax-number"[^>]*>/);
    expect(answer.html).not.toMatch(/name="fax-number"[^>]*value="1"/);
    expect(answer.html).toContain('tabindex="-1"');
  });

  it('that is faster than people is held back; a cached page’s old stamp is fine', async () => {
    const { html } = await site.get('/contact/general');
    const stamp = { 'form-stamp': /name="form-stamp" value="([^"]+)"/.exec(html)?.[1] ?? '' };
    expect((await refused({ ...typed, ...stamp })).html).toContain('faster than people type');
    site.pass(60 * 60 * 24 * 40);
    expect((await site.post('/contact/general', { ...typed, message: 'Late', ...stamp })).status).toBe(303);
  });

  it('with a stamp that is made up, missing or of another form is held back', async () => {
    const other = await site.open('/contact/press');
    for (const stamp of [{}, { 'form-stamp': 'x.y' }, { 'form-stamp': '.' }, other])
      expect((await refused({ ...typed, ...stamp })).status).toBe(422);
  });

  it('with a wrong, spent or foreign puzzle is held back; without one it passes, but less often', async () => {
    const stamp = await site.open('/contact/general');
    const proof = await site.prove();
    const broken = JSON.parse(Buffer.from(proof['form-proof'] ?? '', 'base64').toString());
    broken.solution.counter += 1;
    broken.solution.derivedKey = '00'.repeat(32);
    const wrong = Buffer.from(JSON.stringify(broken)).toString('base64');
    for (const sent of [
      wrong,
      'x',
      'e30=',
      '%',
      Buffer.from('[null]').toString('base64'),
      'A'.repeat(30_000),
    ])
      expect((await refused({ ...typed, ...stamp, 'form-proof': sent })).html).toContain('was not right');
    const elsewhere = await formSite(database, { filmId: await publishFilm(database) });
    expect((await refused({ ...typed, ...stamp, ...(await elsewhere.prove()) })).html).toContain(
      'was not right',
    );
    await elsewhere.close();
    expect(
      (await site.post('/contact/general', { ...typed, message: 'One', ...stamp, ...proof })).status,
    ).toBe(303);
    expect((await refused({ ...typed, ...stamp, ...proof })).html).toContain('already used');
  });

  it('with a puzzle that has grown old is told so, and nothing is lost', async () => {
    const stamp = await site.open('/contact/general');
    site.pass(-60 * 60 * 24 * 60);
    const proof = await site.prove();
    site.pass(60 * 60 * 24 * 60);
    expect((await refused({ ...typed, ...stamp, ...proof })).html).toContain('grown old');
  });

  it('from one place is slowed down, from its neighbours too, and others are not', async () => {
    const stamp = await site.open('/contact/general');
    const statuses = new Map<string, number[]>();
    const knock = async (address: string, times: number) => {
      for (let at = 0; at < times; at += 1) {
        const message = `Knock ${at} from ${address}`;
        const { status } = await site.post('/contact/general', { ...typed, message, ...stamp }, { address });
        statuses.set(address, [...(statuses.get(address) ?? []), status]);
      }
    };
    await knock('198.51.100.7', 12);
    await knock('203.0.113.9', 1);
    expect(statuses.get('198.51.100.7')).toEqual([...Array(10).fill(303), 429, 429]);
    expect(statuses.get('203.0.113.9')).toEqual([303]);
    for (const last of [8, 9, 10, 11]) await knock(`198.51.100.${last}`, 10);
    await knock('198.51.100.99', 1);
    expect(statuses.get('198.51.100.99')).toEqual([429]);
    const { rows } = await sql<{ key: string }>`select key from form_limit`.execute(database.kysely);
    expect(rows.map(({ key }) => key).join()).not.toContain('198.51');
  });
});

describe('bad input', () => {
  const raw = (body: BodyInit | null, type: string | null, path = '/contact/general') =>
    site.send(
      new Request(`https://film.example${path}`, {
        method: 'POST',
        ...(body === null ? {} : { body, duplex: 'half' }),
        headers: type === null ? {} : { 'content-type': type },
      } as RequestInit),
    );
  const form = 'application/x-www-form-urlencoded';

  it('is a clear 4xx: too large, empty, another type, broken, endless', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) });
    const cases: [BodyInit | null, string | null, number][] = [
      ['message='.padEnd(64_001, 'x'), form, 413],
      [endless, form, 413],
      ['', form, 422],
      [null, form, 422],
      [null, null, 415],
      ['{"name":"x"}', 'application/json', 415],
      ['<name/>', 'text/xml', 415],
      ['name=x', 'text/plain', 415],
      ['garbage', 'multipart/form-data; boundary=x', 400],
      ['garbage', 'multipart/form-data', 400],
      ['--x\r\nContent-Disposition: form-data; name="a"\r\n', 'multipart/form-data; boundary=x', 400],
      [`${'a=1&'.repeat(300)}`, form, 400],
      ['%', form, 422],
      ['%ff%fe=%00&=&&&==', form, 422],
    ];
    for (const [body, type, status] of cases)
      expect((await raw(body, type)).status, `${type} ${String(body).slice(0, 20)}`).toBe(status);
    expect(site.failures).toEqual([]);
  });

  it('takes a multipart form like any other, and no files', async () => {
    const stamp = await site.open('/contact/general');
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...typed, message: 'In parts', ...stamp }))
      body.set(name, value);
    const sent = (data: FormData) =>
      site.send(new Request('https://film.example/contact/general', { method: 'POST', body: data }));
    expect((await sent(body)).status).toBe(303);
    body.set('message', new File(['x'], 'x.txt'));
    expect((await sent(body)).status).toBe(422);
  });

  it('that is strange but a person’s own is kept as it was written', async () => {
    const stamp = await site.open('/contact/general');
    const strange = [
      'שלום עולם ‮RTL',
      '👩🏽‍🏭🎬',
      "'); drop table inquiry; --",
      '<script>alert(1)</script>',
      '$\u007bprocess.env.HOME} {{env}} <%= 1 %>',
      'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
      '=cmd|calc',
    ];
    const before = (await kept()).length;
    for (const message of strange) {
      await sql`delete from form_limit`.execute(database.kysely);
      expect((await site.post('/contact/general', { ...typed, message, ...stamp })).status).toBe(303);
    }
    const said = (await kept())
      .slice(before)
      .map(({ answers }) => (answers as { value: string }[]).at(-1)?.value);
    expect(said).toEqual(strange);
    const controls = await site.post('/contact/general', {
      ...typed,
      name: 'Gra\u0000ce\r\nBcc: x@example.org',
      message: 'a\u0007b\ud800c',
      ...stamp,
    });
    expect(controls.status).toBe(303);
    expect((await kept()).at(-1)).toMatchObject({ name: 'Grace Bcc: x@example.org' });
  });

  it('never breaks anything: 2,000 made-up posts', async () => {
    const stamp = await site.open('/contact/volunteer');
    const names = ['name', 'email', 'message', 'phone', 'site', 'hours', 'from', 'shirt', 'rules'];
    const strange = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom(
        'grace@example.org',
        'yes',
        's',
        '4',
        '2026-01-01',
        '',
        '\u0000',
        '\ud800',
        '-1e9',
        'a'.repeat(6_000),
      ),
    );
    const field = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...names) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('form-stamp', 'form-proof', 'fax-number', 'newsletter-consent'),
      },
      { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
    );
    const isClear = new Set([303, 400, 404, 413, 415, 422, 429]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/contact/volunteer', '/contact/host', '/contact/general', '/newsletter'),
        fc.array(fc.tuple(field, strange), { maxLength: 14 }),
        fc.boolean(),
        async (path, fields, isStamped) => {
          const all = isStamped ? [...fields, ['form-stamp', stamp['form-stamp'] ?? '']] : fields;
          const { status } = await site.post(path, all);
          expect(isClear.has(status), String(status)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(site.failures).toEqual([]);
  }, 300_000);
});

describe('the newsletter', () => {
  const subscriptions = async () =>
    (
      await inFilm(database.kysely, site.filmId, (tx) =>
        sql<{ confirmedAt: unknown; address: string }>`
          select confirmed_at, address from subscription join contact on contact.id = contact_id`.execute(tx),
      )
    ).rows;

  it('answers a new and a known address with the same words', async () => {
    const sent = async () => {
      const { status, headers } = await site.post('/newsletter', { email: 'same@example.org' });
      return [status, headers.get('location')];
    };
    expect(await sent()).toEqual([303, '/newsletter/sent']);
    expect(await sent()).toEqual([303, '/newsletter/sent']);
    expect((await subscriptions()).filter(({ address }) => address === 'same@example.org')).toHaveLength(1);
  });

  it('opens a link without doing anything, so that mail scanners confirm nothing', async () => {
    const unknown = `/newsletter/confirm/${'x'.repeat(22)}`;
    expect((await site.get(unknown)).status).toBe(404);
    expect((await site.post(unknown, {})).status).toBe(404);
    expect((await site.get('/newsletter/confirm/short')).status).toBe(404);
    expect((await site.get('/newsletter/stop/x/y')).status).toBe(404);
  });

  it('can be asked for in another form by a tick, and only then', async () => {
    const stamp = await site.open('/contact/volunteer');
    const fields = { ...own, email: 'tick@example.org', ...stamp };
    await site.post('/contact/volunteer', fields);
    expect((await subscriptions()).map(({ address }) => address)).not.toContain('tick@example.org');
    await site.post('/contact/volunteer', { ...fields, message: 'And mails', 'newsletter-consent': 'yes' });
    expect((await subscriptions()).map(({ address }) => address)).toContain('tick@example.org');
  });
});
