import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll } from 'vitest';
import { makeApp } from '../../src/faces/app.tsx';
import { openFilmDirectory } from '../../src/faces/edge/film-directory.ts';
import type { House } from '../../src/faces/house.ts';
import { openFilmSnapshots } from '../../src/faces/site/film-snapshots.ts';
import { linkWriter, peopleJobs } from '../../src/letters/people/index.ts';
import { openAuth } from '../../src/platform/auth/index.ts';
import { type Clock, systemClock } from '../../src/platform/clock.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database/database.ts';
import type { JobPayload } from '../../src/platform/jobs/queue.ts';
import type { JobHandlers } from '../../src/platform/jobs/worker.ts';
import { makeLog } from '../../src/platform/log.ts';
import type { MailTransport } from '../../src/platform/mail/deliver.ts';
import { openPageCache } from '../../src/platform/page-cache/index.ts';
import { openStorage } from '../../src/platform/storage/index.ts';
import { castPassword } from '../cast.ts';

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
  /** The address that it comes from; left out: this machine's. */
  readonly from?: string;
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
  const pages = await openPageCache(database.connection, log, { nowMs: () => clock().epochMilliseconds });
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
    directory: openFilmDirectory(db, pages),
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
    ask: async (path, request) => await app.fetch(requestOf(config, path, request), cameFrom(request)),
    work: () => workOff(database, handlers),
  };
}

/** As the server hands it on beside the request. */
function cameFrom({ from }: Ask = {}): { incoming?: IncomingMessage } {
  if (from === undefined) return {};
  return {
    incoming: { headers: {}, socket: { remoteAddress: from } } as Partial<IncomingMessage> as IncomingMessage,
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
export async function workOff(database: Database, handlers: JobHandlers): Promise<void> {
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
