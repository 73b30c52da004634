import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { S3Place } from '../config.ts';
import { Refusal } from '../refusal.ts';
import type { ByteRange, Storage } from './index.ts';
import { assertKey, assertPrefix } from './keys.ts';
import { whyNotRoundTrip } from './round-trip.ts';
import { patience, type S3Patience, type S3Request, s3Requests } from './s3-requests.ts';

// What S3 takes in one PUT: https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
const putBytesMax = 5 * 1024 ** 3;
/** More than this is not held in memory at once; `stream` reads it. */
const getBytesMax = 256 * 1024 ** 2;

type Sums = { readonly md5: Buffer; readonly sha256: string };

/**
 * Keeps files in a bucket of any S3-compatible store. The bytes' hash is signed with the request, their MD5
 * is sent for the store to check, and what the store says it holds is compared before a put answers.
 */
export function s3Storage(place: S3Place, limits: S3Patience = patience): Storage {
  const ask = s3Requests(place, limits);
  const storage: Storage = {
    kind: 's3',
    async put(key, bytes) {
      assertKey(key);
      const sums = await sumsOf([bytes]);
      await putChecked(ask, key, new Blob([Uint8Array.from(bytes)]), sums);
    },
    async putFile(key, path) {
      assertKey(key);
      await putChecked(ask, key, await openAsBlob(path), await sumsOf(createReadStream(path)));
    },
    async get(key) {
      const response = await getOf(ask, key);
      if (response === null) return null;
      if (Number(response.headers.get('content-length')) > getBytesMax) {
        await response.body?.cancel();
        throw new RangeError('a stored file that is too large to hold in memory');
      }
      return Buffer.from(await response.arrayBuffer());
    },
    async stream(key, range) {
      const response = await getOf(ask, key, range);
      return response?.body ? Readable.fromWeb(response.body as ReadableStream) : null;
    },
    async sizeBytes(key) {
      assertKey(key);
      const response = await ask({ method: 'HEAD', key });
      if (response.status === 404) return null;
      assertAnswered(response);
      return Number(response.headers.get('content-length'));
    },
    async remove(key) {
      assertKey(key);
      const response = await ask({ method: 'DELETE', key });
      await response.body?.cancel();
      if (response.status !== 404) assertAnswered(response);
    },
    list(prefix) {
      assertPrefix(prefix);
      return listKeys(ask, prefix);
    },
    whyNotWritable: () => whyNotRoundTrip(storage),
  };
  return storage;
}

type Ask = (request: S3Request) => Promise<Response>;

async function putChecked(ask: Ask, key: string, body: Blob, sums: Sums): Promise<void> {
  if (body.size > putBytesMax) throw new Refusal('storage_too_large');
  const headers = { 'content-md5': sums.md5.toString('base64'), 'x-amz-content-sha256': sums.sha256 };
  const response = await ask({ method: 'PUT', key, headers, body });
  await response.body?.cancel();
  assertAnswered(response);
  // The ETag is the MD5 unless the store encrypts with keys of its own; only then the bytes are read back.
  const etag = response.headers.get('etag')?.replaceAll('"', '');
  if (etag === sums.md5.toString('hex')) return;
  const kept = await getOf(ask, key);
  const found = kept?.body ? await sumsOf(Readable.fromWeb(kept.body as ReadableStream)) : null;
  if (found?.sha256 === sums.sha256) return;
  await ask({ method: 'DELETE', key });
  throw new Refusal('storage_corrupt');
}

async function sumsOf(bytes: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<Sums> {
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  for await (const chunk of bytes) {
    md5.update(chunk);
    sha256.update(chunk);
  }
  return { md5: md5.digest(), sha256: sha256.digest('hex') };
}

async function getOf(ask: Ask, key: string, range?: ByteRange): Promise<Response | null> {
  assertKey(key);
  if (range !== undefined && (range.first < 0 || range.last < range.first))
    throw new RangeError('a range outside the file');
  const headers = range === undefined ? {} : { range: `bytes=${range.first}-${range.last}` };
  const response = await ask({ method: 'GET', key, headers });
  if (response.ok) return response;
  await response.body?.cancel();
  if (response.status === 404) return null;
  if (response.status === 416) throw new RangeError('a range outside the file');
  assertAnswered(response);
  return null;
}

async function* listKeys(ask: Ask, prefix: string): AsyncGenerator<string> {
  for (let after: string | undefined; ; ) {
    const query = { 'list-type': '2', prefix, ...(after === undefined ? {} : { 'start-after': after }) };
    const response = await ask({ method: 'GET', key: null, query });
    assertAnswered(response);
    const page = await response.text();
    // Our keys hold no character that XML escapes, so nothing needs decoding; others in the bucket are not ours.
    const keys = [...page.matchAll(/<Key>([^<&]*)<\/Key>/g)].map((match) => match[1] ?? '');
    yield* keys;
    after = keys.at(-1);
    if (!/<IsTruncated>true<\/IsTruncated>/.test(page) || after === undefined) return;
  }
}

/** The store's own words may quote keys and hosts, so only its status is kept. */
function assertAnswered(response: Response): void {
  if (response.ok) return;
  if (response.status === 403 || response.status === 401) throw new Refusal('storage_refused');
  throw new Error(`the store answered ${response.status}`);
}
