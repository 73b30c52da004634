import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll } from 'vitest';
import { createFilm, filmDocument, publishRevision, saveRevision } from '../src/domain/film/index.ts';
import type { Role } from '../src/domain/people/index.ts';
import '../src/domain/people/tables.ts';
import { makeApp } from '../src/faces/app.tsx';
import { openFilmDirectory } from '../src/faces/edge/film-directory.ts';
import type { House } from '../src/faces/house.ts';
import { openFilmSnapshots } from '../src/faces/site/film-snapshots.ts';
import { linkWriter, peopleJobs } from '../src/letters/people/index.ts';
import { createPerson, openAuth, type Person } from '../src/platform/auth/index.ts';
import { type Clock, systemClock } from '../src/platform/clock.ts';
import { type Config, readConfig } from '../src/platform/config.ts';
import { type Database, inFilm, inInstallation } from '../src/platform/database/database.ts';
import type { JobPayload } from '../src/platform/jobs/queue.ts';
import type { JobHandlers } from '../src/platform/jobs/worker.ts';
import { makeLog } from '../src/platform/log.ts';
import type { MailTransport } from '../src/platform/mail/deliver.ts';
import { openPageCache } from '../src/platform/page-cache/index.ts';
import { newId } from '../src/platform/secrets.ts';
import { openStorage } from '../src/platform/storage/index.ts';

/** The people of every test, one a role: the same as in the sample film's team. */
export const cast = {
  ada: { name: 'Ada Okafor', address: 'ada@union.example', role: 'owner' },
  ben: { name: 'Ben Castillo', address: 'ben@union.example', role: 'manager' },
  cleo: { name: 'Cleo Marsh', address: 'cleo@union.example', role: 'box-office' },
  dev: { name: 'Dev Anand', address: 'dev@union.example', role: 'outreach' },
  edie: { name: 'Edie Rosen', address: 'edie@union.example', role: 'editor' },
  finn: { name: 'Finn Doyle', address: 'finn@union.example', role: 'finance' },
  gus: { name: 'Gus Lindqvist', address: 'gus@union.example', role: 'door' },
} as const satisfies Readonly<Record<string, { name: string; address: string; role: Role }>>;
export type CastName = keyof typeof cast;

/** Owns another film of the same installation, and is nobody in this one. */
export const stranger = { name: 'Zoe Stranger', address: 'zoe@elsewhere.example', role: 'owner' } as const;

/** What everybody in a test signs in with. */
export const castPassword = 'seven boxes on a belt';
// Hashed once a run: scrypt is slow on purpose.
const castPasswordHash = hashPassword(castPassword);

export type TestHouse = {
  readonly house: House;
  /** The whole program as one function from request to answer, as browsers of its own origin ask it. */
  ask(path: string, request?: Ask): Promise<Response>;
  /** Runs what waits in the queue for the people's jobs, as a worker would. */
  work(): Promise<void>;
  /** Mails that went out through `work`. */
  readonly letters: { to: string; subject: string; text: string }[];
};

