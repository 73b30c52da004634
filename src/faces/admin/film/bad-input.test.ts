import { describe, expect, it } from 'vitest';
import { openTrialDesk } from '../../../../tests/film-desk/desk.ts';
import { fullDocument } from '../../../../tests/film-desk/films.ts';
import { filmDocument } from '../../../domain/film/index.ts';

const desk = await openTrialDesk();

const corpus: readonly (readonly [name: string, words: string])[] = [
  ['nothing', ''],
  ['blanks', ' \t\n '],
  ['a page of text', 'words '.repeat(200)],
  ['more than any field holds', 'x'.repeat(100_000)],
  ['control characters', 'a\u0000b\u0007c\u001bd'],
  ['right to left', '\u202Eمرحبا שלום\u202C'],
  ['emoji', '👩‍🏭✊🏿🎬'],
  ['half a character', 'a\uD83Db'],
  ['a script', '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'],
  ['SQL', "'; drop table film; --"],
  ['a path', '../../../../etc/passwd'],
  ['a link that runs', 'javascript:alert(1)'],
  ['a number beyond counting', '1e309'],
  ['a template', '{{constructor.constructor("return 1")()}} ${7*7} <%= 7*7 %>'],
];

const pages = [
  '/film/story',
  '/film/facts',
  '/film/accessibility',
  '/film/hero',
  '/film/trailer',
  '/film/stills/new',
  '/film/theme',
  '/film/site',
  '/film/laurels/new',
  '/film/logos/new',
  '/film/credits/0',
  '/film/credits/0/people/new',
  '/film/press/0',
  '/film/act',
  '/film/act/figures/new',
  '/film/act/actions/new',
  '/film/partners/list/new',
  '/film/contact',
  '/film/forms/new',
  '/film/forms/partner/fields/0',
  '/film/pages/new',
];

describe('S6 S14 whatever is typed into every field of a page', () => {
  it.each(pages)('%s answers with a page, and keeps a whole valid film or nothing', async (path) => {
    const film = await desk.newFilm(fullDocument());
    for (const [name, words] of corpus) {
      const { action, data } = await film.open(path);
      for (const field of [...data.keys()]) if (!field.endsWith('.file')) data.set(field, words);
      const before = await film.latest();
      const answer = await film.post(action, data);
      const page = await answer.text();
      expect([name, answer.status]).toEqual([name, expect.toBeOneOf([303, 422])]);
      expect(page).not.toMatch(/<script>alert|<img src=x/);
      const after = await film.latest();
      if (answer.status === 422) expect(after.number).toBe(before.number);
      expect(filmDocument.safeParse(after.document).success).toBe(true);
    }
  });

  it('every address below the film answers, however odd', async () => {
    const film = await desk.newFilm(fullDocument());
    const odd = [
      '9',
      '-1',
      '01',
      '1e1',
      '%00',
      '%2e%2e',
      '..%2f',
      '%ff',
      'constructor',
      '__proto__',
      'new/new',
      'x'.repeat(1_500),
    ];
    for (const list of [
      'press',
      'credits',
      'credits/0/people',
      'forms',
      'act',
      'act/figures',
      'nothing',
      '',
    ]) {
      for (const step of odd) {
        const address = `/film/${list}/${step}`;
        expect([address, (await film.get(address)).status]).toEqual([address, expect.toBeOneOf([200, 404])]);
        const posted = await film.post(`${address}?from=1`, { at: '0' });
        expect([address, posted.status]).toEqual([address, expect.toBeOneOf([400, 404])]);
      }
    }
    for (const from of ['', '0', '-1', '99', 'x', '1'.repeat(40), "1'"]) {
      const answer = await film.post(`/film/story?from=${encodeURIComponent(from)}`, {});
      expect(answer.status).toBeOneOf([400, 404]);
    }
    expect((await film.latest()).number).toBe(1);
  });

  it('more fields or bytes than a form has are refused', async () => {
    const film = await desk.newFilm(fullDocument());
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`roles.${at}.en`, 'x']));
    expect((await film.post('/film/credits/0/people/0?from=1', many)).status).toBe(413);
    expect((await film.post('/film/story?from=1', { 'logline.en': 'x'.repeat(5_000_000) })).status).toBe(413);
    const { action, data } = await film.open('/film/story');
    data.set('logline.en', 'x'.repeat(5_000_000));
    expect((await film.post(action, data)).status).toBe(413);
    data.append('logline.en', 'twice');
    expect((await film.post(action, data)).status).toBeOneOf([400, 413]);
  });
});
