import { join } from 'node:path';
import { films } from '../domain/film/index.ts';
import type { House } from '../faces/house.ts';
import { inInstallation } from '../platform/database/database.ts';
import type { JobHandler } from '../platform/jobs/worker.ts';
import { programRoot } from '../platform/root.ts';
import { runAside } from './run-aside.ts';

const program = join(programRoot, 'dist/server/main.js');
// A minute on a small machine. Three that hung for good would leave no hands for mails.
const patienceMs = 10 * 60_000;
// It looks whether it is to end between two pictures; what is half drawn is drawn anew.
const graceMs = 3_000;

/**
 * The handler of `prepare-film`: runs the command of that name as a process of its own. What drawing pictures and
 * setting type take of memory, some 150 MB, ends with it; in the program it would stay for good. Visitors go first.
 */
export function prepareFilms({ db }: House): JobHandler {
  return async ({ filmId }, stopping) => {
    if (typeof filmId !== 'string') throw new TypeError('prepare-film without a film');
    const film = (await inInstallation(db, films)).find(({ id }) => id === filmId);
    if (film) await runAside([program, 'prepare', film.slug], { stopping, patienceMs, graceMs });
  };
}
