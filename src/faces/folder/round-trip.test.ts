import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { filmFolders, good, screening } from '../../../tests/ground/film-folders.ts';
import { programRoot } from '../../platform/root.ts';
import { exportFolder } from './export-folder.ts';

const database = await testDatabase();
const { folder, importIt, scratch, storage } = await filmFolders(database);
let count = 0;

async function exportIt(slug: string): Promise<string> {
  count += 1;
  const at = join(scratch, `export-${count}`);
  await exportFolder({ db: database.kysely, storage }, slug, at);
  return at;
}

/** Every file of a folder with its bytes. */
function bytesOf(at: string): Map<string, string> {
  const names = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(at.length), readFileSync(path).toString('base64')]));
}

/** Exports, imports what came out, exports again. */
async function thereAndBack(slug: string): Promise<void> {
  const once = await exportIt(slug);
  const again = await importIt(once);
  expect(again).toMatchObject({ isNew: false, changed: false });
  expect([again.screenings.added, again.screenings.changed]).toEqual([0, 0]);
  const twice = await exportIt(slug);
  expect(bytesOf(twice)).toEqual(bytesOf(once));
}

describe('a film folder', () => {
  it('of the example comes back without a change, byte for byte', async () => {
    await importIt(join(programRoot, 'examples/union'));
    await thereAndBack('union');
    const again = await importIt(join(programRoot, 'examples/union'));
    expect(again.changed).toBe(false);
  });

  // What YAML could take for something else, fold, trim or turn.
  const tricky = fc.constantFrom(
    ...`yes|no|null|~|true|1e3|0x1f|0o17|012|1_000|.inf|2024-10-17|2024-10-17T10:00|12:30:45|=|<<|- a|? a|: a|a: b|a #b|#b|&a|*a|!a|!!str a|%a|@a|\`a\`|'a'|"a"|{a|[a|a]|,|...|---|--- a|\\n|  a|a  |\ta|a\t`.split(
      '|',
    ),
    'line\nline',
    'line\n\n\nline\n\n',
    '\n first is empty',
    ' indented\n  more\n less',
    'ends with spaces  \nand goes on',
    '---\n...\n',
    `${'long words '.repeat(40)}`,
    `${'x'.repeat(299)}`,
    'a\rb\r\nc',
    'next\u0085line\u2028separator\u2029paragraph\ufeffmark',
    'العربية עברית \u202eright to left\u202c',
    '👩🏽‍🏭👨‍👩‍👧‍👦 emoji 🇵🇷',
    '</script><script>alert(1)</script>',
    "Robert'); drop table film;--",
    '\u00a0no-break\u00a0',
  );
  const words = fc.oneof(tricky, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }));
  const isTyped = (letter: string) => (letter >= ' ' && letter !== '\u007f') || '\t\n\r'.includes(letter);
  const clean = words.filter((said) => said !== '' && said.length <= 300 && [...said].every(isTyped));
  const oneLine = clean.map((text) => text.replace(/[\n\r]/g, ' '));
  const text = fc.oneof(clean, fc.record({ en: clean, es: clean }));

  it('of any film that the format can tell comes back without a change, byte for byte', async () => {
    const documents = fc.record(
      {
        title: text,
        logline: text,
        long: text,
        rating: text,
        laurels: fc.array(fc.record({ festival: text, year: fc.integer({ min: 1880, max: 2200 }) }), {
          maxLength: 3,
        }),
        people: fc.array(fc.record({ name: oneLine, roles: fc.array(text, { maxLength: 2 }) }), {
          minLength: 1,
          maxLength: 3,
        }),
        pages: fc.array(fc.record({ title: text, body: text }), { maxLength: 2 }),
        date: fc.constantFrom(2024, '2024', '2024-10', '2024-10-17'),
        prices: text,
        guest: text,
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(documents, async (said) => {
        const film = good();
        Object.assign(film.film, { title: said.title, logline: said.logline, rating: said.rating });
        Object.assign(film.film, { synopsis: { long: said.long }, site_languages: ['en', 'es'] });
        Object.assign(film, {
          laurels: said.laurels,
          credits: [{ heading: said.title, people: said.people }],
          press: [{ outlet: 'Outlet', date: said.date, quote: said.logline }],
          pages: said.pages.map((page, at) => ({ slug: `page-${at}`, ...page })),
          screenings: [{ ...screening(0), prices: said.prices, guests: [{ name: said.guest }] }],
        });
        const imported = await importIt(folder(JSON.stringify(film)));
        const out = await exportIt(imported.slug);
        await thereAndBack(imported.slug);
        const { parse } = await import('yaml');
        expect(parse(readFileSync(join(out, 'film.yaml'), 'utf8')).film.title).toEqual(said.title);
      }),
      { numRuns: 25 },
    );
  }, 180_000);
});
