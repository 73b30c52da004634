import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll } from 'vitest';
import { programRoot } from '../../src/platform/root.ts';
import { cloneDatabase, type OwnedDatabase } from './database.ts';

/** The program as its users run it: the built one, in a process of its own. */
export type Program = {
  readonly url: string;
  /** The one-time link that makes the first owner. */
  readonly setupUrl: string | null;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything that it wrote to its terminal. */
  terminal(): string;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
};

export type Settings = Readonly<Record<string, string>>;

/** A database and a data folder that several processes may share. */
export type Installation = {
  readonly settings: Settings;
  readonly dataDir: string;
  /** How a test looks into the database itself. */
  readonly connection: pg.ClientConfig;
  start(settings?: Settings, args?: readonly string[]): Promise<Program>;
  command(args: readonly string[], settings?: Settings): Promise<Outcome>;
  /** Runs a command and kills it at the signal, where it is not done by then. */
  killed(args: readonly string[], at: AbortSignal): Promise<Outcome>;
};

export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

const startSecondsMax = 60;

/**
 * A new installation on a database of its own, migrated unless it is given another; everything it started is
 * stopped when the test file is done.
 */
export async function newInstallation(
  made: () => Promise<OwnedDatabase> = cloneDatabase,
): Promise<Installation> {
  const { connection, drop } = await made();
  const dataDir = mkdtempSync(join(tmpdir(), 'houselights-data-'));
  const running = new Set<Program>();
  afterAll(async () => {
    await Promise.all([...running].map((program) => program.kill()));
    await drop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const { host, user, password, database } = connection as Record<string, string>;
  const settings = {
    DATABASE_URL: `postgres://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host ?? '')}`,
    DATA_DIR: dataDir,
  };
  return {
    settings,
    dataDir,
    connection,
    async start(more = {}, args = []) {
      const program = await startProgram({ ...settings, ...more }, args);
      running.add(program);
      return program;
    },
    command: (args, more = {}) => runCommand(args, { ...settings, ...more }),
    killed: (args, at) => runCommand(args, settings, at),
  };
}

/** Starts the program and waits until it says that it runs. */
export async function startProgram(settings: Settings, args: readonly string[] = []): Promise<Program> {
  const port = settings.PORT ?? String(await freePort());
  const child = launch(['start', ...args], {
    PUBLIC_URL: `http://localhost:${port}`,
    ...settings,
    PORT: port,
  });
  const said = listenTo(child);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  await untilSaid(child, said, /Ctrl-C stops it/);
  return {
    url: `http://localhost:${port}`,
    setupUrl: /https?:\/\/\S+\/setup\/\S+/.exec(said.words())?.[0] ?? null,
    dataDir: settings.DATA_DIR ?? '',
    pid: child.pid ?? 0,
    terminal: said.words,
    async stop() {
      child.kill('SIGTERM');
      return await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs one command to its end, or until it is killed at the signal. */
export async function runCommand(
  args: readonly string[],
  settings: Settings,
  killAt?: AbortSignal,
): Promise<Outcome> {
  const child = launch(args, settings);
  killAt?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => (out += chunk));
  child.stderr?.on('data', (chunk) => (err += chunk));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, out, err };
}

function launch(args: readonly string[], settings: Settings): ChildProcess {
  const { PATH, HOME } = process.env;
  // A clean environment: what a test does not set is not set.
  return spawn(process.execPath, [join(programRoot, 'dist/server/main.js'), ...args], {
    env: { PATH, HOME, ...settings },
    cwd: programRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function listenTo(child: ChildProcess): { words(): string; onWords(listener: () => void): void } {
  let heard = '';
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      heard += chunk;
      for (const listener of listeners) listener();
    });
  }
  return { words: () => heard, onWords: (listener) => listeners.push(listener) };
}

function untilSaid(child: ChildProcess, said: ReturnType<typeof listenTo>, words: RegExp): Promise<void> {
  return new Promise((done, failed) => {
    const late = setTimeout(
      () => failed(new Error(`not started in time:\n${said.words()}`)),
      startSecondsMax * 1_000,
    );
    const look = () => {
      if (!words.test(said.words())) return;
      clearTimeout(late);
      done();
    };
    said.onWords(look);
    child.on('close', (code) => {
      clearTimeout(late);
      failed(new Error(`ended with ${code}:\n${said.words()}`));
    });
    look();
  });
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
