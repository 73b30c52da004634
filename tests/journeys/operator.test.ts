import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { programRoot } from '../../src/platform/root.ts';
import { newInstallation, type Program } from '../ground/program.ts';

const example = join(programRoot, 'examples/union');
const folder = mkdtempSync(join(tmpdir(), 'houselights-operator-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = [
  '/',
  '/es',
  '/screenings',
  '/press',
  '/partners',
  '/act',
  '/contact',
  '/about-the-campaign',
  '/screenings/nwff-2024-11-03',
];

/** The pages' bytes, with what names the address taken out, because each installation has its own. */
async function bytesOf(program: Program): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const path of [...pages, '/screenings.json']) {
    const answer = await fetch(program.url + path);
    expect(answer.status, path).toBe(200);
    found[path] = (await answer.text()).replaceAll(program.url, 'http://here');
  }
  return found;
}

function filesIn(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path), readFileSync(path, 'base64')];
    }),
  );
}

describe('an operator', () => {
  it('exports a film and imports it again: nothing changes, and a second export is the same to the byte', async () => {
    const installation = await newInstallation();
    const first = await installation.command(['import', example, '--publish']);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('a new film, revision 1, published');
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    expect(await installation.command(['export', 'union', one])).toMatchObject({ code: 0, err: '' });
    const again = await installation.command(['import', one]);
    expect(again.out).toMatch(/revision 1 \(unchanged\).*0 added, 0 changed/);
    expect(await installation.command(['export', 'union', two])).toMatchObject({ code: 0, err: '' });
    expect(filesIn(two)).toEqual(filesIn(one));
  });

  it('restores a backup into an empty installation: the same site, byte for byte', async () => {
    const [lived, empty] = [await newInstallation(), await newInstallation()];
    const program = await lived.start();
    const before = await bytesOf(program);
    const archive = join(folder, 'backup.tar.gz');
    expect(await lived.command(['backup', archive]), 'while the program runs').toMatchObject({ code: 0 });
    expect(await empty.command(['restore', archive])).toMatchObject({ code: 0 });
    const restored = await empty.start({}, ['--no-example']);
    expect(await bytesOf(restored)).toEqual(before);
    const refused = await empty.command(['restore', archive]);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/empty/i);
  });

  it('is told every fault of a folder at once, with file, line and what was expected', async () => {
    const installation = await newInstallation();
    const broken = join(folder, 'broken');
    cpSync(example, broken, { recursive: true });
    const yaml = readFileSync(join(broken, 'film.yaml'), 'utf8')
      .replace('runtime_minutes: 102', 'runtime_minutes: long')
      .replace('media/poster.svg', 'media/nowhere.svg');
    rmSync(join(broken, 'film.yaml'));
    writeFileSync(join(broken, 'film.yaml'), yaml);
    const refused = await installation.command(['import', broken]);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/film\.yaml:\d+ {2}film\.runtime_minutes: expected a number/);
    const after = await installation.command(['export', 'union', join(folder, 'none')]);
    expect(after.err).toContain('There is no film "union"');
  });

  it('gets help for every command, and a usage line for a call that cannot be meant', async () => {
    const installation = await newInstallation();
    const help = await installation.command(['--help']);
    expect(help.code).toBe(0);
    for (const name of [
      'start',
      'import',
      'export',
      'host',
      'prepare',
      'backup',
      'restore',
      'doctor',
      'demo',
    ]) {
      expect(help.out).toContain(`  ${name}`);
      const own = await installation.command([name, '--help']);
      expect(own, name).toMatchObject({ code: 0, err: '' });
      expect(own.out).toContain(`houselights ${name}`);
    }
    for (const asked of [
      ['help', 'host'],
      ['host', '-h'],
    ])
      expect((await installation.command(asked)).out).toContain('houselights host <film>');
    expect(await installation.command(['import'])).toMatchObject({ code: 2 });
    expect(await installation.command(['start', '--quick'])).toMatchObject({ code: 2 });
    expect(await installation.command(['launch'])).toMatchObject({ code: 2 });
  });

  it('reads what is wrong with a path or an address that was mistyped, and which one, and nothing is begun', async () => {
    const installation = await newInstallation();
    const plain = join(folder, 'plain');
    writeFileSync(plain, 'no archive');
    await installation.command(['import', example]);
    const calls: readonly (readonly [string[], string])[] = [
      [['backup', '/nowhere/union.tar.gz'], '/nowhere: there is no such file or folder'],
      [['backup', join(plain, 'x')], `${plain}: a part of this path is a file`],
      [['backup', plain], 'There is a file of that name already'],
      [['restore', '/nowhere'], '/nowhere: there is no such file or folder'],
      [['restore', folder], 'This is no backup of Houselights'],
      [['restore', plain], 'This is no backup of Houselights'],
      [['export', 'union', plain], `${plain}: there is a file of that name already`],
      [['export', '../union', join(folder, 'x')], 'There is no film "../union"'],
      [['host', 'union', 'https://union.example/'], 'is no host name'],
      [['host', 'union', 'x'.repeat(300)], 'is no host name'],
    ];
    for (const [args, words] of calls) {
      const { code, out, err } = await installation.command(args);
      expect([args, code, out]).toEqual([args, 1, '']);
      expect(err).toContain(words);
      expect(err).not.toMatch(/^\s+at /m);
    }
    const away = { DATABASE_URL: 'postgres://film:canary@127.0.0.1:1/union' };
    for (const args of [
      ['backup', join(folder, 'away')],
      ['import', example],
      ['host', 'union'],
    ]) {
      const { code, err } = await installation.command(args, away);
      expect([args, code]).toEqual([args, 1]);
      expect(err).toContain('DATABASE_URL: expected a server that answers');
      expect(err).not.toContain('canary');
    }
  });

  it('gives a film a host name in any alphabet, as browsers will ask for it', async () => {
    const installation = await newInstallation();
    await installation.command(['import', example, '--publish']);
    const named = await installation.command(['host', 'union', 'Película.Example']);
    expect(named).toMatchObject({ code: 0, out: 'union: xn--pelcula-9ya.example\n' });
    const taken = await installation.command(['host', 'union', 'película.example', '--remove']);
    expect(taken.out).toBe('union: no host name of its own\n');
  });

  it('hears from doctor what is well, and what to do where it is not', async () => {
    const installation = await newInstallation();
    const program = await installation.start();
    const well = await installation.command(['doctor', '--json'], {
      PORT: new URL(program.url).port,
      PUBLIC_URL: program.url,
    });
    const lines = JSON.parse(well.out) as unknown;
    expect(JSON.stringify(lines)).toMatch(/atabase/);
    expect(well.err).toBe('');
  });
});
