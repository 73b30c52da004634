import { copyFileSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyBackup } from '../../src/platform/backup/index.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { programRoot } from '../../src/platform/root.ts';
import { newSecret } from '../../src/platform/secrets.ts';
import { emptyDatabase } from '../ground/database.ts';
import { type Installation, newInstallation, type Program } from '../ground/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'houselights-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const migrations = readdirSync(join(programRoot, 'migrations')).sort();

async function ask<Row extends pg.QueryResultRow>(
  connection: pg.ClientConfig,
  statement: string,
): Promise<Row[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** A moment between two shares of the time that the whole takes. */
const between = (wholeMs: number, from: number, to: number) =>
  AbortSignal.timeout(Math.round(wholeMs * (from + Math.random() * (to - from))));

/** The killed process's sessions end when the server notices. */
const untilAlone = (connection: pg.ClientConfig) =>
  vi.waitFor(
    async () =>
      expect(
        await ask(
          connection,
          'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        ),
      ).toEqual([]),
    { timeout: 20_000, interval: 50 },
  );

/** A folder with the first so many migrations. */
function firstMigrations(count: number): string {
  const some = mkdtempSync(join(folder, 'migrations-'));
  for (const name of migrations.slice(0, count))
    copyFileSync(join(programRoot, 'migrations', name), join(some, name));
  return some;
}

/** Everything that migrations make: tables, columns, rules, indexes, policies, functions, triggers, rights. */
const shapeOf = (connection: pg.ClientConfig) =>
  ask(
    connection,
    `with ours as (select oid, relname, relrowsecurity, relforcerowsecurity, relacl from pg_class
                    where relnamespace = 'public'::regnamespace and relname !~ '^migration')
     select 'table' as kind, relname::text as name, concat(relrowsecurity, relforcerowsecurity, relacl::text) as shape from ours
     union all select 'column', concat(relname, '.', attname), concat(format_type(atttypid, atttypmod), attnotnull) from ours
       join pg_attribute on attrelid = ours.oid where attnum > 0 and not attisdropped
     union all select 'rule', conname::text, pg_get_constraintdef(pg_constraint.oid) from ours join pg_constraint on conrelid = ours.oid
     union all select 'policy', polname::text, concat(pg_get_expr(polqual, polrelid), relname) from ours join pg_policy on polrelid = ours.oid
     union all select 'trigger', tgname::text, pg_get_triggerdef(pg_trigger.oid) from ours join pg_trigger on tgrelid = ours.oid where not tgisinternal
     union all select 'function', proname::text, md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
     order by 1, 2, 3`,
  );

describe('a start that is killed while it migrates', () => {
  const shapes: unknown[] = [];
  beforeAll(async () => {
    for (let count = 0; count <= migrations.length; count += 1) {
      const { connection, drop } = await emptyDatabase();
      if (count > 0) await migrate(connection, firstMigrations(count));
      shapes.push(await shapeOf(connection));
      await drop();
    }
  });

  const applied = async (connection: pg.ClientConfig) => {
    const [there] = await ask<{ yes: boolean }>(
      connection,
      `select to_regclass('public.migration') is not null as yes`,
    );
    if (!there?.yes) return 0;
    return (await ask<{ n: number }>(connection, 'select count(*)::int as n from migration'))[0]?.n ?? 0;
  };

  async function isWholeAndGoesOn({ connection, start }: Installation): Promise<void> {
    await untilAlone(connection);
    expect(await shapeOf(connection)).toEqual(shapes[await applied(connection)]);
    const program = await start({}, ['--no-example']);
    expect(await applied(connection)).toBe(migrations.length);
    expect(await shapeOf(connection)).toEqual(shapes.at(-1));
    expect(await program.stop()).toBe(0);
  }

  it('in the midst of one has nothing of it, and the next start completes it', async () => {
    const installation = await newInstallation(emptyDatabase);
    await migrate(installation.connection, firstMigrations(1));
    // Somebody reads on in the film's table: the second migration, which points at it, waits half-way.
    const reader = new pg.Client(installation.connection);
    await reader.connect();
    await reader.query('begin; lock table film in row exclusive mode');
    const kill = new AbortController();
    const killed = installation.killed(['start', '--no-example'], kill.signal);
    const waiting = () =>
      ask<{ pid: number }>(
        installation.connection,
        `select pid from pg_stat_activity where application_name = 'houselights migrations' and wait_event_type = 'Lock'`,
      );
    await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), 30_000);
    kill.abort();
    expect((await killed).code).toBeNull();
    await reader.query('rollback');
    await reader.end();
    await untilAlone(installation.connection);
    expect(await applied(installation.connection)).toBe(1);
    await isWholeAndGoesOn(installation);
  }, 120_000);

  it('at any moment has whole migrations only, and the next start does the rest', async () => {
    const measured = await newInstallation(emptyDatabase);
    const began = performance.now();
    await (await measured.start({}, ['--no-example'])).stop();
    const wholeMs = performance.now() - began;
    for (let round = 0; round < 6; round += 1) {
      const installation = await newInstallation(emptyDatabase);
      await installation.killed(['start', '--no-example'], between(wholeMs, 0.2, 0.8));
      await isWholeAndGoesOn(installation);
    }
  }, 240_000);
});

