import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { bufferMebibytes } from './buffers.ts';
import { choosePlace, type Place } from './place.ts';

/** A PostgreSQL of our own, listening on a private socket only. */
export type EmbeddedPostgres = {
  /** How the program's owner role connects; it is no superuser. */
  readonly connection: pg.ClientConfig;
  /** True when a server that an earlier, killed start left running was taken over. */
  readonly adopted: boolean;
  /** Stops the server, unless another process of ours still uses it. */
  stop(): Promise<void>;
};

const owner = 'houselights';
const startSecondsMax = 60;
// Our own sessions are closed by now; their processes need a moment to be gone from the server's list.
const ownSessionsEndMs = 1_000;

// Small enough to idle in 100 MB, and every acknowledged commit is on disk: fsync and full_page_writes stay on.
const connectionsStandard = 60;
const settings = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'effective_cache_size=512MB',
  'work_mem=8MB',
  'maintenance_work_mem=64MB',
  'max_wal_size=512MB',
  'max_worker_processes=4',
  'autovacuum_max_workers=1',
  'jit=off',
  'log_min_messages=warning',
  'log_timezone=UTC',
  'timezone=UTC',
];

/**
 * Starts the embedded server of a data folder, or takes over the one that still runs.
 * @throws when the folder was made by another major version, or the server does not come up in time
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  /** More than one installation's, where many programs share the server: the tests'. */
  connectionsMax: number = connectionsStandard,
): Promise<EmbeddedPostgres> {
  const place = await choosePlace(dataDir);
  await removeLeftovers(place);
  if (!(await stat(join(place.cluster, 'PG_VERSION')).catch(() => null))) await makeCluster(place);
  await assertMajor(place);
  const password = (await readFile(place.passwordFile, 'utf8')).trim();
  const superuser: pg.ClientConfig = {
    host: place.sockets,
    user: 'postgres',
    password,
    database: 'postgres',
  };
  const adopted = await answers(superuser);
  if (!adopted) await startServer(place, superuser, connectionsMax);
  await ensureOwner(superuser, password);
  return {
    connection: { host: place.sockets, user: owner, password, database: owner },
    adopted,
    stop: () => stopServer(place, superuser),
  };
}

/** What first starts left half-made when they were killed; a process that still makes its own keeps it. */
async function removeLeftovers({ folder }: Place): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /^(?:cluster|password)\.(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      // An initdb that outlived its starter may still write into it; then the next start removes it.
      await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function makeCluster(place: Place): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  // Built beside its place with its password inside and renamed, so that a start killed half-way leaves nothing
  // that looks whole, and of two first starts one cluster wins with the password that it was made with.
  const half = `${place.cluster}.${process.pid}`;
  const passwordFile = join(place.folder, `password.${process.pid}`);
  for (const left of [half, passwordFile]) await rm(left, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600, flush: true });
  if (place.runsAs) await chown(passwordFile, place.runsAs.uid, place.runsAs.gid);
  const made = await run(place, 'initdb', [
    '--pgdata',
    half,
    '--username',
    'postgres',
    '--pwfile',
    passwordFile,
    '--auth',
    'scram-sha-256',
    '--encoding',
    'UTF8',
    '--locale-provider',
    'builtin',
    '--builtin-locale',
    'C.UTF-8',
    '--locale',
    'C',
  ]);
  if (made.code !== 0) throw new Error(`PostgreSQL could not make its folder:\n${made.words}`);
  await rename(passwordFile, join(half, basename(place.passwordFile)));
  await rename(half, place.cluster).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(half, { recursive: true, force: true });
  });
}

