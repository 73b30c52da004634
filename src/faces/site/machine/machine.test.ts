import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, type TestHouse } from '../../../../tests/ground/house.ts';
import { commandLine } from '../../../platform/audit/index.ts';
import { programRoot } from '../../../platform/root.ts';
import { importFolder } from '../../folder/import-folder.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { sitemapIndexXml, sitemapParts, sitemapXml } from './sitemap.ts';

const database = await testDatabase();
let one: TestHouse;
let slug = '';

beforeAll(async () => {
  one = await openTestHouse(database, { settings: { PUBLIC_URL: 'http://localhost:4140' } });
  const folder = join(programRoot, 'examples/union');
  await importFolder(one.house, commandLine, folder, { publish: true });
  const list = await (await one.ask('/sitemap.xml')).text();
  slug = /\/screenings\/([a-z0-9-]+)</.exec(list)?.[1] ?? '';
});

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('share cards', () => {
  it('show the film, its pages and each screening, in each language, as networks want them', async () => {
    for (const path of [
      '/share/film.png',
      '/es/share/press.png',
      '/share/act.png',
      `/share/screenings/${slug}.png`,
      `/es/share/screenings/${slug}.png`,
    ]) {
      const response = await one.ask(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toBe('image/png');
      const bytes = await bytesOf(response);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1_200, height: 630 });
      // Messengers drop larger ones.
      expect(bytes.length).toBeLessThan(300_000);
    }
  });

  it('are what each page’s links show elsewhere, in the page’s language', async () => {
    for (const [page, card] of [
      ['/', '/share/film.png'],
      ['/es/press', '/es/share/press.png'],
      ['/screenings', '/share/screenings.png'],
      [`/es/screenings/${slug}`, `/es/share/screenings/${slug}.png`],
    ] as const) {
      const html = await (await one.ask(page)).text();
      const [, linked] = /<meta property="og:image" content="([^"]+)"/.exec(html) ?? [];
      expect(linked, page).toBe(`http://localhost:4140${card}`);
      expect((await one.ask(card)).status).toBe(200);
      for (const [, icon = ''] of html.matchAll(/<link rel="(?:apple-touch-)?icon" href="([^"]+)"/g))
        expect((await one.ask(icon)).status, icon).toBe(200);
    }
  });

  it('are drawn once and then kept; a browser that has one is told so', async () => {
    const first = await one.ask('/share/contact.png');
    const again = await one.ask('/share/contact.png');
    expect((await bytesOf(again)).equals(await bytesOf(first))).toBe(true);
    const etag = first.headers.get('etag') ?? '';
    const known = await one.ask('/share/contact.png', { headers: { 'if-none-match': etag } });
    expect(known.status).toBe(304);
    const kept: string[] = [];
    const { storage } = one.house;
    for await (const key of storage.list('')) if (key.includes('card.contact.en.')) kept.push(key);
    expect(kept).toHaveLength(1);
  });

  it('S17 are not drawn for pages that there are not', async () => {
    for (const path of [
      'x.png',
      'film.jpg',
      'film',
      '..%2ffilm.png',
      'screenings/none.png',
      'screenings/..png',
    ])
      expect((await one.ask(`/share/${path}`)).status, path).toBe(404);
    expect((await one.ask('/fr/share/film.png')).status).toBe(404);
  });

  it('are drawn one at a time, and a flood is sent away at once', async () => {
    let atOnce = 0;
    let most = 0;
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        oneAtATime(async () => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          await new Promise((go) => setImmediate(go));
          atOnce -= 1;
          return 'drawn';
        }),
      ),
    );
    expect(most).toBe(1);
    expect(answers.filter((answer) => answer === null)).toHaveLength(20);
    expect(await oneAtATime(async () => 'drawn')).toBe('drawn');
  });
});

