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

/** The same without an open pool, for tests that start the program itself on it. */
export async function cloneDatabase(): Promise<{ connection: pg.ClientConfig; drop(): Promise<void> }> {
  const server = inject('server');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await asSuperuser(`create database ${name} template ${inject('template')} owner houselights`);
  return {
    connection: { ...server, user: 'houselights', database: name },
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
