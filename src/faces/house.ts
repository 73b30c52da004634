import type { Auth } from '../platform/auth/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database, Db } from '../platform/database/database.ts';
import type { Log } from '../platform/log.ts';
import type { PageCache } from '../platform/page-cache/index.ts';
import type { Storage } from '../platform/storage/index.ts';
import type { FilmDirectory } from './edge/film-directory.ts';
import type { FilmSnapshots } from './site/film-snapshots.ts';

/** What every face of a running program stands in. Made once, by the start command. */
export type House = {
  readonly config: Config;
  readonly database: Database;
  /** The same database, as reads and transactions want it. */
  readonly db: Db;
  readonly storage: Storage;
  readonly pages: PageCache;
  readonly films: FilmSnapshots;
  readonly directory: FilmDirectory;
  readonly auth: Auth;
  readonly clock: Clock;
  readonly log: Log;
};
