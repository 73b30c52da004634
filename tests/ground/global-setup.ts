import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/platform/database/migrate.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts';
import { startDebianPostgres, type TestServer } from './debian-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** How tests reach the server: as its superuser, to clone the migrated template. */
    server: { host: string; user: string; password: string };
    template: string;
  }
}

/** The database that every test's own is cloned from. */
const template = 'houselights_template';
const owner = 'houselights';
/** Several programs at once, for several files of tests. */
const connectionsMax = 200;

/** Starts one server for the whole run, with one migrated database to clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = process.env.TEST_POSTGRES === '15' ? debian() : await embedded();
  const { host, password } = started;
  const server = { host, user: 'postgres', password };
  const client = new pg.Client({ ...server, database: 'postgres' });
  await client.connect();
  const role = await client.query('select 1 from pg_roles where rolname = $1', [owner]);
  if (role.rowCount === 0) {
    await client.query(`create role ${owner} login createrole password ${client.escapeLiteral(password)}`);
  }
  await client.query(`create database ${template} owner ${owner}`);
  await client.end();
  await migrate({ host, user: owner, password, database: template });
  project.provide('server', server);
  project.provide('template', template);
  return async () => {
    await started.stop();
  };
}

type Started = Omit<TestServer, 'stop'> & { stop(): Promise<void> };

function debian(): Started {
  const server = startDebianPostgres();
  return { ...server, stop: async () => server.stop() };
}

async function embedded(): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'houselights-test-'));
  // Where the server's own user can reach it.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres(folder, connectionsMax);
  const { host, password } = server.connection as { host: string; password: string };
  return {
    host,
    password,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
