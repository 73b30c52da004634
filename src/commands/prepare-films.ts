import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { films } from '../domain/film/index.ts';
import type { House } from '../faces/house.ts';
import { inInstallation } from '../platform/database/database.ts';
import type { JobHandler } from '../platform/jobs/worker.ts';
import { programRoot } from '../platform/root.ts';

const program = join(programRoot, 'dist/server/main.js');

/**
 * The handler of `prepare-film`: runs the command of that name as a process of its own. What drawing pictures and
 * setting type take of memory, some 150 MB, ends with it; in the program it would stay for good. Visitors go first.
 */
export function prepareFilms({ db }: House): JobHandler {
  return async ({ filmId }, stopping) => {
    if (typeof filmId !== 'string') throw new TypeError('prepare-film without a film');
    const film = (await inInstallation(db, films)).find(({ id }) => id === filmId);
    if (film) await prepare(film.slug, stopping);
  };
}

function prepare(slug: string, stopping?: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [program, 'prepare', slug], {
      stdio: ['ignore', 'ignore', 'inherit'],
      ...(stopping && { signal: stopping, killSignal: 'SIGTERM' }),
    });
    child.once('spawn', () => setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW));
    child.once('error', failed);
    child.once('close', (code, signal) => {
      if (code === 0) done();
      else failed(new Error(`preparing ${slug} ended with ${code ?? signal}`));
    });
  });
}
