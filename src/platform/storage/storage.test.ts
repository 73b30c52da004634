import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../secrets.ts';
import { fileKey, openStorage, type Storage } from './index.ts';

const folders: string[] = [];
const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'houselights-storage-'));
  folders.push(folder);
  return folder;
};
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const filmId = newId();

describe('files on disk', () => {
  contract(async () => openStorage({ dataDir: await temporaryFolder(), storage: null }));

  it('leaves nothing but the file in the folder, and takes away what a killed put left there', async () => {
    const dataDir = await temporaryFolder();
    const bytes = Buffer.from('whole');
    const key = fileKey(filmId, sha256(bytes));
    const folder = join(dataDir, 'files', filmId, 'files');
    await openStorage({ dataDir, storage: null }).put(key, bytes);
    await writeFile(join(folder, '.part-killed'), 'ha');
    await writeFile(join(folder, '.part-running'), 'ha');
    await utimes(join(folder, '.part-killed'), 0, 0);
    await openStorage({ dataDir, storage: null }).put(key, bytes);
    expect((await readdir(folder)).sort()).toEqual(['.part-running', sha256(bytes)]);
  });

  it('S17 does not read through a symbolic link', async () => {
    const dataDir = await temporaryFolder();
    const storage = openStorage({ dataDir, storage: null });
    await storage.put('film/one', Buffer.from('1'));
    await symlink('/etc/passwd', join(dataDir, 'files', 'film', 'two'));
    expect(await storage.get('film/two')).toBeNull();
    expect(await storage.stream('film/two')).toBeNull();
    expect(await all(storage.list('film/'))).toEqual(['film/one']);
  });

  it('says in plain words that a folder cannot be written', async () => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'files'), 'a file where the folder should be');
    const why = await openStorage({ dataDir, storage: null }).whyNotWritable();
    expect(why).toMatch(/EEXIST|ENOTDIR/);
  });
});

describe('files in a bucket', () => {
  let server: S3rver;
  let place: { endpoint: string; bucket: string; region: string } & Record<
    'accessKeyId' | 'secretAccessKey',
    string
  >;
  beforeAll(async () => {
    const port = await freePort();
    server = new S3rver({
      address: '127.0.0.1',
      port,
      silent: true,
      directory: await temporaryFolder(),
      configureBuckets: [{ name: 'films', configs: [] }],
    });
    await server.run();
    place = {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'films',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    };
  });
  afterAll(() => server.close());

  contract(async () => openStorage({ dataDir: '/nowhere', storage: place }));

  it('says when the store refuses our key', async () => {
    const storage = openStorage({ dataDir: '/nowhere', storage: { ...place, accessKeyId: 'stranger' } });
    expect(await storage.whyNotWritable()).toMatch('refuses our key');
  });
});

/** What every store promises, whatever it is made of. */
function contract(open: () => Promise<Storage>): void {
  let storage: Storage;
  beforeAll(async () => {
    storage = await open();
  });

  it('gives back what was put, byte for byte', async () => {
    const bytes = randomBytes(300_000);
    const key = fileKey(filmId, sha256(bytes));
    await storage.put(key, bytes);
    expect((await storage.get(key))?.equals(bytes)).toBe(true);
    expect(await storage.sizeBytes(key)).toBe(300_000);
    const stream = await storage.stream(key);
    expect(stream && (await buffer(stream)).equals(bytes)).toBe(true);
  });

  it('gives back a range with both its ends', async () => {
    await storage.put('ranges/one', Buffer.from('0123456789'));
    const read = async (first: number, last: number) => {
      const stream = await storage.stream('ranges/one', { first, last });
      return stream && (await buffer(stream)).toString();
    };
    expect(await read(2, 4)).toBe('234');
    expect(await read(8, 99)).toBe('89');
    await expect(read(10, 12)).rejects.toThrow(RangeError);
    await expect(read(4, 2)).rejects.toThrow(RangeError);
  });

  it('takes a file of the disk and leaves it where it is', async () => {
    const path = join(await temporaryFolder(), 'master.mov');
    const bytes = randomBytes(2_000_000);
    await writeFile(path, bytes);
    await storage.putFile('masters/one', path);
    expect((await storage.get('masters/one'))?.equals(bytes)).toBe(true);
    expect(await readdir(join(path, '..'))).toEqual(['master.mov']);
  });

  it('replaces a file whole, however many write at once', async () => {
    const versions = Array.from({ length: 6 }, (_, at) => Buffer.alloc(50_000, at));
    await Promise.all(versions.map((bytes) => storage.put('races/one', bytes)));
    const found = await storage.get('races/one');
    expect(versions.some((bytes) => found?.equals(bytes))).toBe(true);
  });

  it('says null where nothing is stored, and removing nothing is no mistake', async () => {
    expect(await storage.get('none/here')).toBeNull();
    expect(await storage.stream('none/here')).toBeNull();
    expect(await storage.sizeBytes('none/here')).toBeNull();
    await storage.put('none/soon', Buffer.from('gone'));
    await storage.remove('none/soon');
    await storage.remove('none/soon');
    expect(await storage.get('none/soon')).toBeNull();
  });

  it('lists what begins with a prefix and nothing else', async () => {
    for (const key of ['list/b/2', 'list/a/1', 'list/b/10', 'listing/c'])
      await storage.put(key, Buffer.from('x'));
    expect(await all(storage.list('list/'))).toEqual(['list/a/1', 'list/b/10', 'list/b/2']);
    expect(await all(storage.list('list/b/1'))).toEqual(['list/b/10']);
    expect(await all(storage.list('nothing/'))).toEqual([]);
  });

  it('S17 refuses a key that leads out of the store', async () => {
    const corpus = [
      '..',
      '../secret',
      'film/../../secret',
      '/etc/passwd',
      'film//x',
      'film/./x',
      'film/.part-x',
      'film\\..\\x',
      'film/%2e%2e/x',
      'film/x\0.jpg',
      'film/é',
      'film/ x',
      'film/x?acl',
      '',
      'a'.repeat(501),
    ];
    for (const key of corpus) {
      await expect(storage.put(key, Buffer.from('x')), key).rejects.toThrow(RangeError);
      await expect(storage.get(key), key).rejects.toThrow(RangeError);
      await expect(storage.remove(key), key).rejects.toThrow(RangeError);
      await expect(storage.sizeBytes(key), key).rejects.toThrow(RangeError);
    }
    expect(() => storage.list('../')).toThrow(RangeError);
  });

  it('tells that it can be written, and leaves no probe behind', async () => {
    expect(await storage.whyNotWritable()).toBeNull();
    expect(await all(storage.list('probe/'))).toEqual([]);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function all(keys: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of keys) found.push(key);
  return found;
}
