import { z } from 'zod';
import { Refusal } from '../refusal.ts';

/** Raised when an older program could not read what we write. */
export const formatVersion = 1;

export const headName = 'houselights-backup.json';
export const manifestName = 'manifest.json';

/** Rows are cut into parts of about this size, so that neither side ever holds more of them. */
export const partBytes = 8 * 1024 ** 2;
const rowBytesMax = 256 * 1024 ** 2;
const manifestBytesMax = 128 * 1024 ** 2;
/** As much as a store takes in one put. */
const fileBytesMax = 5 * 1024 ** 3;

const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

/** What stands first in an archive: enough to refuse a foreign one at once. */
export const headSchema = z.strictObject({
  format: z.literal(formatVersion),
  program: z.string().max(60),
  /** The number of the newest migration. */
  migration: count,
  madeAt: z.string().max(40),
});
export type Head = z.infer<typeof headSchema>;

/** What stands last: every member with its hash, so that nothing is missing, added or changed. */
export const manifestSchema = headSchema.extend({
  tables: z.array(z.strictObject({ name: identifier, columns: z.array(identifier).min(1), rows: count })),
  jobs: count,
  files: count,
  members: z.array(z.strictObject({ name: z.string().max(200), sizeBytes: count, sha256: hash })),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type MemberSum = Manifest['members'][number];

export type MemberKind =
  | { readonly kind: 'head' | 'manifest' | 'jobs' }
  | { readonly kind: 'rows'; readonly table: string }
  | { readonly kind: 'file'; readonly key: string; readonly sha256: string };

const part = (at: number): string => `${String(at).padStart(5, '0')}.csv`;
export const rowsName = (table: string, at: number): string => `rows/${table}/${part(at)}`;
export const jobsName = (at: number): string => `jobs/${part(at)}`;
export const fileName = (filmId: string, sha256: string): string => `files/${filmId}/${sha256}`;

const rowsShape = /^rows\/([a-z][a-z0-9_]{0,62})\/\d{5}\.csv$/;
const fileShape = /^files\/([0-9a-f-]{36})\/([0-9a-f]{64})$/;

/**
 * What a member is, by its name. Names that we do not write are refused, so none can lead out of a folder.
 * @throws Refusal `archive_damaged`
 */
export function memberKind(name: string, sizeBytes: number): MemberKind {
  const limited = (kind: MemberKind, max: number): MemberKind => {
    if (sizeBytes > max) throw damaged(name);
    return kind;
  };
  if (name === headName) return limited({ kind: 'head' }, 10_000);
  if (name === manifestName) return limited({ kind: 'manifest' }, manifestBytesMax);
  if (/^jobs\/\d{5}\.csv$/.test(name)) return limited({ kind: 'jobs' }, partBytes + rowBytesMax);
  const [, table] = rowsShape.exec(name) ?? [];
  if (table !== undefined) return limited({ kind: 'rows', table }, partBytes + rowBytesMax);
  const [, filmId, sha256] = fileShape.exec(name) ?? [];
  if (filmId !== undefined && sha256 !== undefined)
    return limited({ kind: 'file', key: `${filmId}/files/${sha256}`, sha256 }, fileBytesMax);
  throw damaged(name);
}

/** The member's name is quoted only as far as it is printable: an archive may come from anywhere. */
export function damaged(member: string): Refusal {
  return new Refusal('archive_damaged', { member: member.replace(/[^\x20-\x7e]/g, '?').slice(0, 120) });
}
