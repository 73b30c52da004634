import { randomBytes } from 'node:crypto';
import { readdir, statfs } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { smallDisk } from '../../../tests/ground/small-disk.ts';
import { Refusal } from '../refusal.ts';
import { openStorage } from './index.ts';
import { s3Storage } from './s3.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A store that answers as it is told, on a free port. */
async function storeThat(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void answer(request, response));
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const place = { bucket: 'films', region: 'x', accessKeyId: 'key', secretAccessKey: 'secret' };
  return s3Storage(
    { ...place, endpoint: `http://127.0.0.1:${port}` },
    { tries: 4, firstPauseMs: 1, timeoutMs: 150 },
  );
}

describe('a store that fails', () => {
  it('is asked again after a 503, a broken connection and a silence', async () => {
    const answers = ['busy', 'broken', 'silent', 'well'];
    const storage = await storeThat((request, response) => {
      const answer = answers.shift();
      if (answer === 'broken') request.socket.destroy();
      if (answer === 'busy') response.writeHead(503).end('slow down');
      if (answer === 'well') response.end('bytes');
    });
    expect((await storage.get('film/one'))?.toString()).toBe('bytes');
    expect(answers).toEqual([]);
  });

  it('is given up after four tries, by name', async () => {
    let asked = 0;
    const storage = await storeThat((_request, response) => {
      asked += 1;
      response.writeHead(500).end();
    });
    await expect(storage.get('film/one')).rejects.toEqual(new Refusal('storage_down', { status: 500 }));
    expect(asked).toBe(4);
  });

  it('never counts bytes as kept that it changed on the way', async () => {
    const asked: string[] = [];
    const storage = await storeThat(async (request, response) => {
      asked.push(request.method ?? '');
      await buffer(request);
      if (request.method === 'PUT') response.setHeader('etag', '"00000000000000000000000000000000"').end();
      else response.end('other bytes');
    });
    await expect(storage.put('film/one', Buffer.from('bytes'))).rejects.toThrow('storage_corrupt');
    expect(asked).toEqual(['PUT', 'GET', 'DELETE']);
  });

  it('may encrypt with keys of its own, as long as the bytes come back right', async () => {
    const storage = await storeThat(async (request, response) => {
      await buffer(request);
      if (request.method === 'PUT') response.setHeader('etag', '"not-an-md5"').end();
      else response.end('bytes');
    });
    await storage.put('film/one', Buffer.from('bytes'));
  });

  it('S7 is not followed to another place', async () => {
    const storage = await storeThat((_request, response) => {
      response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    });
    await expect(storage.get('film/one')).rejects.toThrow('storage_down');
  });
});

const tiny = smallDisk(1);

describe.skipIf(tiny.whyNot !== null)('a disk that is full', () => {
  it('refuses by name, leaves nothing of the file, and goes on when there is room', async () => {
    const storage = openStorage({ dataDir: tiny.folder, storage: null });
    await storage.put('film/small', randomBytes(10_000));
    await expect(storage.put('film/large', randomBytes(2_000_000))).rejects.toEqual(
      new Refusal('storage_full'),
    );
    expect(await storage.get('film/large')).toBeNull();
    expect(await readdir(join(tiny.folder, 'files', 'film'))).toEqual(['small']);
    const { bavail, bsize } = await statfs(tiny.folder);
    expect(bavail * bsize).toBeGreaterThan(900_000);
    await storage.put('film/small', randomBytes(200_000));
    expect(await storage.sizeBytes('film/small')).toBe(200_000);
  });
});