function run(place: Place, binary: string, args: string[]): Promise<{ code: number | null; words: string }> {
  return new Promise((done, failed) => {
    const child = spawn(join(place.binaries, 'bin', binary), args, {
      ...place.runsAs,
      cwd: place.folder,
      env: { PATH: process.env.PATH, TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words += chunk));
    child.on('error', failed);
    child.on('close', (code) => done({ code, words }));
  });
}

async function assertMajor(place: Place): Promise<void> {
  const made = (await readFile(join(place.cluster, 'PG_VERSION'), 'utf8')).trim();
  const { words } = await run(place, 'postgres', ['--version']);
  const [, ours] = /\(PostgreSQL\) (\d+)/.exec(words) ?? [];
  if (made === ours) return;
  throw new Error(
    `The data folder was made by PostgreSQL ${made}, this program brings ${ours}. Back up with the program` +
      ' that made it, then restore into an empty data folder with this one (docs/operating.md).',
  );
}

async function answers(superuser: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...superuser, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function startServer(place: Place, superuser: pg.ClientConfig, connectionsMax: number): Promise<void> {
  const logFile = join(place.folder, 'postgres.log');
  const until = Date.now() + startSecondsMax * 1_000;
  while (Date.now() < until) {
    const before = await stat(logFile).then(
      ({ size }) => size,
      () => 0,
    );
    if (await untilUp(await spawnServer(place, logFile, connectionsMax), superuser, until)) return;
    const said = (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(before).toString();
    // Another process of ours won the race for the folder, or a killed server's children are not gone yet.
    if (!/lock file|shared memory block/.test(said))
      throw new Error(`PostgreSQL did not start:\n${said.split('\n').slice(-12).join('\n')}`);
    await pause(100);
    if (await answers(superuser)) return;
  }
  throw new Error(`PostgreSQL did not answer within ${startSecondsMax} s; see ${logFile}`);
}

async function spawnServer(place: Place, logFile: string, connectionsMax: number): Promise<ChildProcess> {
  const log = await open(logFile, 'a', 0o600);
  // In a session of its own: Ctrl-C in the terminal must reach us first, the database last.
  const all = [...settings, `shared_buffers=${bufferMebibytes()}MB`, `max_connections=${connectionsMax}`];
  const server = spawn(
    join(place.binaries, 'bin', 'postgres'),
    ['-D', place.cluster, '-k', place.sockets, ...all.flatMap((setting) => ['-c', setting])],
    {
      ...place.runsAs,
      cwd: place.folder,
      env: { PATH: process.env.PATH, TZ: 'UTC' },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    },
  );
  server.on('error', () => {});
  server.unref();
  await log.close();
  return server;
}

/** false: this server ended, and no other answers in its place. */
async function untilUp(server: ChildProcess, superuser: pg.ClientConfig, until: number): Promise<boolean> {
  while (Date.now() < until) {
    if (await answers(superuser)) return true;
    if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return false;
    await pause(30);
  }
  return false;
}

async function ensureOwner(superuser: pg.ClientConfig, password: string): Promise<void> {
  const client = new pg.Client(superuser);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(1)');
    const role = await client.query('select 1 from pg_roles where rolname = $1', [owner]);
    if (role.rowCount === 0) {
      await client.query(
        `create role ${owner} login createrole nosuperuser nobypassrls password ${client.escapeLiteral(password)}`,
      );
    }
    const database = await client.query('select 1 from pg_database where datname = $1', [owner]);
    if (database.rowCount === 0) await client.query(`create database ${owner} owner ${owner}`);
  } finally {
    await client.end();
  }
}

async function stopServer(place: Place, superuser: pg.ClientConfig): Promise<void> {
  const until = Date.now() + ownSessionsEndMs;
  while (await isUsed(superuser)) {
    if (Date.now() > until) return;
    await pause(30);
  }
  await run(place, 'pg_ctl', ['stop', '-D', place.cluster, '-m', 'fast', '-w', '-t', '30']);
}

/** Whether anybody of ours is connected; nobody is to a server that does not answer. */
async function isUsed(superuser: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(superuser);
  client.on('error', () => {});
  try {
    await client.connect();
    const others = await client.query('select 1 from pg_stat_activity where usename = $1 limit 1', [owner]);
    return others.rowCount !== 0;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
