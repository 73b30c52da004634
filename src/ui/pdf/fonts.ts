import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/** What a face is for: titles, running text, names within it. */
export type Voice = 'display' | 'text' | 'strong';
type Script = 'latin' | 'latin-ext' | 'vietnamese' | 'greek' | 'cyrillic';
export type Face = { readonly voice: Voice; readonly script: Script; readonly bytes: Buffer };
type Pairing = 'grotesque' | 'serif';

const require = createRequire(import.meta.url);

// The files are cut by script, as browsers want them; beyond Latin only the serif has letters.
const scripts: readonly { readonly script: Script; readonly letters: RegExp }[] = [
  { script: 'vietnamese', letters: /[\u0300-\u0303\u0309\u0323\u1ea0-\u1ef9\u20ab]/ },
  { script: 'latin-ext', letters: /[\u0100-\u0151\u0154-\u02ba\u1e00-\u1e9f\u2c60-\u2c7f\ua720-\ua7ff]/ },
  { script: 'greek', letters: /[\u0370-\u03ff]/ },
  { script: 'cyrillic', letters: /[\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]/ },
];

const archivo = { wdth: 100 };
const cuts: Readonly<Record<Voice, { axes: Record<string, number>; weight: number }>> = {
  display: { axes: { wdth: 75 }, weight: 900 },
  text: { axes: archivo, weight: 400 },
  strong: { axes: archivo, weight: 700 },
};

/** Which file of a face holds a letter; letters that none holds are left to the first. */
export function scriptOf(letter: string): Script {
  return scripts.find(({ letters }) => letters.test(letter))?.script ?? 'latin';
}

/** A text in pieces that each can be set from one file. */
export function* runsOf(text: string): Generator<{ readonly words: string; readonly script: Script }> {
  let words = '';
  let current: Script = 'latin';
  for (const letter of text) {
    // A space takes the script around it, so that a line in Cyrillic is one run.
    const script: Script = letter === ' ' ? current : scriptOf(letter);
    if (script !== current && words !== '') {
      yield { words, script: current };
      words = '';
    }
    current = script;
    words += letter;
  }
  if (words !== '') yield { words, script: current };
}

/** The faces that a text needs, as TrueType without variations, which PDF and drawn text want. */
export async function facesFor(pairing: Pairing, text: string): Promise<Face[]> {
  const needed = new Set<Script>(['latin']);
  for (const { script, letters } of scripts) if (letters.test(text)) needed.add(script);
  const faces: Face[] = [];
  for (const voice of ['display', 'text', 'strong'] as const)
    for (const script of needed) faces.push({ voice, script, bytes: await cutOnce(pairing, voice, script) });
  return faces;
}

const kept = new Map<string, Promise<Buffer>>();

function cutOnce(pairing: Pairing, voice: Voice, script: Script): Promise<Buffer> {
  const isSerif = (pairing === 'serif' && voice !== 'display') || script === 'greek' || script === 'cyrillic';
  const key = `${isSerif} ${voice} ${script}`;
  const found = kept.get(key);
  if (found !== undefined) return found;
  const cutting = cut(isSerif, voice, script);
  kept.set(key, cutting);
  cutting.catch(() => kept.delete(key));
  return cutting;
}

/** Every letter that the file may hold; harfbuzz skips those that it does not. */
const everyLetter = Array.from({ length: 0x2c00 - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)).join(
  '',
);

async function cut(isSerif: boolean, voice: Voice, script: Script): Promise<Buffer> {
  const file = isSerif
    ? `@fontsource-variable/source-serif-4/files/source-serif-4-${script}-wght-normal.woff2`
    : `@fontsource-variable/archivo/files/archivo-${script}-standard-normal.woff2`;
  const { axes, weight } = cuts[voice];
  const variationAxes = { wght: weight, ...(isSerif ? {} : axes) };
  const source = await readFile(require.resolve(file));
  return await subsetFont(source, everyLetter, { targetFormat: 'sfnt', variationAxes });
}
