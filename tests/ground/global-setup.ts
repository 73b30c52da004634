import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/platform/database/migrate.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** How tests reach the server: as its superuser, to clone the migrated template. */
    server: { host: string; port?: number; user: string; password: string };
    template: string;
  }
}

/** The database that every test's own is cloned from. */
const template = 'houselights_template';

/** Starts one server for the whole run, with one migrated database to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'houselights-test-'));
  const embedded = await startEmbeddedPostgres(folder);
  const { host, password } = embedded.connection as { host: string; password: string };
  const server = { host, user: 'postgres', password };
  const client = new pg.Client({ ...server, database: 'postgres' });
  await client.connect();
  await client.query(`create database ${template} owner houselights`);
  await client.end();
  await migrate({ ...embedded.connection, database: template });
  project.provide('server', server);
  project.provide('template', template);
  return async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