describe('a backup and its restore', () => {
  let lived: Installation;
  let program: Program;
  let archive: string;
  let wholeMs: number;
  const page = async ({ url }: Program) => (await (await fetch(url)).text()).replaceAll(url, 'here');
  const entries = (at: string) => readdirSync(at).sort();

  beforeAll(async () => {
    lived = await newInstallation();
    program = await lived.start();
    archive = join(folder, 'whole.tar.gz');
    const began = performance.now();
    expect(await lived.command(['backup', archive])).toMatchObject({ code: 0 });
    wholeMs = performance.now() - began;
  });

  it('a backup that is killed at any moment leaves a whole archive or none, and nothing for ever', async () => {
    const at = mkdtempSync(join(folder, 'backups-'));
    for (let round = 0; round < 8; round += 1) {
      const target = join(at, `${round}.tar.gz`);
      await lived.killed(['backup', target], between(wholeMs, 0.3, 1));
      if (entries(at).includes(`${round}.tar.gz`)) await verifyBackup(target);
      else expect(await lived.command(['backup', target])).toMatchObject({ code: 0 });
    }
    // Two days later the halves are nobody's work any more; somebody else's file stays.
    writeFileSync(join(at, `.cut.tar.gz.${newSecret()}.part`), 'half an archive');
    const halves = entries(at).filter((name) => name.endsWith('.part'));
    const before = Date.now() / 1_000 - 2 * 86_400;
    for (const name of halves) utimesSync(join(at, name), before, before);
    copyFileSync(archive, join(at, '.mine.part'));
    utimesSync(join(at, '.mine.part'), before, before);
    expect(await lived.command(['backup', join(at, 'last.tar.gz')])).toMatchObject({ code: 0 });
    expect(entries(at).filter((name) => name.endsWith('.part'))).toEqual(['.mine.part']);
  }, 240_000);

  it('a restore that is killed at any moment is whole or can be done again', async () => {
    const wanted = await page(program);
    const measured = await newInstallation(emptyDatabase);
    const began = performance.now();
    expect(await measured.command(['restore', archive])).toMatchObject({ code: 0 });
    const restoreMs = performance.now() - began;
    for (let round = 0; round < 7; round += 1) {
      const target = await newInstallation(emptyDatabase);
      await target.killed(['restore', archive], between(restoreMs, 0.3, 1));
      await untilAlone(target.connection);
      const again = await target.command(['restore', archive]);
      if (again.code !== 0) expect(again.err).toMatch(/not empty/);
      const restored = await target.start({}, ['--no-example']);
      expect(await page(restored)).toBe(wanted);
      expect(await restored.stop()).toBe(0);
    }
  }, 300_000);
});
