import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inFilm } from '../../../platform/database/database.ts';
import { formSite } from './test-ground.ts';
import { database, kept, own, site, summaryOf, typed } from './test-site.ts';

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
