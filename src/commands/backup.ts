import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeBackup } from '../platform/backup/index.ts';
import { systemClock } from '../platform/clock.ts';
import { programVersion } from '../platform/program-version.ts';
import { openStorage } from '../platform/storage/index.ts';
import { onBareGround } from './bare-ground.ts';
import { type Command, WrongUsage } from './command.ts';
import { assertReached } from './reached.ts';

export const backupCommand: Command = {
  name: 'backup',
  usage: '<file or folder>',
  about: 'write everything into one archive, while the program runs',
  help: `Rows and files as of one moment, in a .tar.gz that restore reads back; it is read once before it gets its
name. In a folder it is named by the time. An older archive is never written over.

The archive holds addresses, messages and the installation's secrets: it is readable by you alone, and belongs
on another machine, encrypted. People's sessions are not in it: after a restore everybody signs in again.`,
  async run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [place] = positionals;
    if (place === undefined || positionals.length > 1) throw new WrongUsage();
    const now = systemClock();
    const target = await targetOf(place, now.toString());
    // Said before a database is started for it.
    await access(dirname(target), constants.W_OK);
    const made = await onBareGround(async ({ config, connection }) => {
      await assertReached(connection);
      return await writeBackup({ connection, storage: openStorage(config) }, target, {
        now,
        program: programVersion(),
      });
    });
    const megabytes = (made.sizeBytes / 1_000_000).toFixed(1);
    console.log(`${target}: ${made.rows} rows, ${made.files} files, ${megabytes} MB; read back and whole.`);
    return 0;
  },
};

async function targetOf(place: string, now: string): Promise<string> {
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? false;
  const time = now.slice(0, 19).replace(/[:-]/g, '');
  return isFolder ? join(place, `houselights-${time}Z.tar.gz`) : place;
}
