import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { formSite, publishFilm } from './test-ground.ts';
import { database, kept, site, typed } from './test-site.ts';

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

  it('that was too fast, or had a mistake in it, passes at the second try', async () => {
    const send = (html: string, email = typed.email) => {
      const stamp = /name="form-stamp" value="([^"]+)"/.exec(html)?.[1] ?? '';
      return site.post('/contact/general', { ...typed, email, message: 'Hasty', 'form-stamp': stamp });
    };
    const shown = await site.get('/contact/general');
    site.pass(1);
    const hasty = await send(shown.html);
    expect(hasty.html).toContain('faster than people type');
    const mistaken = await send(hasty.html, 'nobody');
    expect(mistaken.html).toContain('Please look again');
    site.pass(1.6);
    expect((await send(mistaken.html)).status).toBe(303);
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
