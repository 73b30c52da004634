import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise, type ZipFile } from 'yauzl';
import { openStorage, type Storage } from '../../platform/storage/index.ts';
import type { PageModel } from '../site/model.ts';
import { unionModel } from './example-model.ts';
import { kitOf } from './kit.ts';
import { sheetOf } from './sheet.ts';
import { sheetText } from './sheet-text.ts';

const run = promisify(execFile);
let folder: string;
let storage: Storage;
let model: PageModel;
let zipped: Buffer;
const files = new Map<string, Buffer>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'houselights-kit-test-'));
  storage = openStorage({ dataDir: folder, storage: null });
  model = await smallUnion(storage);
  const kit = await kitOf(storage, model);
  zipped = (await storage.get(kit.key)) ?? Buffer.alloc(0);
  for (const [name, bytes] of await unzipped(zipped)) files.set(name, bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The example with one still and one logo: drawing them all takes a core for half a minute. */
async function smallUnion(place: Storage): Promise<PageModel> {
  const whole = await unionModel(place);
  const { film, logos = [] } = whole.document;
  const document = {
    ...whole.document,
    film: { ...film, stills: film.stills?.slice(0, 1) ?? [] },
    logos: logos.filter(({ name }) => name === 'Field of Vision'),
  };
  return { ...whole, document };
}

async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip: ZipFile = await fromBufferPromise(bytes, { lazyEntries: true });
  const found = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return found;
}

async function pdf(name: string): Promise<{ text: string; info: string; tags: string }> {
  const path = join(folder, 'sheet.pdf');
  await writeFile(path, files.get(name) ?? '');
  const read = async (command: string, args: string[]): Promise<string> => (await run(command, args)).stdout;
  return {
    text: await read('pdftotext', ['-layout', path, '-']),
    info: await read('pdfinfo', [path]),
    tags: await read('pdfinfo', ['-struct-text', path]),
  };
}

