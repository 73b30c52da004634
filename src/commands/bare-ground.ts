import type pg from 'pg';
import { type Config, readConfig } from '../platform/config.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';

/** Settings and a database as it is: nothing is migrated, so that an old one can be saved or looked at. */
export type BareGround = {
  readonly config: Config;
  readonly connection: pg.ClientConfig;
  readonly embedded: boolean;
};

/**
 * Runs `work` with the installation's database, which is started when it is ours and does not run, and
 * stopped again where nobody else uses it.
 * @throws {ConfigError} when a setting is wrong
 */
export async function onBareGround<T>(
  work: (ground: BareGround) => Promise<T>,
  config: Config = readConfig(process.env, process.cwd()),
): Promise<T> {
  if (config.databaseUrl !== null) {
    const connection = { connectionString: config.databaseUrl };
    return await work({ config, connection, embedded: false });
  }
  const embedded = await startEmbeddedPostgres(config.dataDir);
  try {
    return await work({ config, connection: embedded.connection, embedded: true });
  } finally {
    await embedded.stop();
  }
}
