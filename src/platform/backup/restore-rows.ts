import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { damaged, type Manifest } from './format.ts';
import { type Member, readArchive } from './read-archive.ts';
import { quoted, type SnapshotTable, snapshotTables } from './snapshot-tables.ts';

/**
 * Copies an archive's rows into empty tables, in the caller's transaction. Foreign keys are taken off for the
 * while and put back, which checks every row against them; so are triggers, which have had their say when the
 * rows were first written, and row-level security, which COPY cannot write through.
 */
export async function restoreRows(client: pg.Client, path: string, manifest: Manifest): Promise<void> {
  const own = await snapshotTables(client);
  assertSameTables(own, manifest);
  const foreignKeys = await takeOff(client, own);
  await copyMembers(client, path, manifest);
  for (const { name, isHeldToFilm } of own) {
    await client.query(`alter table public.${quoted(name)} enable trigger user`);
    if (isHeldToFilm) await client.query(`alter table public.${quoted(name)} force row level security`);
  }
  for (const { table, name, definition } of foreignKeys)
    await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  await assertReferences(client);
}

/** What is checked a statement at a time where the program writes, and was not while its triggers were off. */
async function assertReferences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ reference: string }>(
    'select reference from broken_references() where broken > 0',
  );
  if (rows[0]) throw damaged(`rows/${rows[0].reference.replace(/_refers_to_.*/, '')}`);
}

function assertSameTables(own: readonly SnapshotTable[], { tables }: Manifest): void {
  const written = (list: readonly { name: string; columns: readonly string[] }[]): string =>
    list.map(({ name, columns }) => `${name}(${columns.join()})`).join('\n');
  if (written(own) !== written(tables)) throw damaged('manifest.json');
}

type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string };

async function takeOff(client: pg.Client, tables: readonly SnapshotTable[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
  for (const { table, name } of rows)
    await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
  for (const { name, isHeldToFilm } of tables) {
    await client.query(`delete from public.${quoted(name)}`);
    await client.query(`alter table public.${quoted(name)} disable trigger user`);
    if (isHeldToFilm) await client.query(`alter table public.${quoted(name)} no force row level security`);
  }
  return rows;
}

/** Members of one table follow each other; each run of them is one COPY. */
async function copyMembers(client: pg.Client, path: string, manifest: Manifest): Promise<void> {
  await client.query(`create temporary table waiting_job
    (identifier text, payload json, run_at timestamptz, max_attempts int, key text) on commit drop`);
  const columnsOf = new Map(manifest.tables.map(({ name, columns }) => [`public.${quoted(name)}`, columns]));
  const sums = new Map(manifest.members.map(({ name, sha256 }) => [name, sha256]));
  const rows = new Map<string, number>();
  const members = readArchive(path);
  try {
    let at = await nextRows(members);
    while (at !== null) {
      const { table } = at;
      const columns = columnsOf.get(table)?.map(quoted).join(', ');
      const into = columns === undefined ? table : `${table} (${columns})`;
      const copy = client.query(copyFrom(`copy ${into} from stdin with (format csv, header match)`));
      let next: Rows | null = at;
      const bytes = async function* (): AsyncGenerator<Buffer> {
        while (next?.table === table) {
          yield* next.member.bytes;
          if (next.member.sha256() !== sums.get(next.member.name)) throw damaged(next.member.name);
          next = await nextRows(members);
        }
      };
      await pipeline(bytes, copy);
      rows.set(table, copy.rowCount);
      at = next;
    }
  } finally {
    await members.return(undefined);
  }
  for (const { name, rows: expected } of manifest.tables)
    if ((rows.get(`public.${quoted(name)}`) ?? 0) !== expected) throw damaged(`rows/${name}`);
  await client.query(`select graphile_worker.add_job(identifier, payload, run_at => run_at,
    max_attempts => max_attempts, job_key => key) from waiting_job`);
}

type Rows = { readonly table: string; readonly member: Member };

async function nextRows(members: AsyncGenerator<Member>): Promise<Rows | null> {
  for (;;) {
    const { value, done } = await members.next();
    if (done) return null;
    if (value.what.kind === 'rows') return { table: `public.${quoted(value.what.table)}`, member: value };
    if (value.what.kind === 'jobs') return { table: 'waiting_job', member: value };
    if (value.what.kind === 'file') return null;
  }
}
