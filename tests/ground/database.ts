import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';

/** A database of this test file's own, cloned from the migrated template; gone when the file is done. */
export async function testDatabase(): Promise<Database> {
  const { connection, drop } = await cloneDatabase();
  const database = await openDatabase(connection, { embedded: true, sessionsMax: 5 });
  afterAll(async () => {
    await database.close();
    await drop();
  });
  return database;
}

export type OwnedDatabase = { connection: pg.ClientConfig; drop(): Promise<void> };

/** The same without an open pool, for tests that start the program itself on it. */
export const cloneDatabase = (): Promise<OwnedDatabase> => createDatabase(`template ${inject('template')}`);

/** A database on which no program was ever started. */
export const emptyDatabase = (): Promise<OwnedDatabase> => createDatabase('');

async function createDatabase(from: string): Promise<OwnedDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await asSuperuser(`create database ${name} ${from} owner houselights`);
  return {
    connection: { ...inject('server'), user: 'houselights', database: name },
    drop: () => asSuperuser(`drop database ${name} with (force)`),
  };
}

async function asSuperuser(statement: string): Promise<void> {
  const client = new pg.Client({ ...inject('server'), database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
