import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cloneDatabase } from '../../../tests/ground/database.ts';
import { migrate } from '../database/migrate.ts';
import { Refusal } from '../refusal.ts';
import { newId } from '../secrets.ts';
import { fileKey, openStorage, type Storage } from '../storage/index.ts';
import { restoreBackup, verifyBackup, writeBackup } from './index.ts';
import { bombMember, renamed, withHeadSum } from './test-archives.ts';
import { ask, everything, type Installation } from './test-installations.ts';

const now = Temporal.Instant.from('2026-11-03T12:00:00Z');
const program = '0.1.0';
const filmId = newId();
const picture = randomBytes(700_000);
const pictureHash = createHash('sha256').update(picture).digest('hex');

let folder: string;
let archive: string;
let source: Installation;
/** What stood in the source when the archive was made. */
let wanted: string;
const drops: (() => Promise<void>)[] = [];

/** As nasty as rows get: quotes, line ends, emptiness beside null, bytes, emoji, right to left. */
const nasty = 'say "no", \\N\r\n,;\t— ¡ñandú! 🎬 مرحبا';

/** A database that no program has been started on, as before a restore. */
async function emptyInstallation(): Promise<Installation> {
  const server = inject('server');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const asSuperuser = async (statement: string): Promise<void> => {
    await ask({ connection: { ...server, database: 'postgres' }, storage: source.storage }, statement);
  };
  await asSuperuser(`create database ${name} owner houselights`);
  drops.push(() => asSuperuser(`drop database ${name} with (force)`));
  const dataDir = await mkdtemp(join(folder, 'empty-'));
  const storage = openStorage({ dataDir, storage: null });
  return { connection: { ...server, user: 'houselights', database: name }, storage };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'houselights-backup-'));
  const { connection, drop } = await cloneDatabase();
  drops.push(drop);
  source = { connection, storage: openStorage({ dataDir: join(folder, 'source'), storage: null }) };
  await source.storage.put(fileKey(filmId, pictureHash), picture);
  await source.storage.put(`${filmId}/renderings/x-160.avif`, Buffer.from('made again when asked'));
  const [first, second] = [newId(), newId()];
  await ask(source, `insert into film (id, slug, is_front) values ($1, 'union', true)`, [filmId]);
  await ask(source, `insert into film_file values ($1, $2, 'image/png', $3, 10, 10, '#aabbcc', now())`, [
    filmId,
    pictureHash,
    picture.length,
  ]);
  for (const [at, [id, parent]] of [[first, null] as const, [second, first] as const].entries()) {
    await ask(source, `insert into film_revision values ($1, $2, $3, $4, $5, '{}', $6, now(), null)`, [
      filmId,
      id,
      at + 1,
      parent,
      JSON.stringify({ film: { title: nasty } }),
      nasty,
    ]);
  }
  await ask(source, `insert into film_publication values ($1, 1, $2, now(), '')`, [filmId, second]);
  await ask(source, `insert into film_preview values ($1, '\\x00ff10', $2, now(), $3, now())`, [
    filmId,
    second,
    nasty,
  ]);
  await ask(source, `insert into process_pulse values ($1, 'all', now(), now())`, [newId()]);
  await ask(source, `select add_job('send-mail', '{"mailId": "7"}', '2026-11-05 10:00+00', 'mail:7')`);
  archive = join(folder, 'union.tar.gz');
});

