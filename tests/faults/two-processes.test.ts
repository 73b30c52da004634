import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { good, plainJpeg } from '../ground/film-folders.ts';
import { newInstallation, type Program } from '../ground/program.ts';

const installation = await newInstallation();
const folder = mkdtempSync(join(tmpdir(), 'houselights-two-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function publish(title: string): Promise<void> {
  const film = good();
  Object.assign(film.film, { title });
  mkdirSync(join(folder, 'media'), { recursive: true });
  writeFileSync(join(folder, 'media/hero.jpg'), await plainJpeg());
  writeFileSync(join(folder, 'film.yaml'), JSON.stringify(film));
  const done = await installation.command(['import', folder, '--publish']);
  expect(done.err).toBe('');
  expect(done.code).toBe(0);
}

const titleAt = async ({ url }: Program) =>
  /<title>([^<]*)/.exec(await (await fetch(`${url}/films/good`)).text())?.[1];
const bothSay = (programs: readonly Program[], title: string) =>
  vi.waitFor(async () => {
    for (const program of programs) expect(await titleAt(program)).toContain(title);
  }, 20_000);

describe('two processes on one database', () => {
  it('both serve what a third has published, also after their lines to the database were cut', async () => {
    const programs = [
      await installation.start({ ROLE: 'web' }, ['--no-example']),
      await installation.start({}, ['--no-example']),
    ];
    await publish('FIRST');
    await bothSay(programs, 'FIRST');
    // Asked twice, the page comes from memory; the next publication must still be seen.
    await bothSay(programs, 'FIRST');
    await publish('SECOND');
    await bothSay(programs, 'SECOND');
    const client = new pg.Client(installation.settings.DATABASE_URL);
    await client.connect();
    const cut = await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
    expect(cut.rowCount).toBeGreaterThan(3);
    await publish('THIRD');
    await bothSay(programs, 'THIRD');
    const codes = await Promise.all(programs.map((program) => program.stop()));
    expect(codes).toEqual([0, 0]);
  }, 180_000);
});

describe('a start that cannot be', () => {
  it('ends with every wrong setting by name, and none of their values', async () => {
    const canary = 'canary-value';
    const done = await installation.command(['start'], {
      PORT: canary,
      SMTP_URL: `http://${canary}`,
      STORAGE_URL: `s3://key:${canary}@host`,
      PROXIES: canary,
      PUBLIC_URL: canary,
    });
    expect(done.code).toBe(1);
    for (const name of ['PORT', 'SMTP_URL', 'MAIL_FROM', 'STORAGE_URL', 'PROXIES', 'PUBLIC_URL'])
      expect(done.err).toContain(`${name}: expected`);
    expect(done.out + done.err).not.toContain(canary);
  });

  it('says which setting leads nowhere when the database does not answer, and keeps its password', async () => {
    const done = await installation.command(['start'], {
      DATABASE_URL: 'postgres://film:canary-value@127.0.0.1:1/union',
    });
    expect(done.code).toBe(1);
    expect(done.err).toContain('DATABASE_URL');
    expect(done.out + done.err).not.toContain('canary-value');
  });

  it('says that DATA_DIR cannot be written', async () => {
    writeFileSync(join(folder, 'plain'), '');
    const done = await installation.command(['start'], { DATA_DIR: join(folder, 'plain', 'data') });
    expect(done.code).toBe(1);
    expect(done.err).toContain('DATA_DIR');
  });

  it('A13 names the isolation that it needs, and how the database gets it', async () => {
    const strict = await newInstallation();
    const client = new pg.Client(strict.connection);
    await client.connect();
    await client.query(
      `alter database ${strict.connection.database} set default_transaction_isolation = 'serializable'`,
    );
    await client.end();
    for (const args of [['start'], ['import', folder], ['demo']]) {
      const done = await strict.command(args);
      expect([args, done.code]).toEqual([args, 1]);
      expect(done.err).toContain("set default_transaction_isolation = 'read committed'");
    }
  });
});
