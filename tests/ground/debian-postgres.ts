import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binaries = '/usr/lib/postgresql/15/bin';

export type TestServer = { readonly host: string; readonly password: string; stop(): void };

/** Starts Debian's PostgreSQL 15 in a folder of its own, with the same user names as the embedded one has. */
export function startDebianPostgres(): TestServer {
  const folder = mkdtempSync(join(tmpdir(), 'houselights-pg15-'));
  const password = 'for-tests-only';
  const asServer = (command: string, args: string[]) => {
    const isRoot = process.getuid?.() === 0;
    const whole = [join(binaries, command), ...args];
    execFileSync(
      isRoot ? 'runuser' : (whole[0] ?? ''),
      isRoot ? ['-u', 'postgres', '--', ...whole] : whole.slice(1),
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
  };
  chmodSync(folder, 0o777);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  chmodSync(passwordFile, 0o644);
  const cluster = join(folder, 'cluster');
  asServer('initdb', [
    '-D',
    cluster,
    '-U',
    'postgres',
    '--pwfile',
    passwordFile,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale',
    'C.UTF-8',
    '--no-sync',
  ]);
  const options = `-k ${folder} -c listen_addresses= -c fsync=off -c max_connections=200`;
  asServer('pg_ctl', ['start', '-D', cluster, '-w', '-o', options, '-l', join(folder, 'log')]);
  return {
    host: folder,
    password,
    stop() {
      asServer('pg_ctl', ['stop', '-D', cluster, '-m', 'immediate', '-w']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
