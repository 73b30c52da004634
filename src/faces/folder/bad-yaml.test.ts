import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { filmFolders, good, screening } from '../../../tests/ground/film-folders.ts';
import { FolderRefused } from './places.ts';

const { folder, importIt, refused } = await filmFolders(await testDatabase());

describe('YAML that means harm', () => {
  const told = async (text: string) => await refused(folder(text));

  it.each([
    ['an alias', 'a: &a [1]\nb: *a\n', 2],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.replace(/./g, (c) => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
      2,
    ],
    ['a merge key', 'base: &base {title: x}\nfilm:\n  <<: *base\n', 3],
    ['a key twice', 'film: {}\nfilm: {}\n', 2],
    ['a key twice, deep', 'film:\n  title: a\n  slug: b\n  title: c\n', 4],
    ['a number and its text as keys', '1: a\n"1": b\n', 2],
    ['a tab for indentation', 'film:\n\ttitle: a\n', 2],
    ['a second document', 'film: {}\n---\nfilm: {}\n', null],
    ['nothing closed', 'film: {a: [\n', null],
  ] as [string, string, number | null][])('%s is refused at its line', async (_name, text, line) => {
    const problems = await told(text);
    if (line !== null) expect(problems.map((problem) => problem.line)).toContain(line);
  });

  it.each([
    ['an empty file', ''],
    ['a list', '- film\n'],
    ['a number', '42\n'],
    ['a key of prototypes', '__proto__: {film: 1}\nconstructor: {prototype: {polluted: true}}\n'],
    ['a tag of another language', 'film: !!python/object/apply:os.system ["id"]\n'],
    ['a list two thousand deep', `film: ${'['.repeat(2_000)}${']'.repeat(2_000)}\n`],
    ['keys of control characters', '"\\e[2J\\x07": 1\n'],
    ['a key that reads backwards', '"\\u202Efilm": 1\n'],
  ])('%s is refused', async (_name, text) => {
    expect((await told(text)).length).toBeGreaterThan(0);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('never writes control characters of the file to the terminal', async () => {
    const error = new FolderRefused(await told('"\\e[2J\\u202E\\u0007": 1\nfilm: {"\\x9b31m": 1}\n'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
    expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('of sixty megabytes is refused unread', async () => {
    const at = folder(`# ${'x'.repeat(60 * 1024 * 1024)}\n`);
    const began = performance.now();
    expect((await refused(at))[0]?.expected).toContain('at most');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('with ten thousand faults tells the first thousand', async () => {
    const film = good();
    for (let at = 0; at < 3_000; at += 1) film[`unknown_${at}`] = 1;
    expect((await refused(folder(film))).length).toBe(1_000);
  });
});

describe('ten thousand screenings', () => {
  /** As JSON, which is YAML too. */
  const many = (howMany: number) => ({
    ...good(),
    film: { ...good().film, slug: 'many' },
    screenings: Array.from({ length: howMany }, (_, at) => screening(at)),
  });

  it('one more is refused, and says how many there may be', async () => {
    const [problem] = await refused(folder(JSON.stringify(many(10_001))));
    expect(problem).toMatchObject({ path: 'screenings', expected: expect.stringContaining('10000') });
  }, 180_000);

  it('are taken', async () => {
    const done = await importIt(folder(JSON.stringify(many(10_000))));
    expect(done.screenings).toEqual({ added: 10_000, changed: 0, unchanged: 0 });
  }, 240_000);
});
