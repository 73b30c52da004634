import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { restoreBackup } from '../platform/backup/index.ts';
import { systemClock } from '../platform/clock.ts';
import { Refusal } from '../platform/refusal.ts';
import { openStorage } from '../platform/storage/index.ts';
import { onBareGround } from './bare-ground.ts';
import { type Command, WrongUsage } from './command.ts';
import { assertReached } from './reached.ts';

export const restoreCommand: Command = {
  name: 'restore',
  usage: '<file>',
  about: 'bring a backup into an empty installation',
  help: `The whole archive is checked before anything is written; then everything is there, or nothing. Run it
before the first start, with DATA_DIR, DATABASE_URL and STORAGE_URL as the program will have them. An archive of
an older program is brought up to this one.

It never writes into an installation that holds a film: give it an empty data folder or database.`,
  async run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new WrongUsage();
    // Before a database is started for it: the name may be a slip of the finger.
    if (!(await stat(file)).isFile()) throw new Refusal('archive_foreign');
    const done = await onBareGround(async ({ config, connection }) => {
      await assertReached(connection);
      return await restoreBackup({ connection, storage: openStorage(config) }, file, systemClock());
    });
    console.log(`Restored: ${done.rows} rows and ${done.files} files, as of ${done.madeAt}.`);
    return 0;
  },
};
