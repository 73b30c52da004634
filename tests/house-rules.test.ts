import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programRoot } from '../src/platform/root.ts';

const source = join(programRoot, 'src');
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
  .map((entry) => relative(source, join(entry.parentPath, entry.name)));
const program = files.filter(
  (file) => /\.tsx?$/.test(file) && !/(\.test\.tsx?|\/test-[a-z]+\.ts)$/.test(file),
);
const textOf = (file: string) => readFileSync(join(source, file), 'utf8');

/** In the order in which they may call each other: each only those before it. */
const modules = ['people', 'film', 'audience', 'ledger', 'partners', 'fund', 'screenings', 'boxoffice'];

/** What a layer may stand on, beside itself. */
const below: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['commands', 'faces', 'platform'],
  commands: ['faces', 'letters', 'domain', 'platform', 'ui'],
  faces: ['letters', 'domain', 'platform', 'ui'],
  letters: ['domain', 'platform', 'ui'],
  ui: ['domain'],
  domain: ['platform'],
  platform: [],
};

type Import = { readonly from: string; readonly to: string; readonly isType: boolean };

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  for (const [, type, path = ''] of textOf(file).matchAll(
    /(?:^|\n)(?:import|export)(\s+type)?[^;'"]*?['"](\.[^'"]+)['"]|import\(['"](\.[^'"]+)['"]\)/g,
  )) {
    found.push({ from: file, to: normalize(join(dirname(file), path)), isType: type !== undefined });
  }
  return found;
}

const imports = program.flatMap(importsOf);
const layerOf = (file: string) => file.split('/')[0] ?? '';
const moduleOf = (file: string) => (layerOf(file) === 'domain' ? (file.split('/')[1] ?? '') : '');
const arrow = ({ from, to }: Import) => `${from} → ${to}`;

describe('the house', () => {
  it('is entered from above only: main, faces and letters, domain, platform', () => {
    const upward = imports.filter(({ from, to }) => {
      const [upper, lower] = [layerOf(from), layerOf(to)];
      return upper !== lower && !(below[upper] ?? []).includes(lower);
    });
    expect(upward.map(arrow)).toEqual([]);
  });

  it('lets a domain module in by its one door, and only those before it', () => {
    const wrong = imports.filter(({ from, to, isType }) => {
      const target = moduleOf(to);
      if (target === '' || moduleOf(from) === target) return false;
      // Plain rules without a database, which pages and schemas read.
      const isPure =
        /^domain\/(film\/document\/|film\/pictures\.ts|people\/roles\.ts|ledger\/money\.ts|boxoffice\/(door-rules|door-wire|ticket-mark)\.ts)/.test(
          to,
        );
      const isDoor = to === `domain/${target}/index.ts` || isPure || (isType && layerOf(from) === 'ui');
      const isBefore = moduleOf(from) === '' || modules.indexOf(target) < modules.indexOf(moduleOf(from));
      return !isDoor || !isBefore;
    });
    expect(wrong.map(arrow)).toEqual([]);
  });

  it('keeps HTTP, HTML and providers out of the domain', () => {
    const outside = /from '(hono|react|react-dom|@hono|nodemailer|stripe)[/']/;
    expect(program.filter((file) => layerOf(file) === 'domain' && outside.test(textOf(file)))).toEqual([]);
  });

  it('names a table in its owner’s SQL only', () => {
    const owners = new Map<string, string>();
    for (const file of program.filter(
      (name) => /tables?\.ts$/.test(name) && name !== 'platform/database/tables.ts',
    )) {
      const [, tables = ''] = /interface Tables \{([^}]*)\}/.exec(textOf(file)) ?? [];
      for (const [, table = ''] of tables.matchAll(/(\w+):/g)) owners.set(table, dirname(file));
    }
    expect(owners.size).toBeGreaterThan(8);
    const verbs = /(?:selectFrom|insertInto|updateTable|deleteFrom|[a-z]*[jJ]oin)\(\s*'(\w+)(?: as \w+)?'/g;
    const trespasses = program.flatMap((file) =>
      [...textOf(file).matchAll(verbs)]
        .map(([, table = '']) => ({ file, table, owner: owners.get(table) }))
        // Sign-in keeps the persons; who they are to a film is the people module's to ask.
        .filter(({ table }) => !(table === 'person' && file.startsWith('domain/people/')))
        .filter(({ owner }) => owner !== undefined && !file.startsWith(`${owner}/`)),
    );
    expect(trespasses).toEqual([]);
  });

  it('S1 builds no SQL out of strings', () => {
    const raw =
      /sql\.(?:raw|lit)\(|\.raw\(`|query(?:<[^(]*>)?\(\s*`[^`]*\$\{(?!programRole|statementTimeoutMs|lockTimeoutMs|client\.escape|owner\b|pagesChannel)|query(?:<[^(]*>)?\(\s*(?:'[^']*'|`[^`]*`|[a-z]\w*)\s*\+/;
    const allowed = /^platform\/(database|backup|embedded-postgres)\//;
    expect(program.filter((file) => !allowed.test(file) && raw.test(textOf(file)))).toEqual([]);
  });

  it('S15 runs no code that somebody typed: nothing here turns words into program', () => {
    const runs = /\beval\(|\bFunction\(|'node:vm'|import\(\s*[a-z`]|from 'node:child_process'|\brequire\(/;
    // The embedded server is a process of its own; its binaries' package is named by the machine. A film is
    // prepared in a process of its own, by a slug and without a shell.
    const own = (file: string) =>
      file.startsWith('platform/embedded-postgres/') || file === 'commands/run-aside.ts';
    expect(program.filter((file) => !own(file) && runs.test(textOf(file)))).toEqual([]);
  });

  it('A13 decides by what its transaction reads: the domain knows no cache and no other connection', () => {
    const others = imports.filter(
      ({ from, to }) =>
        layerOf(from) === 'domain' &&
        /^platform\/(page-cache\/(?!drop-pages)|storage\/|auth\/engine)/.test(to),
    );
    const connects = /new pg\.(Client|Pool)\(|new Kysely\(|createPool\(/;
    const connecting = program.filter((file) => layerOf(file) === 'domain' && connects.test(textOf(file)));
    expect([...others.map(arrow), ...connecting]).toEqual([]);
  });

  it('has a test for every failure that is owed by now, and knows each that a test names', () => {
    const said = spawnSync(process.execPath, [join(programRoot, 'scripts/failures.mjs')], {
      encoding: 'utf8',
    });
    expect(said.stdout.match(/^(Owed now, and missing|In a test's name).*/gm)).toBeNull();
    expect(said.status).toBe(0);
  });

  it('stops every file at 300 lines', () => {
    const long = files.map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines > 300)).toEqual([]);
  });
});
