import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openTrialDesk, type TrialFilm } from '../../../../tests/film-desk/desk.ts';
import { fullDocument } from '../../../../tests/film-desk/films.ts';
import { pictureBytesMax } from '../../../domain/film/index.ts';
import { fileKey } from '../../../platform/storage/index.ts';

const desk = await openTrialDesk();
const newFilm = (): Promise<TrialFilm> => desk.newFilm(fullDocument());
const jpeg = await sharp({
  create: {
    width: 320,
    height: 200,
    channels: 3,
    background: '#888',
    noise: { type: 'gaussian', mean: 128, sigma: 50 },
  },
})
  .jpeg()
  .toBuffer();
const fileOf = (bytes: Buffer | string, name: string): File =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

async function keysOf(film: TrialFilm): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of desk.house.storage.list(film.filmId)) keys.push(key);
  return keys;
}

const waitingFiles = (): Promise<string[]> => readdir(join(desk.dataDir, 'uploads')).catch(() => []);

describe('a picture', () => {
  it('is stored, named after its file, and stands in the draft with its words', async () => {
    const film = await newFilm();
    const answer = await film.fill('/film/hero', {
      'image.file': fileOf(jpeg, 'Línea de Ávila (1).JPG'),
      'alt.en': 'A crowd',
      'credit.en': 'Jo',
      'focus.x': '33,3',
      'focus.y': '0',
    });
    expect(answer.headers.get('location')).toBe(`${film.base}/film/hero?said=saved&of=2`);
    const { document, files } = await film.latest();
    expect(document.film.hero).toEqual({
      image: 'media/linea-de-avila-1.jpg',
      alt: 'A crowd',
      credit: 'Jo',
      focus: [0.33299999999999996, 0],
    });
    const sha256 = files['media/linea-de-avila-1.jpg'] ?? '';
    expect(await desk.house.storage.get(fileKey(film.filmId, sha256))).toEqual(jpeg);
    expect(await waitingFiles()).toEqual([]);
  });

  it('is kept while its alt text is still missing, so that it need not be sent twice', async () => {
    const film = await newFilm();
    const refused = await film.fill('/film/hero', { 'image.file': fileOf(jpeg, 'hero.jpg') });
    const page = await refused.text();
    expect(refused.status).toBe(422);
    expect(page).toContain('Alt text: this is needed.');
    const [, sha256 = ''] = /name="image.sha256" value="([0-9a-f]{64})"/.exec(page) ?? [];
    await film.fill('/film/hero', { image: 'media/hero.jpg', 'image.sha256': sha256, 'alt.en': 'A crowd' });
    expect((await film.latest()).files).toEqual({ 'media/hero.jpg': sha256 });
  });

  it('gets a name of its own where another picture has it', async () => {
    const film = await newFilm();
    const other = await sharp(jpeg).negate().jpeg().toBuffer();
    const add = (bytes: Buffer) =>
      film.fill('/film/stills/new', { 'image.file': fileOf(bytes, 'still.jpg'), 'alt.en': 'A still' });
    await add(jpeg);
    await add(other);
    await add(jpeg);
    expect((await film.latest()).document.film.stills?.map(({ image }) => image)).toEqual([
      'media/still.jpg',
      'media/still-2.jpg',
      'media/still.jpg',
    ]);
  });

  it('is taken by the address for pictures too, as one more still', async () => {
    const film = await newFilm();
    const { data } = await film.open('/film/stills/new');
    data.set('image.file', fileOf(jpeg, 'a.jpg'));
    data.set('alt.en', 'A still');
    expect((await film.post('/film/pictures?from=1', data)).status).toBe(303);
    expect((await film.latest()).document.film.stills).toHaveLength(1);
  });

  it('S5 of another film is not to be had by its fingerprint', async () => {
    const [film, other] = [await newFilm(), await newFilm()];
    await other.fill('/film/hero', { 'image.file': fileOf(jpeg, 'hero.jpg'), 'alt.en': 'A crowd' });
    const sha256 = (await other.latest()).files['media/hero.jpg'] ?? '';
    const answer = await film.fill('/film/hero', {
      image: 'media/hero.jpg',
      'image.sha256': sha256,
      'alt.en': 'x',
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('The film does not hold this file any more.');
  });

  it('never changes what an earlier revision shows', async () => {
    const film = await newFilm();
    await film.fill('/film/hero', { 'image.file': fileOf(jpeg, 'hero.jpg'), 'alt.en': 'A crowd' });
    const before = (await film.latest()).files;
    const other = await sharp(jpeg).flop().jpeg().toBuffer();
    await film.fill('/film/hero', { 'image.file': fileOf(other, 'hero.jpg') });
    const { document, files } = await film.latest();
    expect(document.film.hero?.image).toBe('media/hero-2.jpg');
    expect(Object.values(files)).not.toEqual(Object.values(before));
  });
});

describe('captions, films and guides', () => {
  it('are kept where they belong', async () => {
    const film = await newFilm();
    await film.fill('/film/trailer', {
      url: '',
      'file.file': fileOf('\0\0\0\x18ftypisom\0\0\0\0', 'Trailer.mp4'),
      'captions.0.key': 'EN',
      'captions.0.value.file': fileOf('WEBVTT\n\n00:00.000 --> 00:01.000\nHi', 'en.vtt'),
    });
    expect((await film.latest()).document.film.trailer).toEqual({
      file: 'media/trailer.mp4',
      captions: { en: 'captions/en.vtt' },
    });
    await film.fill('/film/act/actions/0', { 'url.file': fileOf('%PDF-1.7\n', 'Guide.pdf') });
    expect((await film.latest()).document.take_action?.actions?.[0]?.url).toBe('media/guide.pdf');
  });
});

const svg = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`;

describe('S17 a bad upload', () => {
  it.each<[string, Buffer | string, string, RegExp]>([
    ['empty', '', 'a.jpg', /This file is empty/],
    ['words named as a picture', 'hello', 'a.jpg', /none of the kinds/],
    ['a web page named as a picture', '<html><script>alert(1)</script>', 'a.png', /none of the kinds/],
    [
      'a picture with an archive behind it',
      Buffer.concat([jpeg, Buffer.from('PK\x05\x06xxxx')]),
      'a.jpg',
      /ZIP archive/,
    ],
    [
      'a picture with a script behind it',
      Buffer.concat([jpeg, Buffer.from('<script>')]),
      'a.jpg',
      /a script/,
    ],
    ['a picture that was cut off', jpeg.subarray(0, jpeg.length / 2), 'a.jpg', /damaged or cut off/],
    ['a picture by another name', jpeg, 'a.png', /The name ends in .png, but what is in it is jpg/],
    ['a picture named as a program', jpeg, 'a.exe', /The name ends in .exe/],
    [
      'a drawing with a script',
      svg('<script>alert(1)</script>'),
      'a.svg',
      /This drawing uses &lt;script&gt;/,
    ],
    ['a drawing that loads', svg('<image href="https://example.org/a.png"/>'), 'a.svg', /outside itself/],
    ['a PDF in a picture’s place', '%PDF-1.7\n', 'a.pdf', /wants a picture/],
    ['a path for a name', 'x', '../../etc/passwd', /none of the kinds/],
  ])('%s is refused in clear words and nothing is kept', async (_what, bytes, name, words) => {
    const film = await newFilm();
    const answer = await film.fill('/film/hero', { 'image.file': fileOf(bytes, name), 'alt.en': 'A crowd' });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toMatch(words);
    expect(page).toContain('Nothing was kept');
    expect(page).toContain('A crowd');
    expect((await film.latest()).number).toBe(1);
    expect(await keysOf(film)).toEqual([]);
    expect(await waitingFiles()).toEqual([]);
  });

  it('larger than 40 MB is refused while it comes in', async () => {
    const film = await newFilm();
    const large = Buffer.concat([jpeg, Buffer.alloc(pictureBytesMax + 1 - jpeg.length)]);
    const answer = await film.fill('/film/hero', { 'image.file': fileOf(large, 'a.jpg'), 'alt.en': 'A' });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('This file is larger than 40 MB');
    expect(await keysOf(film)).toEqual([]);
    expect(await waitingFiles()).toEqual([]);
  });

  it('to a field that takes none, or broken on its way, is refused', async () => {
    const film = await newFilm();
    expect((await film.fill('/film/story', { 'logline.en': fileOf('x', 'x.txt') })).status).toBe(400);
    expect((await film.fill('/film/hero', { 'other.file': fileOf(jpeg, 'x.jpg') })).status).toBe(400);
    for (const body of ['--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb', '', '--x--', 'garbage']) {
      const answer = await film.postRaw('/film/hero?from=1', body, 'multipart/form-data; boundary=x');
      expect(answer.status).toBe(400);
    }
    for (const type of [
      'multipart/form-data',
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=',
    ]) {
      expect((await film.postRaw('/film/hero?from=1', 'x=1', type)).status).toBe(400);
    }
    expect(await waitingFiles()).toEqual([]);
  });
});
