import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runAside } from './run-aside.ts';

const folder = mkdtempSync(join(tmpdir(), 'houselights-aside-'));
afterAll(() => rmSync(folder, { recursive: true }));
const limits = { patienceMs: 60_000, graceMs: 50 };

/** Writes its number down, then neither ends nor lets itself be asked to. */
const stubborn = (file: string) => `
  process.on('SIGTERM', () => {});
  require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid));
  setInterval(() => {}, 1000);`;
const pidIn = (file: string) => Number(readFileSync(file, 'utf8'));
const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a process aside', () => {
  it('is done when it ended well, and says how it ended otherwise', async () => {
    await runAside(['-e', ''], limits);
    await expect(runAside(['-e', 'process.exit(3)'], limits)).rejects.toThrow('ended with 3');
  });

  it('is gone when the program stops, even when it does not listen', async () => {
    const file = join(folder, 'stopped');
    const stopping = new AbortController();
    const running = runAside(['-e', stubborn(file)], { ...limits, stopping: stopping.signal });
    const ended = expect(running).rejects.toThrow('SIGKILL');
    await vi.waitFor(() => expect(lives(pidIn(file))).toBe(true), { timeout: 5_000 });
    stopping.abort();
    await ended;
    expect(lives(pidIn(file))).toBe(false);
  });

  it('takes no place among the jobs for ever', async () => {
    const hangs = ['-e', 'setInterval(() => {}, 1000)'];
    await expect(runAside(hangs, { ...limits, patienceMs: 20 })).rejects.toThrow(/SIGTERM|SIGKILL/);
  });

  it('does not begin to work when the program is stopping already', async () => {
    const stopping = AbortSignal.abort();
    await expect(runAside(['-e', 'setInterval(() => {}, 1000)'], { ...limits, stopping })).rejects.toThrow(
      /SIGTERM|SIGKILL/,
    );
  });
});
