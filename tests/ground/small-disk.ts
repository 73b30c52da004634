import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export type SmallDisk = {
  readonly folder: string;
  /** null: the disk is there. Otherwise this user may not mount one, and the terminal has been told why. */
  readonly whyNot: string | null;
  /** Leaves so many kilobytes of it. */
  fill(leaveKilobytes: number): void;
  makeRoom(): void;
};

/** A disk of so many megabytes at a folder, gone when the test file is done. */
export function smallDisk(megabytes: number, at?: string): SmallDisk {
  const folder = at ?? mkdtempSync(join(tmpdir(), 'houselights-disk-'));
  mkdirSync(folder, { recursive: true });
  const whyNot = mount(folder, megabytes);
  if (whyNot !== null) console.warn(`No full disk can be tried here, because none can be mounted: ${whyNot}`);
  afterAll(() => {
    if (whyNot === null) execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
    if (at === undefined) rmdirSync(folder);
  });
  const filler = join(folder, '.filler');
  return {
    folder,
    whyNot,
    fill(leaveKilobytes) {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveKilobytes * 1_024)));
    },
    makeRoom: () => rmSync(filler),
  };
}

function mount(folder: string, megabytes: number): string | null {
  const options = `size=${megabytes}m,mode=0755`;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error);
  }
}
