import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';

/** One thing that is wrong in a folder, where it stands and what was expected. */
export type Problem = {
  readonly file: string;
  /** Counted from 1; null where the file as a whole is meant. */
  readonly line: number | null;
  /** `press[2].url`; '' for the top. */
  readonly path: string;
  readonly expected: string;
};

/** Every problem of a folder at once; nothing of it was imported. */
export class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(wordsOf).join('\n'));
    this.problems = problems;
  }
}

export function wordsOf({ file, line, path, expected }: Problem): string {
  const place = `${file}${line === null ? '' : `:${line}`}${path === '' ? '' : `  ${path.slice(0, 300)}`}`;
  return `${place}: expected ${expected}`.replace(unprintable, '\uFFFD');
}

// Keys are quoted as they were typed. A terminal obeys control characters, and some turn the reading direction.
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A film's YAML, read without trusting it: the value, and where each part of it stands. */
export type ReadYaml = {
  readonly value: unknown;
  lineOf(path: readonly PropertyKey[]): number | null;
};

/** Somebody mends these first; then the next ones are shown. */
export const problemsMax = 1_000;
// 10,000 screenings with all that can be said of them come to some 8 MB.
export const yamlBytesMax: number = 16 * 1024 * 1024;

/**
 * Reads YAML 1.2 as plain data. Aliases are refused whole: a film has no use for them, and nine lines of them
 * are enough to fill a machine's memory.
 * @throws {FolderRefused}
 */
export function readYaml(file: string, source: string): ReadYaml {
  const refuse = (line: number | null, expected: string, path = '') =>
    new FolderRefused([{ file, line, path, expected }]);
  if (Buffer.byteLength(source) > yamlBytesMax)
    throw refuse(null, `at most ${yamlBytesMax / 1024 / 1024} MB`);
  const lines = new LineCounter();
  const document = parsed(source, lines);
  if (document === null) throw refuse(null, 'less nesting');
  const lineAt = (offset: number | undefined) => (offset === undefined ? null : lines.linePos(offset).line);
  if (document.errors.length > 0) {
    throw new FolderRefused(
      document.errors.slice(0, problemsMax).map(({ message, pos }) => ({
        file,
        line: lineAt(pos[0]),
        path: '',
        expected: `YAML that can be read (${message.replace(/\s+/g, ' ').slice(0, 200)})`,
      })),
    );
  }
  const problems: Problem[] = [];
  const note = (node: Node, expected: string) =>
    problems.push({ file, line: lineAt(node.range?.[0]), path: '', expected });
  visit(document, {
    Alias: (_key, node) => void note(node, 'the text itself instead of an alias (*name)'),
    Map: (_key, map) => {
      for (const key of repeatedKeys(map)) note(key, `each key once (${String(key.value)} is there before)`);
    },
  });
  if (problems.length > 0) throw new FolderRefused(problems.slice(0, problemsMax));
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    lineOf: (path) => lineAt(offsetOf(document.contents, path)),
  };
}

/** null: nested so deeply that the parser's stack does not hold it. */
function parsed(source: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(source, {
      lineCounter,
      // The parser compares each key with every other; `repeatedKeys` remembers them instead.
      uniqueKeys: false,
      strict: true,
      prettyErrors: false,
      version: '1.2',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function* repeatedKeys({ items }: YAMLMap): Generator<Scalar> {
  const seen = new Set<string>();
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    if (seen.has(name)) yield key;
    seen.add(name);
  }
}

/** Where a path stands, or the nearest part of it that is there. A key's own line, where there is one. */
function offsetOf(top: ParsedNode | null, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = top;
  let offset = top?.range?.[0];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!pair) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0];
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)];
      if (!isNode(item)) return offset;
      offset = item.range?.[0];
      node = item;
    } else return offset;
  }
  return offset;
}

/** `['press', 2, 'url']` as people write it: `press[2].url`. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (words, part) =>
      typeof part === 'number'
        ? `${words}[${part}]`
        : words === ''
          ? String(part)
          : `${words}.${String(part)}`,
    '',
  );
}
