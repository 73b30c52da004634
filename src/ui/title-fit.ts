/** One line of a title, with how wide it runs in em in the display face's narrowest and widest cut. */
export type TitleLine = { readonly words: string; readonly narrow: number; readonly wide: number };

// Advances in hundredths of an em, from space to tilde, at font-stretch 62 % and 125 %.
const narrowAdvances =
  '11 27 40 50 40 74 57 21 39 39 37 53 22 24 22 28 44 37 43 44 44 44 45 40 43 45 22 22 53 53 53 42 69 53 50 51 51 46 40 54 51 26 45 51 43 71 52 55 49 55 51 47 48 50 49 73 50 48 48 39 28 39 53 38 20 44 44 42 44 43 29 42 44 23 23 46 23 65 44 43 44 44 30 40 29 44 41 64 45 41 38 39 20 39 53'
    .split(' ')
    .map(Number);
const wideAdvances =
  '29 39 60 77 75 117 107 32 39 39 43 75 38 42 38 31 81 73 81 81 82 81 82 76 83 82 37 38 75 75 75 74 124 95 93 94 93 86 81 101 101 40 76 99 79 118 101 101 87 101 94 88 88 99 94 123 96 97 88 39 31 39 75 68 36 81 80 81 80 81 53 80 79 34 34 77 34 120 79 81 80 80 52 75 55 79 75 117 83 75 69 39 29 39 75'
    .split(' ')
    .map(Number);

const linesMax = 6;

/** How wide words run in the display face's narrowest cut, in em. */
export function narrowWidth(words: string): number {
  return widthIn(narrowAdvances, words, 0.6);
}

/** The same in its widest cut. */
export function wideWidth(words: string): number {
  return widthIn(wideAdvances, words, 1);
}

/** An accented letter is as wide as its bare one; a script that the face lacks is guessed by `otherwise`. */
function widthIn(advances: readonly number[], words: string, otherwise: number): number {
  let hundredths = 0;
  for (const character of words.normalize('NFD').replace(/\p{Mn}/gu, '')) {
    const code = character.codePointAt(0) ?? 0;
    hundredths += advances[code - 0x20] ?? (isIdeograph(code) ? 100 : otherwise * 100);
  }
  return hundredths / 100;
}

function isIdeograph(code: number): boolean {
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xffef) || code >= 0x1f000;
}

/** The class by which a line finds its rule in the film's stylesheet. */
export function fitClass({ narrow, wide }: TitleLine): string {
  return `fit-${Math.round(narrow * 100)}-${Math.round(wide * 100)}`;
}

/** The rules of every line of these titles, for the film's stylesheet. */
export function fitRules(titles: Iterable<string>): string[] {
  const rules = new Set<string>();
  for (const title of titles) {
    for (const line of titleLines(title)) {
      rules.add(`.${fitClass(line)}{--narrow:${line.narrow.toFixed(2)};--wide:${line.wide.toFixed(2)}}`);
    }
  }
  return [...rules];
}

/**
 * A title as a poster would break it: lines as equal in width as its words allow, each set as large as
 * the measure. Long titles take more lines rather than smaller letters.
 */
export function titleLines(title: string): TitleLine[] {
  const words = title
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const total = narrowWidth(words.join(' '));
  const count = Math.min(words.length, linesMax, Math.max(1, Math.round(Math.sqrt(total / 2.4))));
  const widest = Math.max(total / Math.max(1, count), ...words.map(narrowWidth));
  return broken(words, count, widest).map((line) => ({
    words: line,
    narrow: Math.max(1, narrowWidth(line)),
    wide: Math.max(1.5, wideWidth(line)),
  }));
}

/** Narrows the measure step by step until the words need just `count` lines: the most even setting. */
function broken(words: readonly string[], count: number, widest: number): string[] {
  for (let measure = widest; ; measure *= 1.03) {
    const lines = filled(words, measure);
    if (lines.length <= count) return lines;
  }
}

function filled(words: readonly string[], measure: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && narrowWidth(longer) > measure) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
