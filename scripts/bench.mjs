// `npm run bench [pages|scale|budgets|ledger|door|onsale]`: figures for docs/benchmarks.md. Loopback only, bounded in time.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild, ensureModules, projectNode, root, run } from './setup.mjs';

const benches = ['pages', 'scale', 'budgets', 'ledger', 'door', 'onsale'];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown[0]}"; there are ${benches.join(', ')}.`);
  process.exit(2);
}
ensureModules();
ensureBuild();
for (const [name, found] of [
  ['wrk', '/usr/bin/wrk'],
  ['postgresql-contrib', '/usr/bin/pgbench'],
  ['nginx-light', '/usr/sbin/nginx'],
  ['chromium', '/usr/bin/chromium'],
  // Phones have a face of Arial's proportions, for which the pages' fallbacks are measured.
  ['fonts-liberation', '/usr/share/fonts/truetype/liberation'],
]) {
  if (existsSync(found)) continue;
  const done = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    stdio: 'inherit',
  });
  if (done.status !== 0) {
    console.error(`The benches need ${name}; install it and run them again.`);
    process.exit(1);
  }
}
const vite = join(root, 'node_modules/vite/bin/vite.js');
for (const source of ['cold-server', 'probe'])
  run(
    projectNode,
    [
      vite,
      'build',
      '--ssr',
      `bench/${source}.ts`,
      '--outDir',
      '.cache/bench',
      '--emptyOutDir',
      'false',
      '--logLevel',
      'warn',
    ],
    { quiet: true },
  );
for (const name of wanted.length > 0 ? wanted : benches) run(projectNode, [join(root, `bench/${name}.ts`)]);
