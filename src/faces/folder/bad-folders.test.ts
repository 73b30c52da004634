import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { testDatabase } from '../../../tests/ground/database.ts';
import {
  filmFolders,
  type GoodFilm,
  good,
  placesOf,
  plainJpeg,
  screening,
} from '../../../tests/ground/film-folders.ts';

const { folder, refused, scratch } = await filmFolders(await testDatabase());

const jpeg = await plainJpeg();

describe('a folder that is not good', () => {
  it('is told everything at once, each with file, line, path and what was expected', async () => {
    const problems = await refused(
      folder(`houselights: 2
film:
  slug: Not A Slug
  title: 7
  site_languages: [en, en]
  timezone: Mars/Olympus
  currency: DOGE
  hero: {image: media/gone.jpg, alt: x}
  poster: {image: media/hero.jpg}
  theme: {accent: "#ffffff", paper: "#fffffe", ink: "#141414", type: comic}
  colour: red
press:
  - {outlet: A, url: "javascript:alert(1)"}
  - {outlet: B, url: "https://b.example"}
pages:
  - {slug: about, title: A, body: x}
  - {slug: about, title: B, body: y}
screenings:
  - {slug: one, kind: cinema}
  - slug: two
    kind: cinema
    venue: {name: N, city: C, timezone: America/New_York}
    starts_at: yesterday
    state: past
`),
    );
    const told = problems.map(({ file, line, path }) => `${file}:${line} ${path}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'film.yaml:1 houselights',
        'film.yaml:3 film.slug',
        'film.yaml:4 film.title',
        'film.yaml:6 film.timezone',
        'film.yaml:7 film.currency',
        'film.yaml:8 film.hero.image',
        'film.yaml:9 film.poster.alt',
        'film.yaml:10 film.theme.type',
        'film.yaml:11 film.colour',
        'film.yaml:13 press[0].url',
        'film.yaml:19 screenings[0].venue',
        'film.yaml:23 screenings[1].starts_at',
      ]),
    );
    for (const { expected } of problems) expect(expected).not.toMatch(/^(undefined|\[object|Invalid)/);
  });

  it.each<[string, (film: GoodFilm) => unknown, string]>([
    ['an unknown key at the top', (film) => Object.assign(film, { secret: 1 }), 'secret'],
    ['S14 a key that the program itself sets', (film) => Object.assign(film.film, { id: 'x' }), 'film.id'],
    [
      'S14 a screening with a key of another table',
      (film) => Object.assign(film.screenings[0] ?? {}, { film_id: 'x' }),
      'screenings[0].film_id',
    ],
    ['a missing title', (film) => void delete film.film.title, 'film.title'],
    [
      'a title of spaces only in no language',
      (film) => Object.assign(film.film, { title: { en: '' } }),
      'film.title',
    ],
    ['a number where a text belongs', (film) => Object.assign(film.film, { logline: 12 }), 'film.logline'],
    ['a list where a record belongs', (film) => Object.assign(film, { film: [] }), 'film'],
    ['a control character', (film) => Object.assign(film.film, { title: 'UN\u0007ION' }), 'film.title'],
    ['half an emoji', (film) => Object.assign(film.film, { title: 'x' }), ''],
    ['two screenings of one slug', (film) => void film.screenings.push(screening(0)), 'screenings[1].slug'],
    [
      'two venues of one name that differ',
      (film) =>
        film.screenings.push({
          ...screening(0),
          slug: 'b',
          venue: { name: 'Hall 0', city: 'Seattle', country: 'US', timezone: 'America/New_York' },
        }),
      'screenings[1].venue.timezone',
    ],
    [
      'an hour that the clocks leave out',
      (film) => film.screenings.splice(0, 1, { ...screening(0), starts_at: '2024-03-10T02:30' }),
      'screenings[0].starts_at',
    ],
    [
      'a slug that the site needs itself',
      (film) => Object.assign(film, { pages: [{ slug: 'admin', title: 'A', body: 'b' }] }),
      'pages[0].slug',
    ],
    [
      'white on white',
      (film) =>
        Object.assign(film.film, {
          theme: { accent: '#ffffff', paper: '#ffffff', ink: '#000000', type: 'serif' },
        }),
      'film.theme.accent',
    ],
  ])('%s is refused', async (name, spoil, path) => {
    const film = good();
    spoil(film);
    const text = name === 'half an emoji' ? stringify(film).replace(/title: .*/, 'title: "\\uD83D"') : film;
    expect(placesOf(await refused(folder(text)))).toContain(path === '' ? 'film.title' : path);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://host/x',
    '//host/x',
    'https:host',
    'http://',
    'https://ho st/',
    'https://host\\@evil.example/',
    'blob:https://host/x',
  ])('S6 a link to %s is refused wherever a link may stand', async (url) => {
    const film = good();
    const places = {
      press: [{ outlet: 'A', url }],
      logos: [{ name: 'A', url }],
      partners: { list: [{ name: 'A', url }] },
      take_action: { actions: [{ kind: 'link', label: 'A', url }] },
    };
    Object.assign(film, places);
    film.film.trailer = { url };
    film.screenings[0] = { ...screening(0), admission: { external: url } };
    const told = placesOf(await refused(folder(film)));
    expect(told).toEqual(
      expect.arrayContaining([
        'press[0].url',
        'logos[0].url',
        'partners.list[0].url',
        'take_action.actions[0].url',
        'screenings[0].admission.external',
      ]),
    );
    expect(told.some((path) => path.startsWith('film.trailer'))).toBe(true);
  });

  it.each([
    'media/../../../etc/passwd',
    'media/../film.yaml',
    '../media/hero.jpg',
    '/etc/passwd',
    'media//hero.jpg',
    'media/./hero.jpg',
    'media\\..\\film.yaml',
    'media/%2e%2e/film.yaml',
    'film.yaml',
    'C:\\windows\\win.ini',
    'https://host/hero.jpg',
    'media/hero.jpg\u0000.png',
    'media/..',
    'media',
    `media/${'a'.repeat(5_000)}.jpg`,
  ])('S17 the picture %.60s stays outside', async (image) => {
    const film = good();
    film.film.hero = { image, alt: 'x' };
    expect(placesOf(await refused(folder(film)))).toContain('film.hero.image');
  });

  it('S17 a link that leaves the folder is no file of it, nor is one inside a linked folder', async () => {
    const outside = join(scratch, 'outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'private.jpg'), jpeg);
    const film = good();
    film.film.hero = { image: 'media/linked.jpg', alt: 'x' };
    film.film.poster = { image: 'media/away/private.jpg', alt: 'x' };
    const at = folder(film, {
      'media/linked.jpg': { to: join(outside, 'private.jpg') },
      'media/away': { to: outside },
    });
    expect(placesOf(await refused(at))).toEqual(['film.hero.image', 'film.poster.image']);
  });

  it('S17 a film.yaml that is a link, a folder, missing or not in UTF-8 is not read', async () => {
    const linked = folder(good());
    rmSync(join(linked, 'film.yaml'));
    symlinkSync('/etc/passwd', join(linked, 'film.yaml'));
    const words = async (at: string) => (await refused(at)).map(({ expected }) => expected).join();
    expect(await words(linked)).toContain('plain file');
    rmSync(join(linked, 'film.yaml'));
    expect(await words(linked)).toContain('ENOENT');
    mkdirSync(join(linked, 'film.yaml'));
    expect(await words(linked)).toContain('plain file');
    expect(await words(join(scratch, 'nowhere'))).toContain('ENOENT');
    expect(await words(folder(Buffer.from('title: \xff\xfe', 'latin1')))).toContain('UTF-8');
    rmSync(join(linked, 'film.yaml'), { recursive: true });
    symlinkSync('/dev/zero', join(linked, 'film.yaml'));
    expect(await words(linked)).toContain('plain file');
  });
});
