import { join } from 'node:path';
import { openFilmDirectory } from '../faces/edge/film-directory.ts';
import type { House } from '../faces/house.ts';
import { openFilmSnapshots } from '../faces/site/film-snapshots.ts';
import { linkWriter } from '../letters/people/jobs.ts';
import { openAuth } from '../platform/auth/index.ts';
import { openPageCache } from '../platform/page-cache/index.ts';
import { programRoot } from '../platform/root.ts';
import { assetsOfManifest, setAssets } from '../ui/assets.ts';
import type { Ground } from './ground.ts';

/** Everything that the faces stand in, on the ground of a command. */
export async function openHouse(ground: Ground): Promise<House> {
  const { config, database, storage, clock, log } = ground;
  setAssets(assetsOfManifest(join(programRoot, 'dist/client/.vite/manifest.json')));
  const db = database.kysely;
  const pages = await openPageCache(database.connection, log);
  return {
    config,
    database,
    db,
    storage,
    pages,
    films: openFilmSnapshots(db, pages, clock),
    directory: openFilmDirectory(db, pages),
    auth: await openAuth(database, {
      publicUrl: config.publicUrl,
      onLink: linkWriter(db, clock, config.publicUrl),
      now: clock(),
    }),
    clock,
    log,
  };
}
