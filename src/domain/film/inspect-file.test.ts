import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectFile } from './inspect-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'houselights-inspect-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function inspect(bytes: Buffer | string): Promise<unknown> {
  count += 1;
  const path = join(folder, String(count));
  await writeFile(path, bytes);
  return await inspectFile(path).catch((error: { code?: string }) => error.code ?? error);
}

const picture = sharp({ create: { width: 300, height: 200, channels: 3, background: '#c4361a' } });
const noise = sharp({
  create: {
    width: 300,
    height: 200,
    channels: 3,
    background: '#888',
    noise: { type: 'gaussian', mean: 128, sigma: 60 },
  },
});

/** A PNG whose header promises more pixels than its few bytes should hold. */
function bombPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(side, 2_000) * (side * 3 + 1)), { level: 9 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const body = Buffer.concat([Buffer.from(name), bytes]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

describe('a file is known by its content', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
    'as %s, with its size and colour',
    async (format) => {
      expect(await inspect(await picture.clone().toFormat(format).toBuffer())).toMatchObject({
        mime: `image/${format}`,
        width: 300,
        height: 200,
        colour: expect.stringMatching(/^#c[0-9a-f]3[0-9a-f]1[0-9a-f]$/),
      });
    },
  );

  it('as a picture that lies on its side, with the size in which it is seen', async () => {
    const turned = await picture.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await inspect(turned)).toMatchObject({ width: 200, height: 300 });
  });

  it('as a drawing, captions, a PDF and a film', async () => {
    const drawing =
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>';
    expect(await inspect(drawing)).toMatchObject({ mime: 'image/svg+xml', width: 30, height: 20 });
    expect(await inspect('WEBVTT\n\n00:00.000 --> 00:01.000\nHi')).toMatchObject({
      mime: 'text/vtt',
      width: null,
    });
    expect(await inspect('%PDF-1.7\n')).toMatchObject({ mime: 'application/pdf' });
    expect(await inspect('\0\0\0\x18ftypisom')).toMatchObject({ mime: 'video/mp4' });
  });

  it.each<[string, string | Buffer, string]>([
    ['nothing', '', 'file_empty'],
    ['words', 'hello', 'file_kind'],
    ['a web page', '<!doctype html><script>alert(1)</script>', 'file_kind'],
    ['a program', 'MZ\x90\0', 'file_kind'],
    ['a picture’s first bytes alone', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'picture_broken'],
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'svg_unsafe'],
    [
      'captions that are no text',
      Buffer.concat([Buffer.from('WEBVTT\n'), Buffer.from([0xff, 0xfe, 0])]),
      'captions_broken',
    ],
    // Each could be read in two ways more than the one before: as an expression, minutes a comment.
    ['a hundred comments and nothing behind them', '<!---->'.repeat(140), 'file_kind'],
    ['captions with control characters', 'WEBVTT\n\n\0', 'captions_broken'],
  ])('S17 is refused when it holds %s', async (_what, bytes, code) => {
    expect(await inspect(bytes)).toBe(code);
  });

  it.each(['jpeg', 'png', 'webp'] as const)(
    'S17 is refused when it is a %s that was cut off',
    async (format) => {
      const whole = await noise.clone().toFormat(format).toBuffer();
      expect(await inspect(whole.subarray(0, Math.floor(whole.length * 0.6)))).toBe('picture_broken');
    },
  );

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a web page', '<!DOCTYPE html><title>x</title>'],
    ['a server script', '<?php system($_GET[0]);'],
    ['an archive', 'PK\x03\x04....PK\x05\x06'],
  ])('S17 is refused when %s is hidden behind the picture', async (_what, hidden) => {
    const whole = await noise.clone().jpeg().toBuffer();
    expect(await inspect(Buffer.concat([whole, Buffer.from(hidden, 'latin1')]))).toBe('file_carries_more');
  });

  it('S17 is refused when a few bytes unpack to more pixels than we decode', async () => {
    expect(await inspect(bombPng(30_000))).toBe('picture_too_large');
  });

  it('S17 is refused when a drawing grows with every use of itself', async () => {
    const layers = Array.from(
      { length: 12 },
      (_, at) => `<g id="l${at + 1}">${`<use href="#l${at}"/>`.repeat(10)}</g>`,
    );
    const bomb = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><g id="l0"><rect width="1" height="1"/></g>${layers.join('')}</svg>`;
    expect(await inspect(bomb)).toBe('svg_unsafe');
  });
});
