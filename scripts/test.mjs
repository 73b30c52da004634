// `npm test`: sets up what is missing, then every check and every test. Ends with "N passed, N failed".
// With names behind it (`npm test -- tests/journeys`) it runs those tests alone.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages } from './packages.mjs';
import { ensureBuild, ensureModules, environment, projectNode, root } from './setup.mjs';

ensureModules();
ensurePackages();
ensureBuild();

const scratch = mkdtempSync(join(tmpdir(), 'houselights-results-'));
const only = process.argv.slice(2);
const bin = (name) => join(root, 'node_modules/.bin', name);

/** Each is one check that passes or fails as a whole. */
const checks = [
  { name: 'types', command: bin('tsc'), args: ['--noEmit'] },
  { name: 'lint and format', command: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
  { name: 'unused code', command: bin('knip'), args: ['--no-progress'] },
];

/** Each is a run of many tests. The rules of the data are tried on Debian's PostgreSQL too. */
const suites = [
  { name: 'PostgreSQL 18', args: only, variables: {} },
  { name: 'PostgreSQL 15', args: ['src/domain', 'src/platform'], variables: { TEST_POSTGRES: '15' } },
];

let passed = 0;
let failed = 0;

if (only.length === 0) {
  for (const done of await Promise.all(checks.map(check))) {
    if (done.ok) passed += 1;
    else failed += 1;
    console.log(`${done.ok ? '✓' : '✗'} ${done.name}`);
    if (!done.ok) console.log(done.words);
  }
}
for (const suite of only.length === 0 ? suites : suites.slice(0, 1)) await runSuite(suite);
rmSync(scratch, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function check({ name, command, args }) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words += chunk));
    child.on('error', (error) => done({ name, ok: false, words: String(error) }));
    child.on('close', (code) => done({ name, ok: code === 0, words }));
  });
}

async function runSuite({ name, args, variables }) {
  console.log(`\n— ${name}`);
  const results = join(scratch, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args];
  const code = await new Promise((done) => {
    const child = spawn(projectNode, vitest, {
      cwd: root,
      env: { ...environment(), ...variables, NODE_ENV: 'test' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('close', done);
  });
  const counted = countIn(results);
  passed += counted.passed;
  failed += counted.failed;
  // A file that cannot be loaded runs no test; the runner's exit code tells.
  if (code !== 0 && counted.failed === 0) failed += 1;
}

function countIn(results) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
