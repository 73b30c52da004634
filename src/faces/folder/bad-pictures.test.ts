import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { type Content, filmFolders, good, placesOf, plainJpeg } from '../../../tests/ground/film-folders.ts';

const { folder, refused } = await filmFolders(await testDatabase());

const jpeg = await plainJpeg();

/** A PNG whose head says that it is huge; its bytes are few. */
function pngBomb(side: number): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10" ${attributes}>${inside}</svg>`;

const badPictures: { readonly [name: string]: Content } = {
  'an empty file': '',
  'a text': 'hello',
  'a page that calls itself a picture': '<html><script>alert(1)</script></html>',
  'a script that begins like a GIF': 'GIF89a/*\x00*/=1;alert(document.domain)//',
  'half a photograph': await sharp({ create: { width: 900, height: 900, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer()
    .then((bytes) => bytes.subarray(0, bytes.length / 2)),
  'a head without a body': jpeg.subarray(0, 20),
  'a bomb of 60,000 × 60,000': pngBomb(60_000),
  'a bomb of 2³¹ × 2³¹': pngBomb(0x7fffffff),
  'a drawing with a script': svg('<script>alert(1)</script>'),
  'a drawing with an event': svg('', 'onload="alert(1)"'),
  'a drawing with a script link': svg('<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>'),
  'a drawing with a picture from elsewhere': svg('<image href="http://127.0.0.1:9/x.png"/>'),
  'a drawing with a file of this machine': svg('<image xlink:href="file:///etc/passwd"/>'),
  'a drawing with a style from elsewhere': svg('<style>@import "http://127.0.0.1:9/x.css";</style>'),
  'a drawing with a page in it': svg(
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
  ),
  'a drawing with entities': `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${svg('&b;')}`,
  'a drawing with an outer entity': `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`,
  'a drawing nested ten thousand deep': svg('<g>'.repeat(10_000) + '</g>'.repeat(10_000)),
  'a drawing that is not closed': svg('<g>'),
  captions: 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n',
  'a PDF': '%PDF-1.7\n',
};

describe('a picture that is none', () => {
  it.each(Object.keys(badPictures))('S17 %s is refused, whatever its name says', async (name) => {
    const film = good();
    film.film.stills = [{ image: 'media/bad.jpg', alt: 'x' }];
    const at = folder(film, { 'media/bad.jpg': badPictures[name] ?? '' });
    expect(placesOf(await refused(at))).toEqual(['film.stills[0].image']);
  });

  it('is refused in its second place too, when its first is a right one', async () => {
    const film = good();
    film.film.trailer = { file: 'media/film.webm', captions: { en: 'captions/en.vtt' } };
    film.film.title = 'captions/en.vtt';
    film.film.stills = [{ image: 'captions/en.vtt', alt: 'x' }];
    Object.assign(film, {
      take_action: { actions: [{ kind: 'download', label: 'x', url: 'captions/en.vtt' }] },
    });
    const at = folder(film, {
      'captions/en.vtt': badPictures.captions ?? '',
      'media/film.webm': Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
    });
    expect(placesOf(await refused(at))).toEqual(['film.stills[0].image']);
  });
});
