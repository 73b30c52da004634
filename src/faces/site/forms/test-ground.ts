import { tmpdir } from 'node:os';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { createFilm, type FilmDocument, publishRevision, saveRevision } from '../../../domain/film/index.ts';
import { commandLine } from '../../../platform/audit/index.ts';
import { readConfig } from '../../../platform/config.ts';
import { type Database, inFilm } from '../../../platform/database/database.ts';
import { makeLog } from '../../../platform/log.ts';
import { openPageCache } from '../../../platform/page-cache/index.ts';
import { newId } from '../../../platform/secrets.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { openFilmSnapshots } from '../film-snapshots.ts';
import type { SiteEnv, Visit } from '../visit.ts';
import { addFormRoutes } from './index.ts';

/** The film of these tests: words of its own for one form, a form of its own, two languages. */
export const film: FilmDocument = {
  film: {
    slug: 'union',
    title: 'UNION',
    site_languages: ['en', 'es'],
    timezone: 'America/New_York',
    currency: 'USD',
  },
  contact: { addresses: { general: 'film@example.org', press: 'press@example.org' } },
  forms: {
    general: { title: 'Write to us', success: 'Got it, {{name}}.', failure: 'The mail room is shut.' },
    volunteer: {
      title: { en: 'Lend a hand', es: 'Echa una mano' },
      consent: 'Send me mails about UNION too.',
      fields: [
        { name: 'phone', label: 'Telephone', kind: 'tel' },
        { name: 'site', label: 'Website', kind: 'url' },
        { name: 'hours', label: 'Hours a week', kind: 'number', required: true },
        { name: 'from', label: 'From when', kind: 'date' },
        {
          name: 'shirt',
          label: 'Shirt',
          kind: 'select',
          options: [
            { value: 's', label: 'Small' },
            { value: 'l', label: 'Large' },
          ],
        },
        { name: 'rules', label: 'I have read the rules', kind: 'checkbox', required: true },
      ],
    },
  },
};

export type Answered = { readonly status: number; readonly headers: Headers; readonly html: string };

/** One process that serves the forms of a film, at a clock that the test moves. */
export async function formSite(database: Database, { filmId = newId(), patienceMs = 10_000 } = {}) {
  let now = Temporal.Now.instant();
  const log = makeLog('silent');
  const db = database.kysely;
  const pages = await openPageCache(database.connection, log);
  const clock = () => now;
  const house = {
    config: readConfig({ DATA_DIR: tmpdir() }, tmpdir()),
    database,
    db,
    pages,
    films: openFilmSnapshots(db, pages, clock),
    clock,
    log,
  } as unknown as House;
  const site = new Hono<SiteEnv>({
    getPath: (_request, options) =>
      (options as { env?: SiteEnv['Bindings'] } | undefined)?.env?.visit.path ?? '/',
  });
  addFormRoutes(site, house, { patienceMs });
  const failures: unknown[] = [];
  site.onError((error, c) => {
    if (error instanceof NotFound) return c.text('not found', 404);
    failures.push(error);
    return c.text('broken', 500);
  });
  const visit = (path: string, over: Partial<Visit> = {}): Visit => ({
    filmId,
    slug: 'union',
    base: '',
    origin: 'https://film.example',
    canonicalBase: '',
    language: null,
    path,
    preview: null,
    address: '192.0.2.1',
    cacheAddress: null,
    ...over,
  });
  const send = async (request: Request, over: Partial<Visit> = {}): Promise<Answered> => {
    const { pathname } = new URL(request.url);
    const response = await site.fetch(request, { visit: visit(pathname, over) });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  const get = (path: string, over: Partial<Visit> = {}) =>
    send(new Request(`https://film.example${path}`), over);
  const post = (path: string, fields: Record<string, string> | string[][], over: Partial<Visit> = {}) =>
    send(
      new Request(`https://film.example${path}`, { method: 'POST', body: new URLSearchParams(fields) }),
      over,
    );
  return {
    filmId,
    house,
    visit,
    failures,
    send,
    get,
    post,
    pass: (seconds: number) => {
      now = now.add({ milliseconds: Math.round(seconds * 1_000) });
    },
    /** Opens a form as a person does and comes back with its stamp, after long enough to fill it in. */
    async open(path: string): Promise<Record<string, string>> {
      const { html } = await get(path);
      now = now.add({ seconds: 20 });
      return { 'form-stamp': /name="form-stamp" value="([^"]+)"/.exec(html)?.[1] ?? '' };
    },
    /** Solves a puzzle as the browser does. */
    async prove(): Promise<Record<string, string>> {
      const challenge = JSON.parse((await get('/forms/challenge')).html);
      const solution = await solveChallenge({ challenge, deriveKey });
      return { 'form-proof': Buffer.from(JSON.stringify({ challenge, solution })).toString('base64') };
    },
    close: () => pages.close(),
  };
}
export type FormSite = Awaited<ReturnType<typeof formSite>>;

/** Publishes the film of these tests under an id of its own. */
export async function publishFilm(database: Database, document: FilmDocument = film): Promise<string> {
  const filmId = newId();
  const now = Temporal.Now.instant();
  await inFilm(database.kysely, filmId, async (tx) => {
    await createFilm(tx, filmId, now, { slug: `f-${filmId}` });
    const saved = await saveRevision(tx, filmId, now, commandLine, { document, files: {}, parentId: null });
    await publishRevision(tx, filmId, now, commandLine, saved.revision.number);
  });
  return filmId;
}
