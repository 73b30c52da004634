import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, expect, inject } from 'vitest';
import { stringify } from 'yaml';
import { type Imported, importFolder } from '../../src/faces/folder/import-folder.ts';
import { FolderRefused, type Problem } from '../../src/faces/folder/places.ts';
import { commandLine } from '../../src/platform/audit/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { diskStorage } from '../../src/platform/storage/disk.ts';
import type { Storage } from '../../src/platform/storage/index.ts';

type Parts = { [key: string]: unknown };
/** Bytes, or a symbolic link to somewhere. */
export type Content = string | Buffer | { readonly to: string };
export type GoodFilm = { houselights: number; film: Parts; screenings: Parts[]; [key: string]: unknown };

/** A film that is good in every part; tests spoil one part of it. */
export const good = (): GoodFilm => ({
  houselights: 1,
  film: {
    slug: 'good',
    title: 'GOOD',
    site_languages: ['en'],
    timezone: 'America/New_York',
    currency: 'USD',
    hero: { image: 'media/hero.jpg', alt: 'People at a table' },
  },
  screenings: [screening(0)],
});

export const screening = (at: number): Parts => ({
  slug: `screening-${at}`,
  kind: 'community',
  venue: { name: `Hall ${at}`, city: 'Seattle', country: 'US', timezone: 'America/Los_Angeles' },
  starts_at: '2024-11-03T16:00',
  state: 'past',
});

export const plainJpeg = (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#b3261e' } })
    .jpeg()
    .toBuffer();

export type FilmFolders = {
  readonly scratch: string;
  readonly storage: Storage;
  /** Writes a folder with this film.yaml and these files; media/hero.jpg is always there. */
  folder(yaml: unknown, media?: { readonly [path: string]: Content }): string;
  importIt(at: string): Promise<Imported>;
  /** Tries to import a folder that is refused, and makes sure that nothing of it stays. */
  refused(at: string): Promise<readonly Problem[]>;
};

/** Folders to import into a database, gone when the test file is done. */
export async function filmFolders(database: Database): Promise<FilmFolders> {
  const scratch = mkdtempSync(join(tmpdir(), 'houselights-folders-'));
  const files = join(scratch, 'files');
  const storage = diskStorage(files);
  const jpeg = await plainJpeg();
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const importIt = (at: string) =>
    importFolder({ db: database.kysely, storage, clock: systemClock }, commandLine, at, { publish: true });
  const everything = async () => ({
    rows: await rowsOfEveryTable(database),
    stored: (await readdir(files, { recursive: true }).catch(() => [])).sort(),
  });
  let count = 0;
  return {
    scratch,
    storage,
    importIt,
    folder(yaml, media = {}) {
      count += 1;
      const at = join(scratch, `folder-${count}`);
      for (const name of ['media', 'captions']) mkdirSync(join(at, name), { recursive: true });
      const isText = typeof yaml === 'string' || Buffer.isBuffer(yaml);
      writeFileSync(join(at, 'film.yaml'), isText ? yaml : stringify(yaml));
      const all: { readonly [path: string]: Content } = { 'media/hero.jpg': jpeg, ...media };
      for (const [path, content] of Object.entries(all)) {
        if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(join(at, path), content);
        else symlinkSync(content.to, join(at, path));
      }
      return at;
    },
    async refused(at) {
      const before = await everything();
      try {
        await importIt(at);
      } catch (error) {
        if (!(error instanceof FolderRefused)) throw error;
        expect(await everything()).toEqual(before);
        return error.problems;
      }
      throw new Error('it was imported');
    },
  };
}

export const placesOf = (problems: readonly Problem[]): string[] => problems.map(({ path }) => path);

/** How many rows each table has, past row-level security. */
async function rowsOfEveryTable({ connection }: Database): Promise<unknown> {
  const client = new pg.Client({ ...inject('server'), database: connection.database });
  await client.connect();
  const { rows } = await client.query(
    `select tablename, (xpath('//n/text()', query_to_xml(format('select count(*) as n from %I', tablename), false, true, '')))[1]::text
       from pg_tables where schemaname = 'public' order by 1`,
  );
  await client.end();
  return rows;
}
