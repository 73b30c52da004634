import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, ConfigError, readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrate.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { type Log, makeLog } from '../platform/log.ts';
import { openStorage, type Storage } from '../platform/storage/index.ts';
import { codeOf, whyNotReached } from './reached.ts';

/** What every command stands on: settings, a migrated database, files. */
export type Ground = {
  readonly config: Config;
  readonly database: Database;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** Closes the database, and stops the embedded server where nobody else uses it. */
  close(): Promise<void>;
};

/**
 * Reads the settings, starts or finds the database and brings it to this program's version.
 * @throws {ConfigError} when a setting is wrong
 */
export async function openGround(log: Log = makeLog('warn')): Promise<Ground> {
  const config = readConfig(process.env, process.cwd());
  await assertWritable(config.dataDir);
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres(config.dataDir) : null;
  const connection = embedded?.connection ?? { connectionString: config.databaseUrl ?? '' };
  try {
    await migrate(connection);
    const database = await openDatabase(connection, { embedded: embedded !== null });
    return {
      config,
      database,
      storage: openStorage(config),
      clock: systemClock,
      log,
      async close() {
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw (embedded === null && whyNotReached(error)) || error;
  }
}

async function assertWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigError([`DATA_DIR: expected a folder that this program may write (${codeOf(error)})`]);
  }
}
