// Cuts the fonts that pages are set in to the letters and axes that they need, into .cache/fonts.
// Vite finds them there by the alias @fonts. Run again, it does nothing unless its input changed.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);
const target = fileURLToPath(new URL('../.cache/fonts/', import.meta.url));

const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).join('');

// English, Spanish, French, German, Portuguese and the Nordic languages, with a printer's punctuation.
const western = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}ŒœŸ–—‘’‚“”„•…‹›€™−`;
// The rest of Latin, fetched by a browser only where a name on the page needs it.
const extended = `${range(0x100, 0x17f)}ȘșȚțẞǍǎǪǫẀ-ẅ`;

const archivo = '@fontsource-variable/archivo/files/archivo';
const serif = '@fontsource-variable/source-serif-4/files/source-serif-4';
const display = { wght: 900, wdth: { min: 62, max: 125 } };
const text = { wght: { min: 400, max: 700 }, wdth: 100 };
const reading = { wght: { min: 400, max: 700 } };

const cuts = [
  { name: 'display', source: `${archivo}-latin-standard-normal.woff2`, letters: western, axes: display },
  {
    name: 'display-ext',
    source: `${archivo}-latin-ext-standard-normal.woff2`,
    letters: extended,
    axes: display,
  },
  { name: 'text', source: `${archivo}-latin-standard-normal.woff2`, letters: western, axes: text },
  { name: 'text-ext', source: `${archivo}-latin-ext-standard-normal.woff2`, letters: extended, axes: text },
  { name: 'serif', source: `${serif}-latin-wght-normal.woff2`, letters: western, axes: reading },
  { name: 'serif-ext', source: `${serif}-latin-ext-wght-normal.woff2`, letters: extended, axes: reading },
];

const sources = await Promise.all(cuts.map(({ source }) => readFile(require.resolve(source))));
const stamp = createHash('sha256').update(JSON.stringify(cuts));
for (const source of sources) stamp.update(source);
const wanted = stamp.digest('hex');

const written = await readFile(`${target}stamp`, 'utf8').catch(() => '');
if (written !== wanted) {
  await mkdir(target, { recursive: true });
  for (const [at, { name, letters, axes }] of cuts.entries()) {
    const bytes = await subsetFont(sources[at], letters, {
      targetFormat: 'woff2',
      noHinting: true,
      keepFeatures: ['ccmp', 'kern', 'liga', 'mark', 'rvrn', 'tnum'],
      variationAxes: axes,
    });
    await writeFile(`${target}${name}.woff2`, bytes);
  }
  await writeFile(`${target}stamp`, wanted);
}
