import { stat } from 'node:fs/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Temporal } from 'temporal-polyfill';
import { Refusal } from '../refusal.ts';
import { fileKey, type Storage } from '../storage/index.ts';
import {
  fileName,
  formatVersion,
  type Head,
  headName,
  jobsName,
  type Manifest,
  manifestName,
  partBytes,
  rowsName,
} from './format.ts';
import {
  migrationNumber,
  plainText,
  quoted,
  type SnapshotTable,
  snapshotTables,
  waitingJobs,
} from './snapshot-tables.ts';
import { verifyBackup } from './verify-backup.ts';
import { type ArchiveWriter, writeArchive } from './write-archive.ts';

export type BackupMade = {
  readonly sizeBytes: number;
  readonly rows: number;
  readonly files: number;
  readonly migration: number;
};

/**
 * Writes the whole installation into one archive while it runs: rows and files as of one moment. Reads the
 * archive back before it gets its name, and notes in the installation when that was.
 * @param connection as the owner of the database
 * @throws Refusal `archive_exists`, `storage_full`, `file_missing` (naming the file), `not_started`
 */
export async function writeBackup(
  { connection, storage }: { connection: pg.ClientConfig; storage: Storage },
  target: string,
  { now, program }: { now: Temporal.Instant; program: string },
): Promise<BackupMade> {
  const client = new pg.Client({ ...connection, application_name: 'houselights backup' });
  client.on('error', () => {});
  await client.connect();
  let made: Manifest | null = null;
  try {
    // One snapshot for all tables; read-only and without locks that would keep anybody waiting.
    await client.query(`${plainText}; begin isolation level repeatable read read only`);
    await writeArchive(
      target,
      async (archive) => {
        made = await fillArchive(client, storage, archive, { now, program });
      },
      async (path) => void (await verifyBackup(path)),
    );
    await client.query('commit');
    if (made === null) throw new Error('the archive was not filled');
    return await noteBackup(client, made, target, now);
  } finally {
    await client.end();
  }
}

async function fillArchive(
  client: pg.Client,
  storage: Storage,
  archive: ArchiveWriter,
  { now, program }: { now: Temporal.Instant; program: string },
): Promise<Manifest> {
  const migration = await migrationNumber(client);
  if (migration === 0) throw new Refusal('not_started');
  const head: Head = { format: formatVersion, program, migration, madeAt: now.toString() };
  await archive.add(headName, jsonOf(head));
  const tables: Manifest['tables'] = [];
  for (const table of await snapshotTables(client)) {
    const rows = await copyParts(client, archive, selectAll(table), (at) => rowsName(table.name, at));
    tables.push({ name: table.name, columns: [...table.columns], rows });
  }
  const jobs = await copyParts(client, archive, waitingJobs, jobsName);
  const files = await addFiles(client, storage, archive);
  const manifest: Manifest = { ...head, tables, jobs, files, members: [...archive.sums] };
  await archive.add(manifestName, jsonOf(manifest));
  return manifest;
}

function selectAll({ name, columns }: SnapshotTable): string {
  return `select ${columns.map(quoted).join(', ')} from public.${quoted(name)}`;
}

const jsonOf = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

/** Copies a query's rows as CSV, cut anywhere into parts that make the whole when joined. */
async function copyParts(
  client: pg.Client,
  archive: ArchiveWriter,
  query: string,
  nameOf: (at: number) => string,
): Promise<number> {
  const stream = client.query(copyTo(`copy (${query}) to stdout with (format csv, header)`));
  let chunks: Buffer[] = [];
  let bytes = 0;
  let at = 0;
  const addPart = async (): Promise<void> => {
    at += 1;
    await archive.add(nameOf(at), Buffer.concat(chunks));
    chunks = [];
    bytes = 0;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= partBytes) await addPart();
  }
  if (bytes > 0) await addPart();
  return stream.rowCount;
}

/** The snapshot says which files there are. Their bytes never change and are never removed under a row. */
async function addFiles(client: pg.Client, storage: Storage, archive: ArchiveWriter): Promise<number> {
  type Row = { film_id: string; sha256: string; size_bytes: string };
  const { rows } = await client.query<Row>(
    'select film_id, sha256, size_bytes from film_file order by film_id, sha256',
  );
  for (const { film_id: filmId, sha256, size_bytes } of rows) {
    const key = fileKey(filmId, sha256);
    const sizeBytes = await storage.sizeBytes(key);
    const stream = sizeBytes === Number(size_bytes) ? await storage.stream(key) : null;
    if (stream === null) throw new Refusal('file_missing', { path: key });
    await archive.addStream(fileName(filmId, sha256), stream, { sizeBytes: Number(size_bytes), sha256 });
  }
  return rows.length;
}

async function noteBackup(
  client: pg.Client,
  manifest: Manifest,
  target: string,
  now: Temporal.Instant,
): Promise<BackupMade> {
  const made: BackupMade = {
    sizeBytes: (await stat(target)).size,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    files: manifest.files,
    migration: manifest.migration,
  };
  await client.query(
    `insert into installation_fact (name, value, at) values ('last_backup', $1, $2)
     on conflict (name) do update set value = excluded.value, at = excluded.at`,
    [JSON.stringify(made), now.toString()],
  );
  return made;
}
