import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root: string = dirname(dirname(fileURLToPath(import.meta.url)));

/** The machine that a figure was measured on, in one line. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GiB, Node ${process.version}`;
}

/** A folder of its own for one bench; under root the database's user must reach it. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'houselights-bench-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** The program's settings for one bench: a data folder in `folder`, and a port. */
export function settingsIn(folder: string, port: number) {
  return {
    ...process.env,
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    PUBLIC_URL: `http://localhost:${port}`,
  };
}

export type Running = { readonly child: ChildProcess; stop(): Promise<void> };

/** Starts a process on one core, or on several ('0,1'), and waits until it says `ready`. */
export function startOnCores(
  cores: string,
  command: string[],
  env: NodeJS.ProcessEnv,
  ready: RegExp,
  hear: (words: string) => void = () => {},
): Promise<Running> {
  const child = spawn('taskset', ['-c', cores, ...command], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  return new Promise((done, failed) => {
    let heard = '';
    const look = (chunk: Buffer) => {
      heard += chunk;
      hear(String(chunk));
      if (ready.test(heard)) {
        done({
          child,
          async stop() {
            child.kill('SIGTERM');
            await ended;
          },
        });
      }
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('close', (code) => failed(new Error(`${command.join(' ')} ended with ${code}:\n${heard}`)));
  });
}

export type Load = {
  readonly perSecond: number;
  readonly p50: string;
  readonly p99: string;
  readonly errors: number;
};

/** Asks one URL for a bounded time from the other core. */
export function load(
  url: string,
  {
    seconds,
    connections,
    headers,
  }: { seconds: number; connections: number; headers: Record<string, string> },
): Load {
  const args = ['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency'];
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  const out = execFileSync('taskset', [...args, url], { encoding: 'utf8' });
  const find = (pattern: RegExp) => pattern.exec(out)?.[1] ?? '0';
  return {
    perSecond: Math.round(Number(find(/Requests\/sec:\s+([\d.]+)/))),
    p50: find(/^\s+50%\s+(\S+)/m),
    p99: find(/^\s+99%\s+(\S+)/m),
    errors: Number(find(/Non-2xx or 3xx responses: (\d+)/)),
  };
}

/** Runs bench/probe.ts on the ground of a running program. */
export function probe<T = number>(env: NodeJS.ProcessEnv, ...args: string[]): T[] {
  const built = join(root, '.cache/bench/probe.js');
  return JSON.parse(execFileSync(process.execPath, [built, ...args], { env, encoding: 'utf8' })) as T[];
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const programPath: string = join(root, 'dist/server/main.js');