describe('the press kit', () => {
  it('holds facts, poster, stills, logos and credits under names that speak', () => {
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'union-press-kit/union-facts-en.pdf',
        'union-press-kit/union-facts-en.txt',
        'union-press-kit/union-facts-es.pdf',
        'union-press-kit/union-facts-es.txt',
        'union-press-kit/poster/union-poster.svg',
        'union-press-kit/poster/union-poster.jpg',
        'union-press-kit/stills/union-01-bus-stop.svg',
        'union-press-kit/stills/union-01-bus-stop.jpg',
        'union-press-kit/logos/field-of-vision.svg',
        'union-press-kit/logos/field-of-vision.png',
        'union-press-kit/credits.txt',
      ]),
    );
  });

  it('gives pictures byte for byte as the team did, and drawings 3840 pixels wide beside them', async () => {
    const own = model.files.get('media/still-bus-stop.svg');
    const given = await readFile(join('examples/union', 'media/still-bus-stop.svg'));
    expect(files.get('union-press-kit/stills/union-01-bus-stop.svg')?.equals(given)).toBe(true);
    expect(createHash('sha256').update(given).digest('hex')).toBe(own?.sha256);
    const drawn = await sharp(files.get('union-press-kit/stills/union-01-bus-stop.jpg')).metadata();
    expect(drawn).toMatchObject({ format: 'jpeg', width: 3_840 });
    const logo = await sharp(files.get('union-press-kit/logos/field-of-vision.png')).metadata();
    expect(logo).toMatchObject({ format: 'png', width: 2_000, hasAlpha: true });
  });

  it('says in every language whom to credit and what each picture shows', () => {
    const credits = files.get('union-press-kit/credits.txt')?.toString() ?? '';
    expect(credits).toMatch('stills/union-01-bus-stop.svg, stills/union-01-bus-stop.jpg');
    expect(credits).toMatch('Credit: Illustration: Houselights');
    expect(credits).toMatch('Crédito: Ilustración: Houselights');
    expect(credits).toMatch('Muestra: Noche y lluvia sesgada');
  });

  it('tells the facts as text in every language', () => {
    const english = files.get('union-press-kit/union-facts-en.txt')?.toString() ?? '';
    expect(english).toMatch('UNION · Press sheet');
    expect(english).toMatch('Running time: 102 minutes');
    expect(english).toMatch('Mars Verrone, p.g.a.: Producer');
    expect(english).toMatch('Press: press@union.example.org');
    const spanish = files.get('union-press-kit/union-facts-es.txt')?.toString() ?? '';
    expect(spanish).toMatch('Duración: 102 minutos');
    expect(spanish).toMatch('Países: Estados Unidos');
  });

  it('sets the facts as a PDF that can be read, searched and listened to', async () => {
    const { text, info, tags } = await pdf('union-press-kit/union-facts-es.pdf');
    expect(text).toMatch('Duración');
    expect(text).toMatch('Stephen Maing');
    expect(text).toMatch('Doreen St. Félix');
    expect(text).toMatch('press@union.example.org');
    expect(info).toMatch(/Title:\s+UNION · Hoja de prensa/);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(tags).toMatch(/^Document/m);
    expect(tags).toMatch(/H1 \(block\)\s+"UNION"/);
    expect(tags).toMatch(/Figure/);
    expect(tags).toMatch(/H2 \(block\)\s+"Sinopsis"/);
    expect(tags.indexOf('"Sinopsis"')).toBeLessThan(tags.indexOf('"La prensa"'));
    expect(tags).toMatch(/Lbl[^"]*"Duración"\s+LBody[^"]*"102 minutos"/);
    expect(tags).not.toMatch(/"1 de \d/);
  });

  it('embeds every font that it uses', async () => {
    const path = join(folder, 'fonts.pdf');
    await writeFile(path, files.get('union-press-kit/union-facts-en.pdf') ?? '');
    const [, , ...rows] = (await run('pdffonts', [path])).stdout.trim().split('\n');
    expect(rows.length).toBeGreaterThan(1);
    // Columns: embedded, subset, with a map back to Unicode.
    for (const row of rows) expect(row).toMatch(/\syes yes yes\s/);
  });

  it('is the same, byte for byte, whenever it is made from the same record', async () => {
    const elsewhere = openStorage({ dataDir: join(folder, 'again'), storage: null });
    const again = await kitOf(elsewhere, await smallUnion(elsewhere));
    expect((await elsewhere.get(again.key))?.equals(zipped)).toBe(true);
  });

  it('is made anew when the record changes, and the old one goes', async () => {
    const before = await kitOf(storage, model);
    const film = { ...model.document.film, stills: [], poster: undefined, hero: undefined };
    const { poster: _poster, hero: _hero, ...bare } = film;
    const changed = { ...model, document: { film: { ...bare, title: 'Łódź ў Ελλάδα Việt' } } };
    const after = await kitOf(storage, changed);
    expect(after.etag).not.toBe(before.etag);
    expect(await storage.sizeBytes(before.key)).toBeNull();
    const found = await unzipped((await storage.get(after.key)) ?? Buffer.alloc(0));
    expect([...found.keys()].some((name) => name.includes('stills'))).toBe(false);
    files.set('bare.pdf', found.get('union-press-kit/union-facts-en.pdf') ?? Buffer.alloc(0));
    expect((await pdf('bare.pdf')).text).toMatch('Łódź');
  });
});

describe('the sheet', () => {
  it('turns Markdown into paragraphs without losing an address', async () => {
    const synopsis = { long: '# One\n\nTwo **bold**\nlines.\n\n- a\n- [b](https://example.org)\n\n3. three' };
    const { document } = model;
    const text = sheetText(
      sheetOf({ ...model, document: { ...document, film: { ...document.film, synopsis } } }),
    );
    expect(text).toMatch('One\n\nTwo bold lines.\n\n• a\n\n• b (https://example.org)\n\n3. three');
  });

  it('puts the featured notice first and quotes as the language does', () => {
    const press = [{ outlet: 'Zeitung' }, { outlet: 'Diario', critic: 'Ana', quote: 'Sí', featured: true }];
    const text = sheetText(sheetOf({ ...model, language: 'es', document: { ...model.document, press } }));
    expect(text).toMatch('Diario, Ana\n«Sí»\n\nZeitung');
  });
});

it('keeps pictures of the film only: no path of the kit leaves its folder', () => {
  files.delete('bare.pdf');
  for (const name of files.keys()) expect(name).toMatch(/^union-press-kit\/[a-z0-9][a-z0-9./-]*$/);
  expect([...files.keys()].filter((name) => name.includes('..'))).toEqual([]);
});
