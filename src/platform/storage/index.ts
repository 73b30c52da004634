import type { Readable } from 'node:stream';

export { keepMade } from './keep-made.ts';
export { openStorage } from './open-storage.ts';

/** Part of a file: both ends included, as in an HTTP Range. */
export type ByteRange = { readonly first: number; readonly last: number };

/**
 * Where bytes lie: a folder or an S3-compatible bucket. A key is made by us (`<film id>/files/<sha256>`),
 * never by a visitor. What `put` has answered for is whole and on disk; a reader never sees half a file.
 */
export type Storage = {
  readonly kind: 'disk' | 's3';
  put(key: string, bytes: Buffer): Promise<void>;
  /** Stores a file of the local disk, for what is too large to hold in memory; the file is left where it is. */
  putFile(key: string, path: string): Promise<void>;
  /** null where nothing is stored under the key. */
  get(key: string): Promise<Buffer | null>;
  stream(key: string, range?: ByteRange): Promise<Readable | null>;
  sizeBytes(key: string): Promise<number | null>;
  remove(key: string): Promise<void>;
  list(prefix: string): AsyncIterable<string>;
  /** Writes, reads and removes a probe; null when all went well, otherwise what went wrong in plain words. */
  whyNotWritable(): Promise<string | null>;
};

export const fileKey = (filmId: string, sha256: string): string => `${filmId}/files/${sha256}`;
export const renderingKey = (filmId: string, sha256: string, width: number, format: string): string =>
  `${filmId}/renderings/${sha256}-${width}.${format}`;
