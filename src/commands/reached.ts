import pg from 'pg';
import { ConfigError } from '../platform/config.ts';

// What node:net and PostgreSQL say of a server that is not there or does not know us. An error with a name and
// an address in its message is not repeated.
const notReached = /^(E[A-Z_]+|28\d{3}|3D000|57P03|53300)$/;

/** A failure to connect as the setting that is wrong; null for any other error. */
export function whyNotReached(error: unknown): ConfigError | null {
  const code = codeOf(error);
  if (!notReached.test(code)) return null;
  return new ConfigError([`DATABASE_URL: expected a server that answers and lets us in (${code})`]);
}

/**
 * Knocks at the database before anything is begun.
 * @throws {ConfigError} naming DATABASE_URL, and none of its parts
 */
export async function assertReached(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw whyNotReached(error) ?? error;
  } finally {
    await client.end().catch(() => {});
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
