import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { films } from '../domain/film/index.ts';
import { importFolder } from '../faces/folder/import-folder.ts';
import { commandLine } from '../platform/audit/index.ts';
import { inInstallation } from '../platform/database/database.ts';
import { programRoot } from '../platform/root.ts';
import type { Ground } from './ground.ts';

/** Shows the example in an installation that has no film yet; a team's own installation is left alone. */
export async function importExample({ database, storage, clock }: Ground): Promise<void> {
  const db = database.kysely;
  const folder = join(programRoot, 'examples/union');
  if ((await inInstallation(db, films)).length > 0 || !existsSync(folder)) return;
  await importFolder({ db, storage, clock }, commandLine, folder, { publish: true });
}
