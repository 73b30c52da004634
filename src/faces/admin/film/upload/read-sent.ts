import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { Busboy } from '@fastify/busboy';
import { Refusal } from '../../../../platform/refusal.ts';
import { newSecret } from '../../../../platform/secrets.ts';

/** A file that came with a form, lying in a temporary folder under a name of ours. */
export type SentFile = {
  /** The field's name in the form. */
  readonly field: string;
  /** What the file was called where it came from: words for people, never a path of ours. */
  readonly fileName: string;
  readonly path: string;
};

/** A form as it came. `forget` removes its files from the temporary folder. */
export type Sent = {
  readonly values: ReadonlyMap<string, string>;
  readonly files: readonly SentFile[];
  forget(): Promise<void>;
};

// The longest form is a page's text in several languages: 60,000 characters each, up to 9 bytes one.
const textBytesMax = 4_000_000;
const fieldsMax = 4_000;
const filesMax = 12;
const leftoverHoursMax = 24;

type Place = {
  /** Where files lie until they are inspected. */
  readonly folder: string;
  /** How large a file of this field may be; null: the form has no such field. */
  readonly bytesMaxOf: (field: string) => number | null;
};

/**
 * Reads a form, urlencoded or multipart. Files go to disk as they come and are counted as they go: nothing
 * is ever held whole in memory, and a file over its limit ends the reading there.
 * @throws {Refusal} form_too_large · form_unreadable · unknown_field · file_too_large · storage_full
 */
export async function readSent(request: Request, place: Place): Promise<Sent> {
  const type = request.headers.get('content-type') ?? '';
  if (/^multipart\/form-data\s*;/i.test(type)) return await readMultipart(request, type, place);
  return { values: await readValues(request), files: [], forget: async () => {} };
}

/**
 * Reads a form without files.
 * @throws {Refusal} form_too_large · form_unreadable
 */
export async function readValues(request: Request): Promise<ReadonlyMap<string, string>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded/i.test(type)) throw new Refusal('form_unreadable');
  if (Number(request.headers.get('content-length') ?? 0) > textBytesMax) throw new Refusal('form_too_large');
  const values = new Map<string, string>();
  const text = await readText(request.body);
  for (const [name, value] of new URLSearchParams(text)) keepValue(values, name, value);
  return values;
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let count = 0;
  for await (const chunk of body ?? []) {
    count += chunk.byteLength;
    if (count > textBytesMax) throw new Refusal('form_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function keepValue(values: Map<string, string>, name: string, value: string): void {
  if (values.has(name)) throw new Refusal('form_unreadable');
  if (values.size >= fieldsMax) throw new Refusal('form_too_large');
  values.set(name, cleaned(value));
}

/** Browsers end lines with CR LF; PostgreSQL holds no NUL. Other control characters say nothing to people. */
function cleaned(value: string): string {
  return value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed();
}

async function readMultipart(request: Request, type: string, place: Place): Promise<Sent> {
  const { folder } = place;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweep(folder);
  const files: SentFile[] = [];
  const paths: string[] = [];
  const forget = async () => {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
  };
  try {
    const values = await parse(request, type, place, files, paths);
    return { values, files, forget };
  } catch (error) {
    await forget();
    throw error;
  }
}

async function parse(
  request: Request,
  type: string,
  place: Place,
  files: SentFile[],
  paths: string[],
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  const kept: Promise<void>[] = [];
  const stop = new AbortController();
  let why: unknown = null;
  const refuse = (error: unknown) => {
    why ??= error;
    stop.abort();
  };
  const parser = openParser(type);
  let textBytes = 0;
  parser.on('field', (name, value, nameCut, valueCut) => {
    textBytes += name.length + Buffer.byteLength(value);
    if (nameCut || valueCut || textBytes > textBytesMax) return refuse(new Refusal('form_too_large'));
    try {
      keepValue(values, name, value);
    } catch (error) {
      refuse(error);
    }
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => refuse(new Refusal('form_too_large')));
  }
  parser.on('file', (field, stream, fileName) => {
    const path = join(place.folder, newSecret());
    paths.push(path);
    const name = typeof fileName === 'string' ? fileName : '';
    kept.push(
      keepFile(stream, path, place.bytesMaxOf(field)).then((sizeBytes) => {
        // A file input that was left alone sends a file without a name and without bytes.
        if (sizeBytes > 0 || name !== '') files.push({ field, fileName: name, path });
      }, refuse),
    );
  });
  if (request.body === null) throw new Refusal('form_unreadable');
  try {
    await pipeline(Readable.fromWeb(request.body as NodeStream), parser, { signal: stop.signal });
  } catch {
    why ??= new Refusal('form_unreadable');
  }
  await Promise.all(kept);
  if (why !== null) throw why;
  return values;
}

function openParser(type: string): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: {
        fieldNameSize: 200,
        fieldSize: textBytesMax,
        fields: fieldsMax,
        files: filesMax,
        parts: fieldsMax + filesMax,
        headerPairs: 20,
      },
    });
  } catch {
    throw new Refusal('form_unreadable');
  }
}

async function keepFile(stream: Readable, path: string, bytesMax: number | null): Promise<number> {
  if (bytesMax === null) {
    stream.resume();
    throw new Refusal('unknown_field');
  }
  let count = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      if (count > bytesMax) done(tooLarge(bytesMax));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(stream, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code)))
      throw new Refusal('storage_full');
    throw error;
  }
  return count;
}

/** The refusal of a file over its limit, in whole megabytes. */
export function tooLarge(bytesMax: number): Refusal {
  return new Refusal('file_too_large', { megabytes: Math.floor(bytesMax / 1024 / 1024) });
}

/** Removes what uploads of a killed process left behind. */
async function sweep(folder: string): Promise<void> {
  const oldest = Date.now() - leftoverHoursMax * 3_600_000;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtimeMs < oldest) await rm(path, { force: true });
  }
}
