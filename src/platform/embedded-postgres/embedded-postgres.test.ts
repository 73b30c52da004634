import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { migrate } from '../database/migrate.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { choosePlace } from './place.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function newFolder(parent = tmpdir()): Promise<string> {
  const folder = mkdtempSync(join(parent, 'houselights-pg-'));
  await chmod(folder, 0o755);
  folders.push(folder);
  return folder;
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(folder);
  servers.push(server);
  return server;
}

async function ask(connection: pg.ClientConfig, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const cluster = (folder: string) => join(folder, 'postgres/cluster');
const serverPid = (folder: string) =>
  Number(readFileSync(join(cluster(folder), 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Starts the server in a process of its own, which may be killed. */
function startElsewhere(folder: string): ChildProcess {
  const program = `const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
    await startEmbeddedPostgres(${JSON.stringify(folder)}); console.log('up'); setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
const ended = (child: ChildProcess) => new Promise((done) => child.on('close', done));

describe('the embedded PostgreSQL', () => {
  it('S20 listens on no TCP port, keeps every commit and makes our role no superuser', async () => {
    const server = await start(await newFolder());
    const [found] = await ask(
      server.connection,
      `select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
              current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as waits,
              current_setting('unix_socket_permissions') as rights,
              (select rolsuper from pg_roles where rolname = current_user) as super`,
    );
    expect(found).toEqual({
      addresses: '',
      fsync: 'on',
      pages: 'on',
      waits: 'on',
      rights: '0700',
      super: false,
    });
  });

  it('asks for its password, which nobody else may read', async () => {
    const folder = await newFolder();
    const server = await start(folder);
    await expect(ask({ ...server.connection, password: 'guess' }, 'select 1')).rejects.toThrow(/password/);
    const { stdout } = await new Promise<{ stdout: string }>((done) => {
      const child = spawn('stat', ['-c', '%a', join(cluster(folder), 'houselights-password')]);
      let stdout = '';
      child.stdout.on('data', (chunk) => (stdout += chunk));
      child.on('close', () => done({ stdout }));
    });
    expect(stdout.trim()).toBe('600');
  });

  it('is taken over after a kill of the process that started it, with what it held', async () => {
    const folder = await newFolder();
    const first = startElsewhere(folder);
    await new Promise((done) => first.stdout?.once('data', done));
    const pid = serverPid(folder);
    first.kill('SIGKILL');
    await ended(first);
    const second = await start(folder);
    expect(second.adopted).toBe(true);
    expect(serverPid(folder)).toBe(pid);
    await ask(second.connection, 'create table kept (n int); insert into kept values (1)');
    await second.stop();
    servers.length = 0;
    expect(existsSync(join(cluster(folder), 'postmaster.pid'))).toBe(false);
    const third = await start(folder);
    expect(third.adopted).toBe(false);
    expect(await ask(third.connection, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('comes back with everything acknowledged after a kill of the server itself', async () => {
    const folder = await newFolder();
    const first = await start(folder);
    await ask(first.connection, 'create table kept (n int); insert into kept values (1)');
    process.kill(serverPid(folder), 'SIGKILL');
    servers.length = 0;
    const second = await start(folder);
    expect(await ask(second.connection, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('is left running while another process of ours uses it', async () => {
    const folder = await newFolder();
    const one = await start(folder);
    const other = new pg.Client(one.connection);
    await other.connect();
    await one.stop();
    expect((await other.query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
    await other.end();
    await one.stop();
    servers.length = 0;
    expect(existsSync(join(cluster(folder), 'postmaster.pid'))).toBe(false);
  });

  it('is one server when two processes start it for the first time together', async () => {
    const folder = await newFolder();
    const [one, two] = [startElsewhere(folder), startElsewhere(folder)];
    const up = (child: ChildProcess) =>
      new Promise((done) => child.stdout?.once('data', (said) => done(String(said).trim())));
    expect(await Promise.all([up(one), up(two)])).toEqual(['up', 'up']);
    for (const child of [one, two]) child.kill('SIGKILL');
    await Promise.all([ended(one), ended(two)]);
    const server = await start(folder);
    expect(await ask(server.connection, 'select 1 as works')).toEqual([{ works: 1 }]);
  });

  it('does not take what a killed first start left for a whole cluster, and removes it', async () => {
    const folder = await newFolder();
    const first = startElsewhere(folder);
    const half = join(folder, `postgres/cluster.${first.pid}`);
    await vi.waitFor(() => expect(existsSync(join(half, 'PG_VERSION'))).toBe(true), {
      interval: 2,
      timeout: 30_000,
    });
    first.kill('SIGKILL');
    await ended(first);
    expect(existsSync(cluster(folder))).toBe(false);
    const server = await start(folder);
    expect(await ask(server.connection, 'select 1 as works')).toEqual([{ works: 1 }]);
    await server.stop();
    servers.length = 0;
    await start(folder);
    expect(existsSync(half)).toBe(false);
    expect(existsSync(join(folder, `postgres/password.${first.pid}`))).toBe(false);
  });

  it('refuses a folder of another major version with words, and leaves it alone', async () => {
    const folder = await newFolder();
    const server = await start(folder);
    await server.stop();
    servers.length = 0;
    writeFileSync(join(cluster(folder), 'PG_VERSION'), '17\n');
    await expect(startEmbeddedPostgres(folder)).rejects.toThrow(/made by PostgreSQL 17.*brings 18/);
    expect(readFileSync(join(cluster(folder), 'PG_VERSION'), 'utf8')).toBe('17\n');
  });

  it('says what is wrong at once when the server cannot start', async () => {
    const folder = await newFolder();
    const server = await start(folder);
    await server.stop();
    servers.length = 0;
    writeFileSync(join(cluster(folder), 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(startEmbeddedPostgres(folder)).rejects.toThrow(/did not start[\s\S]*no_such_setting/);
  });

  it('works in a folder whose name is too long for a socket', async () => {
    const deep = join(await newFolder(), 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const { sockets } = await choosePlace(deep);
    folders.push(sockets);
    expect(Buffer.byteLength(join(sockets, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107);
    const server = await start(deep);
    expect(await ask(server.connection, 'select 1 as works')).toEqual([{ works: 1 }]);
  });

  it.runIf(isRoot)(
    'works for root in a folder that only root may enter, and runs as somebody else',
    async () => {
      const folder = await newFolder('/root');
      await chmod(folder, 0o700);
      const place = await choosePlace(folder);
      folders.push(place.folder);
      expect(place.folder.startsWith('/var/lib/houselights/')).toBe(true);
      const server = await start(folder);
      expect(await ask(server.connection, 'select 1 as works')).toEqual([{ works: 1 }]);
      const pid = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')[0];
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).not.toMatch(/^Uid:\s+0\s/m);
    },
  );
});

describe('a database that has not been set up', () => {
  it('tells exactly what an administrator must run when its user may not make roles', async () => {
    const folder = await newFolder();
    const server = await start(folder);
    const superuser = { ...server.connection, user: 'postgres', database: 'postgres' };
    await ask(superuser, `create role plain login password 'x'; alter role plain createdb`);
    await ask({ ...superuser, user: 'plain', password: 'x' }, 'create database plain');
    const plain = { ...server.connection, user: 'plain', password: 'x', database: 'plain' };
    await expect(migrate(plain)).rejects.toThrow(
      'create role houselights_program nologin noinherit; grant houselights_program to <the user of DATABASE_URL>;',
    );
    await ask(
      superuser,
      'create role houselights_program nologin noinherit; grant houselights_program to plain',
    );
    expect((await migrate(plain)).applied.length).toBeGreaterThan(3);
  });

  it('is set up once when two processes start on it together, in one database or in two of one server', async () => {
    const folder = await newFolder();
    const server = await start(folder);
    const superuser = { ...server.connection, user: 'postgres', database: 'postgres' };
    await ask(superuser, 'create database second owner houselights');
    const second = { ...server.connection, database: 'second' };
    const done = await Promise.all(
      [server.connection, server.connection, second, second].map((each) => migrate(each)),
    );
    const applied = done.map((each) => each.applied.length);
    const [all = 0] = applied.toSorted((a, b) => b - a);
    expect(all).toBeGreaterThan(3);
    expect(applied.toSorted((a, b) => a - b)).toEqual([0, 0, all, all]);
    const may = `select pg_has_role(current_user, 'houselights_program', 'set') as yes`;
    for (const each of [server.connection, second]) expect(await ask(each, may)).toEqual([{ yes: true }]);
  });

  it('of a newer program is refused and not touched', async () => {
    const server = await start(await newFolder());
    const { version } = await migrate(server.connection);
    await ask(server.connection, `insert into migration (number, name) values (${version + 1}, 'later')`);
    await ask(server.connection, 'drop schema graphile_worker cascade');
    await expect(migrate(server.connection)).rejects.toThrow(
      `version ${version + 1}, this program knows ${version}`,
    );
    const schemas = await ask(
      server.connection,
      `select 1 from pg_namespace where nspname = 'graphile_worker'`,
    );
    expect(schemas).toEqual([]);
  });
});
