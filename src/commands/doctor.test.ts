import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { cloneDatabase } from '../../tests/ground/database.ts';
import { lookAtNetwork, seenAddressHeader } from '../platform/health/look-at-network.ts';
import { lookAtDatabase, lookAtDisk } from '../platform/health/look-closer.ts';
import { examine, inWords } from './doctor.ts';

let folder: string;
let connection: pg.ClientConfig;
let drop: () => Promise<void>;
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'houselights-doctor-'));
  ({ connection, drop } = await cloneDatabase());
});
afterAll(async () => {
  await drop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function ask(statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

const stateOf = async (name: string, at = connection) =>
  (await lookAtDatabase(at, { embedded: true })).lines.find((line) => line.name === name);

describe('the doctor looks at the database', () => {
  it('and finds one that is as the program made it good in every part', async () => {
    const { lines, isStarted } = await lookAtDatabase(connection, { embedded: true });
    expect(isStarted).toBe(true);
    expect(lines.map(({ state }) => state)).toEqual(['good', 'good', 'good', 'good', 'good']);
  });

  it('warns when the user of DATABASE_URL is a superuser', async () => {
    const superuser = { ...inject('server'), database: connection.database };
    expect(await stateOf('Database rights', superuser as pg.ClientConfig)).toMatchObject({
      state: 'warn',
      todo: expect.stringMatching('nosuperuser'),
    });
  });

  it('names a table whose row-level security is off', async () => {
    await ask('alter table audit no force row level security');
    expect(await stateOf('Walls between films')).toMatchObject({
      state: 'bad',
      words: 'Row-level security is off for audit.',
    });
    await ask('alter table audit force row level security');
  });

  it('says what it means when migrations are missing, or came from a newer program', async () => {
    await ask('update migration set number = 900 where number = 1');
    expect(await stateOf('Migrations')).toMatchObject({
      state: 'bad',
      words: expect.stringMatching('newer'),
    });
    await ask('update migration set number = 1 where number = 900');
    const empty = { ...inject('server'), database: 'postgres' };
    expect(await stateOf('Migrations', empty)).toMatchObject({
      state: 'warn',
      words: 'The database is new.',
    });
  });

  it('A13 says how to mend an isolation level that the locks were not written for', async () => {
    const strange = { ...connection, options: '-c default_transaction_isolation=serializable' };
    expect(await stateOf('Database server', strange)).toMatchObject({
      state: 'bad',
      todo: expect.stringMatching('alter database'),
    });
  });

  it('S21 says that a server cannot be reached without telling its password', async () => {
    const nowhere = { connectionString: 'postgres://user:secret-canary@127.0.0.1:1/x' };
    const { lines } = await lookAtDatabase(nowhere, { embedded: false });
    expect(lines).toMatchObject([{ name: 'Database server', state: 'bad' }]);
    expect(JSON.stringify(lines)).not.toMatch('canary');
  });
});

describe('the doctor looks at the network', () => {
  async function serve(address: string | null, body = 'ok\n'): Promise<number> {
    const server = createServer((_request, response) => {
      if (address !== null) response.setHeader(seenAddressHeader, address);
      response.end(body);
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const at = server.address();
    return typeof at === 'object' && at !== null ? at.port : 0;
  }
  const base = { host: '127.0.0.1', proxies: 0, role: 'all' } as const;
  const line = async (name: string, config: Parameters<typeof lookAtNetwork>[0]) =>
    (await lookAtNetwork(config)).find((found) => found.name === name);

  it('tells the program at its port from a stranger there', async () => {
    const ours = await serve('127.0.0.1');
    expect(await line('Port', { ...base, port: ours, publicUrl: `http://localhost:${ours}` })).toMatchObject({
      state: 'good',
      words: `The program runs at port ${ours}.`,
    });
    const theirs = await serve(null, 'It works!');
    expect(await line('Port', { ...base, port: theirs, publicUrl: 'http://localhost:1' })).toMatchObject({
      state: 'bad',
      words: `Port ${theirs} is taken by something else.`,
    });
  });

  it('S20 warns when everybody can reach the program without TLS', async () => {
    const open = { ...base, host: '0.0.0.0', port: 4148, publicUrl: 'http://localhost:4148' };
    expect(await line('Bound to', open)).toMatchObject({
      state: 'warn',
      words: expect.stringMatching('everybody who reaches this machine'),
    });
    expect(await line('Bound to', { ...open, host: '127.0.0.1' })).toMatchObject({ state: 'good' });
  });

  it('says when the public address leads elsewhere while the program runs', async () => {
    const ours = await serve('127.0.0.1');
    const found = await line('Public address', { ...base, port: ours, publicUrl: 'http://127.0.0.1:1' });
    expect(found).toMatchObject({ state: 'bad', words: 'http://127.0.0.1:1 does not lead to the program.' });
  });

  it('finds a proxy that PROXIES does not count', async () => {
    const ours = await serve('10.0.0.7');
    // A name that leads to this machine and is not called localhost, as behind a proxy.
    const publicUrl = `http://0.0.0.0:${ours}`;
    expect(await line('Public address', { ...base, port: ours, publicUrl })).toMatchObject({
      state: 'warn',
      todo: expect.stringMatching('PROXIES'),
    });
    expect(await line('Public address', { ...base, proxies: 1, port: ours, publicUrl })).toMatchObject({
      state: 'good',
    });
  });
});

describe('the doctor', () => {
  it('names every wrong setting and never its value', async () => {
    const lines = await examine({ PORT: 'x-canary', SMTP_URL: 'smtp://u:canary@h' }, folder);
    expect(lines.map(({ state }) => state)).toEqual(['bad', 'bad']);
    expect(lines.map(({ words }) => words).join()).toMatch(/PORT.*MAIL_FROM/);
    expect(JSON.stringify(lines)).not.toMatch('canary');
  });

  it('says that the data folder cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await lookAtDisk({ dataDir: join(file, 'data') })).toMatchObject([{ name: 'Disk', state: 'bad' }]);
    expect(await lookAtDisk({ dataDir: folder })).toMatchObject([{ name: 'Disk' }]);
  });

  it('E7 looks at queue, workers and backups too, in words with what to do', async () => {
    const { host, password, user, database } = connection as Record<string, string>;
    const url = `postgres://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host ?? '')}`;
    const lines = await examine({ DATABASE_URL: url, DATA_DIR: folder, PORT: '4149' }, folder);
    expect(lines.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Workers', 'Queue', 'Mail', 'Storage', 'Backup', 'Port', 'Bound to', 'Clock']),
    );
    const words = inWords(lines);
    expect(words).toMatch(/✗ Workers +broken: No worker runs/);
    expect(words).toMatch(/! Backup +look at this: There is no backup yet\.\n +→ Run/);
    expect(words).toMatch(/\d+ good, \d+ to look at, 1 broken$/);
  });
});
