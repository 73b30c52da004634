import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';
import { postgresTypes } from './types.ts';

/** Reads outside a film: what an installation knows of itself. */
export type Db = Kysely<Tables>;
/** An open transaction, bound to one film or to the installation. */
export type Tx = Transaction<Tables>;

/** What the program's sessions run as: owns nothing, is no superuser, is held by row-level security. */
export const programRole = 'houselights_program';

export type Database = {
  readonly kysely: Db;
  readonly pool: pg.Pool;
  /** How to connect once more: for listening, for jobs, for backups. */
  readonly connection: pg.ClientConfig;
  readonly embedded: boolean;
  close(): Promise<void>;
};

// A statement longer than this is a mistake or an attack; a lock waited for longer is a queue of people.
const statementTimeoutMs = 15_000;
const lockTimeoutMs = 3_000;
const idleInTransactionMs = 60_000;

/** Makes a new session the program's: its role, its clock, and how long anything may take. */
export async function becomeProgram(client: pg.ClientBase): Promise<void> {
  await client.query(
    `set role ${programRole}; set timezone = 'UTC'; set statement_timeout = ${statementTimeoutMs};
     set lock_timeout = ${lockTimeoutMs}; set idle_in_transaction_session_timeout = ${idleInTransactionMs}`,
  );
}

/**
 * Opens the pool. Every session becomes `programRole` before its first statement.
 * @throws when the isolation level is not READ COMMITTED: the locks are written for it
 */
export async function openDatabase(
  connection: pg.ClientConfig,
  { embedded, sessionsMax = 10 }: { embedded: boolean; sessionsMax?: number },
): Promise<Database> {
  const pool = new pg.Pool({
    ...connection,
    max: sessionsMax,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'houselights',
    types: postgresTypes,
    onConnect: becomeProgram,
  });
  // An idle session that breaks (the server restarts) is replaced at the next query; nobody waits on it here.
  pool.on('error', () => {});
  // One that breaks while somebody uses it fails their query; unheard, its own event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  try {
    await assertIsolation(kysely);
  } catch (error) {
    // An open session would keep a process that cannot start alive for half a minute.
    await kysely.destroy();
    throw error;
  }
  return { kysely, pool, connection, embedded, close: () => kysely.destroy() };
}

async function assertIsolation(kysely: Db): Promise<void> {
  const found = await sql<{
    level: string;
  }>`select current_setting('transaction_isolation') as level`.execute(kysely);
  const level = found.rows[0]?.level;
  if (level !== 'read committed') {
    throw new Error(
      `The database's default isolation is "${level}"; Houselights needs "read committed".` +
        ` Run: alter database … set default_transaction_isolation = 'read committed';`,
    );
  }
}

/**
 * Runs `work` in one transaction that sees and writes the rows of one film only.
 * A thrown Refusal, like any other error, rolls everything back.
 */
export function inFilm<T>(db: Db, filmId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('role', ${programRole}, true), set_config('houselights.film_id', ${filmId}, true)`.execute(
      tx,
    );
    return await work(tx);
  });
}

/**
 * Checks now what is otherwise checked at the commit: a transaction of hundreds of thousands of rows would have all of
 * that left for its end, and run into the time limit of a statement.
 */
export async function checkSoFar(tx: Tx): Promise<void> {
  await sql`set constraints all immediate`.execute(tx);
  await sql`set constraints all deferred`.execute(tx);
}

/** Runs `work` in one transaction outside every film: people, sessions, which films there are. */
export function inInstallation<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('role', ${programRole}, true)`.execute(tx);
    return await work(tx);
  });
}
