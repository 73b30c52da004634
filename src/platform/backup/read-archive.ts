import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { damaged, type MemberKind, memberKind } from './format.ts';

/** One member of an archive. Its bytes come once, in order, before the next member. */
export type Member = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly what: MemberKind;
  readonly bytes: AsyncIterable<Buffer>;
  /** The hash of all its bytes; known when they have been read. */
  sha256(): string;
};

const block = 512;
const membersMax = 5_000_000;
// Real rows compress some 20 to 1. An archive that unfolds far beyond that is made to fill a disk.
const ratioMax = 250;
const freeBytes = 64 * 1024 ** 2;

/**
 * Reads the members of a .tar.gz that a backup has written, with bounded memory whatever the file holds: only
 * plain files with names of ours, no links, no long headers, no bytes beyond the ratio.
 * @throws Refusal `archive_damaged` naming where
 */
export async function* readArchive(path: string): AsyncGenerator<Member> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  const reader = blockReader(limited(source.pipe(gunzip), () => source.bytesRead));
  const seen = new Set<string>();
  let hasEnded = false;
  try {
    for (;;) {
      const header = await reader.take(block, '(header)');
      if (header === null) return;
      // The end is written as zeros; reading on to the last byte lets the compression check its own sum.
      if (header.every((byte) => byte === 0)) {
        hasEnded = true;
        continue;
      }
      if (hasEnded) throw damaged('(bytes after the end)');
      const { name, sizeBytes } = parseHeader(header);
      if (seen.has(name) || seen.size >= membersMax) throw damaged(name);
      seen.add(name);
      const hash = createHash('sha256');
      const member = {
        name,
        sizeBytes,
        what: memberKind(name, sizeBytes),
        bytes: reader.body(name, sizeBytes, (chunk) => hash.update(chunk)),
        sha256: () => hash.digest('hex'),
      };
      yield member;
      for await (const _rest of member.bytes);
      await reader.take((block - (sizeBytes % block)) % block, name);
    }
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* limited(bytes: Readable, compressed: () => number): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > freeBytes + compressed() * ratioMax) throw damaged('(it unfolds without end)');
      yield chunk;
    }
  } catch (error) {
    throw isBrokenZip(error) ? damaged('(compression)') : error;
  }
}

/** Hands out exact numbers of bytes of a stream that comes in chunks of any size. */
function blockReader(chunks: AsyncGenerator<Buffer>) {
  let rest: Buffer = Buffer.alloc(0);
  /** Up to `most` bytes, at least one; null at the end. */
  const some = async (most: number): Promise<Buffer | null> => {
    while (rest.length === 0) {
      const next = await chunks.next();
      if (next.done) return null;
      rest = next.value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    return taken;
  };
  return {
    async take(count: number, where: string): Promise<Buffer | null> {
      const parts: Buffer[] = [];
      for (let left = count; left > 0; ) {
        const part = await some(left);
        if (part === null && parts.length === 0 && count === block) return null;
        if (part === null) throw damaged(where);
        parts.push(part);
        left -= part.length;
      }
      return Buffer.concat(parts);
    },
    async *body(name: string, sizeBytes: number, note: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
      for (let left = sizeBytes; left > 0; ) {
        const chunk = await some(left);
        if (chunk === null) throw damaged(name);
        left -= chunk.length;
        note(chunk);
        yield chunk;
      }
    },
  };
}

/** A POSIX ustar header: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function parseHeader(header: Buffer): { name: string; sizeBytes: number } {
  const text = (from: number, length: number): string => {
    const field = header.subarray(from, from + length);
    const end = field.indexOf(0);
    return field.subarray(0, end === -1 ? length : end).toString('latin1');
  };
  const octal = (from: number, length: number): number => {
    const digits = text(from, length).trim();
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
  };
  const prefix = text(345, 155);
  const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
  const sizeBytes = octal(124, 12);
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  const isPlainFile = header[156] === 0x30 || header[156] === 0;
  if (text(257, 5) !== 'ustar' || octal(148, 8) !== sum || !isPlainFile || Number.isNaN(sizeBytes))
    throw damaged(name === '' ? '(header)' : name);
  return { name, sizeBytes };
}

function isBrokenZip(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /^Z_|^ERR_TRAILING|^ERR_STREAM_PREMATURE/.test(String(error.code))
  );
}