export type Ask = {
  readonly cookie?: string | undefined;
  /** Sent as a form, by POST. */
  readonly form?: Readonly<Record<string, string>> | string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A whole house on a test's database, without a server: mails land in `letters`. */
export async function openTestHouse(
  database: Database,
  { settings = {}, clock = systemClock }: { settings?: Record<string, string>; clock?: Clock } = {},
): Promise<TestHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'houselights-cast-'));
  const config: Config = readConfig({ DATA_DIR: dataDir, ...settings }, dataDir);
  const db = database.kysely;
  const log = makeLog('silent');
  const pages = await openPageCache(database.connection, log);
  const auth = await openAuth(database, {
    publicUrl: config.publicUrl,
    onLink: linkWriter(db, clock, config.publicUrl),
    now: clock(),
  });
  const house: House = {
    config,
    database,
    db,
    storage: openStorage(config),
    pages,
    films: openFilmSnapshots(db, pages, clock),
    directory: openFilmDirectory(db),
    auth,
    clock,
    log,
  };
  afterAll(async () => {
    await pages.close();
    await auth.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const letters: TestHouse['letters'] = [];
  const transport: MailTransport = {
    async deliver({ to, subject, text }) {
      letters.push({ to, subject, text });
      return { kind: 'sent' };
    },
  };
  const handlers = peopleJobs({ db, clock, auth, transport, announce: () => {} });
  const app = makeApp(house);
  return {
    house,
    letters,
    ask: async (path, request) => await app.request(requestOf(config, path, request)),
    work: () => workOff(database, handlers),
  };
}

function requestOf(
  { publicUrl }: Config,
  path: string,
  { cookie, form, method, headers }: Ask = {},
): Request {
  const all = new Headers({ host: new URL(publicUrl).host, 'sec-fetch-site': 'same-origin', ...headers });
  if (cookie !== undefined) all.set('cookie', cookie);
  const isChange = form !== undefined || (method !== undefined && method !== 'GET');
  if (isChange) all.set('origin', publicUrl);
  if (form !== undefined) all.set('content-type', 'application/x-www-form-urlencoded');
  return new Request(new URL(path, publicUrl), {
    method: method ?? (form === undefined ? 'GET' : 'POST'),
    headers: all,
    ...(form === undefined
      ? {}
      : { body: typeof form === 'string' ? form : new URLSearchParams(form).toString() }),
  });
}

/** Takes jobs as the queue's owner, which the program's own role cannot. */
async function workOff(database: Database, handlers: JobHandlers): Promise<void> {
  const owner = await database.pool.connect();
  try {
    await owner.query('reset role');
    for (;;) {
      const { rows } = await owner.query<{ id: string; name: string; payload: JobPayload }>(
        `delete from graphile_worker._private_jobs as job using graphile_worker._private_tasks as task
          where task.id = job.task_id and task.identifier = any($1)
          returning job.id::text as id, task.identifier as name, job.payload`,
        [Object.keys(handlers)],
      );
      if (rows.length === 0) return;
      for (const { name, payload } of rows) await handlers[name]?.(payload);
    }
  } finally {
    owner.release(true);
  }
}

export type CastFilm = {
  readonly id: string;
  readonly slug: string;
  readonly people: Readonly<Record<CastName, Person>>;
};

/** A published film with the whole cast in its team. */
export async function castFilm(
  database: Database,
  { slug = 'union', title = 'UNION', now = Temporal.Now.instant() } = {},
): Promise<CastFilm> {
  const id = await plainFilm(database, { slug, title, now });
  const people = {} as Record<CastName, Person>;
  for (const name of Object.keys(cast) as CastName[])
    people[name] = await joinAs(database, id, cast[name], now);
  return { id, slug, people };
}

/** Another film with its own owner and nobody else. */
export async function strangersFilm(
  database: Database,
  slug = 'elsewhere',
): Promise<{ id: string; slug: string; owner: Person }> {
  const now = Temporal.Now.instant();
  const id = await plainFilm(database, { slug, title: 'ELSEWHERE', now });
  return { id, slug, owner: await joinAs(database, id, stranger, now) };
}

async function plainFilm(
  database: Database,
  { slug, title, now }: { slug: string; title: string; now: Temporal.Instant },
): Promise<string> {
  const filmId = newId();
  const by = { personId: null, name: 'the test' };
  const film = { slug, title, site_languages: ['en'], timezone: 'America/New_York', currency: 'USD' };
  const document = filmDocument.parse({ film });
  await inFilm(database.kysely, filmId, async (tx) => {
    await createFilm(tx, filmId, now, { slug });
    const { revision } = await saveRevision(tx, filmId, now, by, {
      document,
      files: {},
      parentId: null,
      note: 'Made for a test',
    });
    await publishRevision(tx, filmId, now, by, revision.number);
  });
  return filmId;
}

/** Brings a person into a film's team without an invitation. */
export async function joinAs(
  database: Database,
  filmId: string,
  { name, address, role }: { name: string; address: string; role: Role },
  now: Temporal.Instant = Temporal.Now.instant(),
): Promise<Person> {
  const passwordHash = await castPasswordHash;
  const known = await database.kysely
    .selectFrom('person')
    .select(['id', 'name', 'email as address'])
    .where('email', '=', address)
    .executeTakeFirst();
  const person =
    known ??
    (await inInstallation(database.kysely, (tx) =>
      createPerson(tx, now, { name, address, passwordHash, isProven: true }),
    ));
  await inFilm(database.kysely, filmId, async (tx) => {
    await tx.insertInto('teamMember').values({ filmId, personId: person.id, role, since: now }).execute();
  });
  return person;
}

/** Signs somebody in through the page, as they would. @returns the browser's cookie header */
export async function signIn(
  { ask, house }: TestHouse,
  address: string,
  password: string = castPassword,
): Promise<string> {
  // Tests sign in more often than people; what counts tries has tests of its own.
  await sql`delete from attempt`.execute(house.db);
  const answer = await ask('/admin/sign-in', { form: { address, password } });
  if (answer.status !== 303) throw new Error(`${address} could not sign in: ${answer.status}`);
  return cookieOf(answer);
}

/** The cookies that an answer sets, as the next request sends them; those that it clears are left out. */
export function cookieOf(answer: Response, before = ''): string {
  const jar = new Map(
    before
      .split('; ')
      .filter(Boolean)
      .map((pair) => pair.split(/=(.*)/s) as [string, string]),
  );
  for (const line of answer.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
