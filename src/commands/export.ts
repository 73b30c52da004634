import { parseArgs } from 'node:util';
import { exportFolder } from '../faces/folder/export-folder.ts';
import { type Command, WrongUsage } from './command.ts';
import { openGround } from './ground.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: '<film> <folder> [--published]',
  about: 'write a film as a folder that import reads back without a change',
  help: `The folder must be empty or not there yet. It gets the newest draft, its files and all screenings.

  --published   the revision that the public reads instead of the newest draft`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { published: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [slug, folder] = positionals;
    if (slug === undefined || folder === undefined || positionals.length > 2) throw new WrongUsage();
    const ground = await openGround();
    try {
      const { database, storage } = ground;
      const done = await exportFolder({ db: database.kysely, storage }, slug, folder, {
        published: values.published ?? false,
      });
      console.log(
        `${folder}: revision ${done.revisionNumber}, ${done.files} files, ${done.screenings} screenings`,
      );
      return 0;
    } finally {
      await ground.close();
    }
  },
};
