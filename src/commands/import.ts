import { parseArgs } from 'node:util';
import { importFolder } from '../faces/folder/import-folder.ts';
import { commandLine } from '../platform/audit/index.ts';
import { type Command, WrongUsage } from './command.ts';
import { openGround } from './ground.ts';

export const importCommand: Command = {
  name: 'import',
  usage: '<folder> [--publish]',
  about: 'take a film folder in: a new film, or a new draft of the one with its slug',
  help: `The folder holds film.yaml and its pictures (docs/film-folder.md). Everything that is wrong in it is
listed at once, with file, line and what was expected; then nothing is imported.

  --publish   let the public read it at once`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { publish: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1) throw new WrongUsage();
    const ground = await openGround();
    try {
      const { clock, storage, database } = ground;
      const done = await importFolder({ db: database.kysely, storage, clock }, commandLine, folder, {
        publish: values.publish ?? false,
      });
      const { added, changed, unchanged } = done.screenings;
      console.log(
        `${done.slug}: ${done.isNew ? 'a new film, ' : ''}revision ${done.revisionNumber}${done.changed ? '' : ' (unchanged)'}` +
          `, ${done.published ? 'published' : 'a draft'}; screenings: ${added} added, ${changed} changed, ${unchanged} unchanged`,
      );
      return 0;
    } finally {
      await ground.close();
    }
  },
};
