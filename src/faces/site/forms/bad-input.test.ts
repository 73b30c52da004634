import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { database, kept, site, typed } from './test-site.ts';

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