afterAll(async () => {
  for (const drop of drops) await drop();
  await rm(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('is one archive that only its owner may read, and the installation knows when it was made', async () => {
    const made = await writeBackup(source, archive, { now, program });
    const { mode, size } = await stat(archive);
    expect(mode & 0o777).toBe(0o600);
    expect(made).toMatchObject({ files: 1, sizeBytes: size });
    const [fact] = await ask<{ at: Date }>(
      source,
      `select at from installation_fact where name = 'last_backup'`,
    );
    expect(fact?.at.toISOString()).toBe('2026-11-03T12:00:00.000Z');
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    wanted = await everything(source);
  });

  it('can be read by tar and any spreadsheet, and holds no rendering and nobody’s session', async () => {
    const manifest = await verifyBackup(archive);
    const names = manifest.members.map(({ name }) => name);
    expect(names).toContain(`files/${filmId}/${pictureHash}`);
    expect(names.filter((name) => name.includes('rendering'))).toEqual([]);
    const tables = manifest.tables.map(({ name }) => name);
    expect(tables).toContain('person');
    for (const name of ['session', 'verification', 'process_pulse', 'migration'])
      expect(tables).not.toContain(name);
    const { execFileSync } = await import('node:child_process');
    const rows = execFileSync('tar', ['-xzOf', archive, 'rows/film/00001.csv']).toString();
    expect(rows).toMatch(`id,slug,is_front,created_at,is_demo\n${filmId},union,t,`);
  });

  it('brings the same rows, files and waiting jobs into an empty installation', async () => {
    const target = await emptyInstallation();
    expect(await restoreBackup(target, archive, now)).toMatchObject({ files: 1 });
    expect(await everything(target)).toBe(wanted);
    expect((await target.storage.get(fileKey(filmId, pictureHash)))?.equals(picture)).toBe(true);
    const jobs = `select identifier, payload::text, run_at, key from graphile_worker._private_jobs jobs
      join graphile_worker._private_tasks tasks on tasks.id = task_id`;
    expect(await ask(target, jobs)).toEqual(await ask(source, jobs));
  });

  it('leaves keys, triggers and row-level security as the migrations made them', async () => {
    const target = await emptyInstallation();
    await restoreBackup(target, archive, now);
    const shape = `
      select 'key', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text
        from pg_constraint where connamespace = 'public'::regnamespace
      union all select 'table', relname, relrowsecurity::text, relforcerowsecurity::text, relacl::text
        from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      union all select 'trigger', tgrelid::regclass::text, tgname, tgenabled::text, ''
        from pg_trigger where not tgisinternal order by 1, 2, 3`;
    expect(await ask(target, shape)).toEqual(await ask(source, shape));
    const sequences = `select count(*)::int as found from pg_class
      where relkind = 'S' and relnamespace = 'public'::regnamespace`;
    expect(await ask(target, sequences), 'a sequence would start anew after a restore').toEqual([
      { found: 0 },
    ]);
  });

  it('is made while others write, and holds one moment of all tables', async () => {
    let stop = false;
    const write = async (): Promise<void> => {
      const client = new pg.Client(source.connection);
      await client.connect();
      while (!stop) {
        const id = newId();
        await client.query('begin');
        await client.query(`insert into film (id, slug) values ($1, $2)`, [id, `film-${id}`]);
        await client.query(
          `insert into audit (film_id, id, at, person_name, action, subject) values ($1, $2, now(), '', 'a', 's')`,
          [id, newId()],
        );
        await client.query('commit');
      }
      await client.end();
    };
    const writing = write();
    const path = join(folder, 'busy.tar.gz');
    await writeBackup(source, path, { now, program });
    stop = true;
    await writing;
    const target = await emptyInstallation();
    await restoreBackup(target, path, now);
    const [counted] = await ask<{ films: number; lines: number }>(
      target,
      `select (select count(*)::int from film) as films, (select count(*)::int from audit) as lines`,
    );
    expect(counted?.films).toBe((counted?.lines ?? 0) + 1);
  });

  it('fails by name when a file is gone or changed, and leaves no archive', async () => {
    const key = fileKey(filmId, pictureHash);
    const path = join(folder, 'never.tar.gz');
    await source.storage.remove(key);
    await expect(writeBackup(source, path, { now, program })).rejects.toEqual(
      new Refusal('file_missing', { path: key }),
    );
    await source.storage.put(key, Buffer.alloc(picture.length));
    await expect(writeBackup(source, path, { now, program })).rejects.toThrow('archive_damaged');
    await source.storage.put(key, picture);
    expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([]);
  });

  it('never writes over an older one', async () => {
    await expect(writeBackup(source, archive, { now, program })).rejects.toThrow('archive_exists');
  });
});

describe('a restore', () => {
  it('refuses an installation in which anything is', async () => {
    const { connection, drop } = await cloneDatabase();
    drops.push(drop);
    const target = { connection, storage: source.storage };
    await ask(target, `insert into film (id, slug) values ($1, 'other')`, [newId()]);
    await expect(restoreBackup(target, archive, now)).rejects.toEqual(
      new Refusal('installation_not_empty', { table: 'film' }),
    );
  });

  it('goes into an installation of the same version that was started and not used', async () => {
    const target = await emptyInstallation();
    await migrate(target.connection);
    await ask(target, `insert into installation_fact values ('started', 'true', now())`);
    await restoreBackup(target, archive, now);
    expect(await everything(target)).toBe(wanted);
  });

  it('refuses archives that are cut, changed, foreign or made to unfold without end, and does nothing', async () => {
    const bytes = await readFile(archive);
    const plain = gunzipSync(bytes);
    const at = plain.indexOf('union,t');
    const changed = Buffer.from(plain);
    changed.write('onion', at);
    const link = Buffer.from(plain);
    link[156] = 0x32;
    const corpus: Record<string, Buffer> = {
      empty: Buffer.alloc(0),
      text: Buffer.from('not an archive'),
      'cut in the middle': bytes.subarray(0, bytes.length / 2),
      'cut at the end': bytes.subarray(0, -5),
      'cut between members': gzipSync(plain.subarray(0, 1024)),
      'a changed byte': gzipSync(changed),
      'a flipped bit': Buffer.from(bytes).fill(0x55, bytes.length - 4_000, bytes.length - 3_990),
      'a symbolic link': gzipSync(link),
      'a path that leads out': gzipSync(renamed(plain, '../../etc/cron.d/x')),
      'a bomb': gzipSync(Buffer.concat([plain.subarray(0, -1024), bombMember(400 * 1024 ** 2)])),
      'a member twice': gzipSync(Buffer.concat([plain.subarray(0, 1024), plain])),
    };
    const target = await emptyInstallation();
    for (const [name, body] of Object.entries(corpus)) {
      const path = join(folder, 'bad.tar.gz');
      await writeFile(path, body);
      await expect(restoreBackup(target, path, now), name).rejects.toThrow(/archive_(damaged|foreign)/);
    }
    const [made] = await ask(target, `select to_regclass('public.film') as film`);
    expect(made).toEqual({ film: null });
    await restoreBackup(target, archive, now);
  });

  it('S17 refuses any name that we do not write', async () => {
    const plain = gunzipSync(await readFile(archive));
    for (const name of [
      '/etc/passwd',
      'files/../x',
      'rows/Film/00001.csv',
      'rows/film;drop/00001.csv',
      'x',
    ]) {
      const path = join(folder, 'named.tar.gz');
      await writeFile(path, gzipSync(renamed(plain, name)));
      await expect(verifyBackup(path), name).rejects.toThrow(/archive_(damaged|foreign)/);
    }
  });

  it('takes everything back when the last step fails: no row and no file stays', async () => {
    const target = await emptyInstallation();
    const broken: Storage = {
      ...target.storage,
      putFile: async (key, path) => {
        await target.storage.putFile(key, path);
        throw new Refusal('storage_full');
      },
    };
    await expect(restoreBackup({ ...target, storage: broken }, archive, now)).rejects.toThrow('storage_full');
    expect(await target.storage.get(fileKey(filmId, pictureHash))).toBeNull();
    expect(await ask(target, 'select * from film')).toEqual([]);
    await restoreBackup(target, archive, now);
  });

  it('refuses an archive of a newer program', async () => {
    const plain = gunzipSync(await readFile(archive)).toString('latin1');
    const newest = /"migration": (\d+)/.exec(plain)?.[1] ?? '';
    const newer = plain.replaceAll(`"migration": ${newest}`, `"migration": ${'9'.repeat(newest.length)}`);
    const path = join(folder, 'newer.tar.gz');
    const body = Buffer.from(newer, 'latin1');
    await writeFile(path, gzipSync(withHeadSum(body)));
    await expect(restoreBackup(await emptyInstallation(), path, now)).rejects.toThrow('archive_newer');
  });
});
