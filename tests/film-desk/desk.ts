import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { afterAll } from 'vitest';
import {
  createFilm,
  type FilmDocument,
  latestRevision,
  type Revision,
  saveRevision,
} from '../../src/domain/film/index.ts';
import type { Role } from '../../src/domain/people/roles.ts';
import type { DeskEnv } from '../../src/faces/admin/desk.ts';
import { addFilmDesk } from '../../src/faces/admin/film/index.ts';
import type { FilmHouse } from '../../src/faces/admin/film/read-place.ts';
import { NotFound } from '../../src/faces/edge/not-found.ts';
import { readConfig } from '../../src/platform/config.ts';
import { inFilm } from '../../src/platform/database/database.ts';
import { makeLog } from '../../src/platform/log.ts';
import { Refusal } from '../../src/platform/refusal.ts';
import { newId } from '../../src/platform/secrets.ts';
import { openStorage } from '../../src/platform/storage/index.ts';
import { testDatabase } from '../ground/database.ts';
import { formOfPage } from './page-form.ts';

export const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
export const ana = { personId: 'p-ana', name: 'Ana' };
export const ben = { personId: 'p-ben', name: 'Ben' };

/** The editor of films on a database and a disk of their own, with somebody at the desk. */
export type TrialDesk = {
  readonly house: FilmHouse;
  readonly dataDir: string;
  newFilm(document: FilmDocument, files?: Readonly<Record<string, string>>): Promise<TrialFilm>;
};

export type TrialFilm = {
  readonly filmId: string;
  readonly base: string;
  get(path: string, role?: Role): Promise<Response>;
  post(path: string, body: FormData | Record<string, string>, role?: Role): Promise<Response>;
  /** Sends bytes as they are. */
  postRaw(path: string, body: string, type: string): Promise<Response>;
  /** The form of a page, as it could be sent back. */
  open(path: string): Promise<{ readonly action: string; readonly data: FormData }>;
  /** Opens a page, changes some fields and sends its form back. */
  fill(path: string, changes: Record<string, string | File | null>): Promise<Response>;
  latest(): Promise<Revision>;
  /** Puts another document in, with bytes for its paths. */
  saveAllOf(document: FilmDocument, files: Readonly<Record<string, string>>): Promise<void>;
  /** Somebody else saves. */
  saveAs(by: typeof ben, change: (document: FilmDocument) => FilmDocument): Promise<Revision>;
};

export async function openTrialDesk(): Promise<TrialDesk> {
  const database = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'houselights-desk-'));
  afterAll(() => rm(dataDir, { recursive: true, force: true }));
  const config = readConfig({ DATA_DIR: dataDir }, dataDir);
  const house: FilmHouse = {
    config,
    db: database.kysely,
    storage: openStorage(config),
    log: makeLog('silent'),
  };
  return {
    house,
    dataDir,
    async newFilm(document, files = {}) {
      const filmId = newId();
      const slug = document.film.slug;
      await inFilm(house.db, filmId, async (tx) => {
        await createFilm(tx, filmId, now, { slug });
      });
      const film = trialFilm(house, filmId, slug);
      await inFilm(house.db, filmId, (tx) =>
        saveRevision(tx, filmId, now, ana, { document, files, parentId: null }),
      );
      return film;
    },
  };
}

/** The film's desk without its sign-in: somebody of the given role sits at it. */
export function trialFilm(house: FilmHouse, filmId: string, slug: string): TrialFilm {
  const base = `/admin/films/${slug}`;
  const appAs = (role: Role) => {
    const app = new Hono<DeskEnv>();
    app.use(async (c, next) => {
      c.set('desk', {
        person: { id: 'p-ana', name: 'Ana', address: 'ana@example.org' },
        film: { id: filmId, slug, title: slug.toUpperCase() },
        role,
        base,
        path: new URL(c.req.url).pathname.slice(base.length) || '/',
        now,
        actor: ana,
        hasOtherFilms: false,
      });
      await next();
    });
    addFilmDesk(app, house);
    const outer = new Hono().route(base, app);
    outer.onError((error, c) => {
      if (error instanceof NotFound) return c.text('not found', 404);
      if (error instanceof Refusal) return c.text(error.code, error.code === 'form_too_large' ? 413 : 400);
      return c.text(String(error.stack), 500);
    });
    return outer;
  };
  const get = async (path: string, role: Role = 'owner') => await appAs(role).request(base + path);
  const post: TrialFilm['post'] = async (path, body, role = 'owner') =>
    await appAs(role).request(path.startsWith(base) ? path : base + path, {
      method: 'POST',
      body: body instanceof FormData ? body : new URLSearchParams(body),
    });
  const open = async (path: string) =>
    formOfPage(await (await get(path)).text(), new RegExp(`${path}\\?from=`));
  const latest = () =>
    inFilm(house.db, filmId, async (tx) => {
      const revision = await latestRevision(tx, filmId);
      if (!revision) throw new Error('the film has no revision');
      return revision;
    });
  return {
    filmId,
    base,
    get,
    post,
    postRaw: async (path, body, type) =>
      await appAs('owner').request(base + path, { method: 'POST', body, headers: { 'content-type': type } }),
    open,
    async fill(path, changes) {
      const { action, data } = await open(path);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) data.delete(name);
        else data.set(name, value);
      }
      return await post(action, data);
    },
    latest,
    async saveAllOf(document, files) {
      await inFilm(house.db, filmId, (tx) =>
        saveRevision(tx, filmId, now, ana, { document, files, parentId: null }),
      );
    },
    saveAs: async (by, change) => {
      const before = await latest();
      const { revision } = await inFilm(house.db, filmId, (tx) =>
        saveRevision(tx, filmId, now, by, {
          document: change(before.document),
          files: before.files,
          parentId: before.id,
        }),
      );
      return revision;
    },
  };
}
