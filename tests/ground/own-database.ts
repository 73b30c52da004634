import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, vi } from 'vitest';
import type { Settings } from './program.ts';

/** An installation with the embedded database, as a newcomer has it: what tests may kill. */
export type OwnDatabase = {
  readonly settings: Settings;
  readonly dataDir: string;
  /** The process of the embedded server. */
  serverPid(): number;
  /** Reads past row-level security, as the embedded server's superuser. */
  ask<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]>;
  /** Ends the server however it is, and waits until it is gone. */
  end(): Promise<void>;
};

/** A data folder of its own, gone with its server when the test file is done. */
export function ownDatabase(dataDir: string = newDataDir()): OwnDatabase {
  const pidFile = join(dataDir, 'postgres/cluster/postmaster.pid');
  const serverPid = (): number => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const end = async (): Promise<void> => {
    if (!existsSync(pidFile)) return;
    const pid = serverPid();
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 20_000);
  };
  afterAll(async () => {
    await end();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    // Each form comes from an address of its own, as a proxy would say.
    settings: { DATA_DIR: dataDir, PROXIES: '1' },
    dataDir,
    serverPid,
    end,
    async ask(statement) {
      const password = readFileSync(join(dataDir, 'postgres/cluster/houselights-password'), 'utf8').trim();
      const host = join(dataDir, 'postgres/sockets');
      const client = new pg.Client({ host, user: 'postgres', password, database: 'houselights' });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    },
  };
}

function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'houselights-own-'));
  // PostgreSQL's own user must reach it.
  chmodSync(folder, 0o755);
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