describe('the sitemap', () => {
  it('names every page in every language, each with its other languages', async () => {
    const text = await (await one.ask('/sitemap.xml')).text();
    new SaxesParser({ xmlns: true }).write(text).close();
    const places = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? '');
    expect(places).toContain('http://localhost:4140/');
    expect(places).toContain('http://localhost:4140/es/press');
    expect(places).toContain(`http://localhost:4140/es/screenings/${slug}`);
    expect(new Set(places).size).toBe(places.length);
    expect(text).toMatch(
      '<xhtml:link rel="alternate" hreflang="es" href="http://localhost:4140/es/press"/>' +
        '<xhtml:link rel="alternate" hreflang="x-default" href="http://localhost:4140/press"/>',
    );
    for (const place of places.filter((_place, at) => at % 5 === 0)) {
      const response = await one.ask(new URL(place).pathname);
      expect(response.status, place).toBe(200);
    }
  });

  it('is one for the film: none below a language, none beyond the last part', async () => {
    for (const path of [
      '/es/sitemap.xml',
      '/sitemap-2.xml',
      '/sitemap-0.xml',
      '/sitemap-x.xml',
      '/es/robots.txt',
    ])
      expect((await one.ask(path)).status, path).toBe(404);
  });

  it('is split before a file grows beyond what search engines read', () => {
    const pages = Array.from({ length: 12_000 }, (_, at) => ({
      path: `/screenings/s-${at}`,
      changedOn: null,
    }));
    const place = { origin: 'https://f.example', base: '', languages: ['en', 'es'] };
    const parts = sitemapParts(pages, place);
    const found = new Set<string>();
    for (let part = 1; part <= parts; part += 1) {
      const text = sitemapXml(pages, place, part);
      const places = [...text.matchAll(/<loc>([^<]+)/g)].map((match) => match[1] ?? '');
      expect(places.length).toBeLessThanOrEqual(50_000);
      expect(Buffer.byteLength(text)).toBeLessThan(50 * 1024 ** 2);
      for (const each of places) found.add(each);
    }
    expect(found.size).toBe(24_000);
    expect(sitemapIndexXml(parts, place).match(/<loc>/g)).toHaveLength(parts);
  });
});

describe('robots, notes and icons', () => {
  it('let crawlers read what is public and tell them where the sitemap is', async () => {
    const text = await (await one.ask('/robots.txt')).text();
    expect(text).toMatch(/^User-agent: \*\nDisallow: \/admin\n/);
    expect(text).toMatch('Sitemap: http://localhost:4140/sitemap.xml');
  });

  it('name whom to tell of a hole only where the film names somebody', async () => {
    expect((await one.ask('/.well-known/security.txt')).status).toBe(404);
    const folder = await mkdtemp(join(tmpdir(), 'houselights-security-'));
    const yaml = `houselights: 1
film: {slug: safe, title: Ω safe film, site_languages: [en], timezone: UTC, currency: EUR}
contact: {addresses: {security: holes@example.org}}
`;
    await writeFile(join(folder, 'film.yaml'), yaml);
    await importFolder(one.house, commandLine, folder, { publish: true });
    await rm(folder, { recursive: true });
    await vi.waitFor(async () => expect(await one.house.directory.atSlug('safe')).toBeDefined(), 15_000);
    const text = await (await one.ask('/films/safe/.well-known/security.txt')).text();
    expect(text).toMatch('Contact: mailto:holes@example.org');
    expect(Date.parse(/Expires: (\S+)/.exec(text)?.[1] ?? '')).toBeGreaterThan(Date.now());
    expect((await one.ask('/films/safe/share/film.png')).status).toBe(200);
    expect((await one.ask('/films/safe/favicon.svg')).status).toBe(200);
  });

  it('draw the film’s letter in its colours, as SVG, ICO and PNG', async () => {
    const svg = await (await one.ask('/favicon.svg')).text();
    expect(svg).toMatch(/^<svg/);
    expect(svg).toMatch('#c4361a');
    expect(svg).not.toMatch(/<text|<script|http:\/\/(?!www\.w3\.org)/);
    const ico = await bytesOf(await one.ask('/favicon.ico'));
    expect([...ico.subarray(0, 4)]).toEqual([0, 0, 1, 0]);
    expect(await sharp(ico.subarray(22)).metadata()).toMatchObject({ format: 'png', width: 32 });
    const png = await bytesOf(await one.ask('/apple-touch-icon.png'));
    expect(await sharp(png).metadata()).toMatchObject({ width: 180, height: 180 });
  });
});

describe('the press kit’s address', () => {
  it('answers with the zip, a strong ETag, ranges, and 304 to who has it', async () => {
    const whole = await one.ask('/press/kit.zip');
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-disposition')).toBe('attachment; filename="union-press-kit.zip"');
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const bytes = await bytesOf(whole);
    expect(bytes.length).toBe(Number(whole.headers.get('content-length')));
    const part = await one.ask('/press/kit.zip', { headers: { range: 'bytes=2-5', 'if-range': etag } });
    expect(part.status).toBe(206);
    expect((await bytesOf(part)).equals(bytes.subarray(2, 6))).toBe(true);
    const other = await one.ask('/press/kit.zip', { headers: { range: 'bytes=2-5', 'if-range': '"old"' } });
    expect(other.status).toBe(200);
    const known = await one.ask('/press/kit.zip', { headers: { 'if-none-match': etag } });
    expect(known.status).toBe(304);
    const beyond = await one.ask('/press/kit.zip', { headers: { range: `bytes=${bytes.length}-` } });
    expect(beyond.status).toBe(416);
  }, 180_000);
});
