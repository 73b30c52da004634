import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// What the tests need beyond npm: a browser, an older PostgreSQL, and readers for what we write.
const needs = [
  { name: 'chromium', found: '/usr/bin/chromium' },
  { name: 'postgresql-15', found: '/usr/lib/postgresql/15/bin/postgres' },
  { name: 'poppler-utils', found: '/usr/bin/pdftotext' },
  { name: 'zbar-tools', found: '/usr/bin/zbarimg' },
];

/** Installs what is missing by apt where that is allowed; otherwise says exactly what to install, and ends. */
export function ensurePackages() {
  const missing = needs.filter(({ found }) => !existsSync(found)).map(({ name }) => name);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    console.error(`The tests need ${missing.join(', ')}. Install them, on Debian as root:\n  ${command}`);
    process.exit(1);
  }
  console.log(`Installing ${missing.join(', ')} (once) …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const step of ['apt-get update -qq', `${command} -qq`]) {
    const done = spawnSync('sh', ['-c', step], { env: environment, encoding: 'utf8' });
    if (done.status === 0) continue;
    console.error(`${done.stdout}${done.stderr}\n"${step}" failed. The tests need ${missing.join(', ')}.`);
    process.exit(1);
  }
}
