import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inFilm, inInstallation } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import '../film/tables.ts';
import { type Answer, inquiries, receiveInquiry, type Submission } from './index.ts';
import { keysOf } from './keys.ts';

export const database = await testDatabase();
export const db = database.kysely;
export const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
export const keys = keysOf('a secret of this test');
export const ada = { personId: newId(), name: 'Ada' };
export const everything = { states: null, form: null, assignedTo: null, search: '' };

export async function newFilm(): Promise<string> {
  const filmId = newId();
  await inInstallation(db, (tx) =>
    tx
      .insertInto('film')
      .values({ id: filmId, slug: `f-${filmId}` })
      .execute(),
  );
  return filmId;
}

export function submission(over: Partial<Record<string, string>> = {}, form = 'host'): Submission {
  const said = { name: 'Grace', email: 'grace@example.org', message: 'We have 80 chairs.', ...over };
  const answers: Answer[] = Object.entries(said).map(([name, value = '']) => ({
    name,
    label: name,
    kind: 'text',
    value,
    shown: value,
  }));
  return {
    form: { name: form, title: 'Host a screening' },
    language: 'en',
    answers,
    page: 'https://film.example/contact/host',
    networkHash: null,
    proof: null,
  };
}

export const receive = (filmId: string, sent: Submission, at = now) =>
  inFilm(db, filmId, (tx) => receiveInquiry(tx, filmId, at, sent));
export const list = (filmId: string, filter = {}) =>
  inFilm(db, filmId, (tx) => inquiries(tx, filmId, { ...everything, ...filter }));

export async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function jobsOf(filmId: string, name: string): Promise<number> {
  const { rows } = await asOwner((client) =>
    client.query<{ count: string }>(
      `select count(*) from graphile_worker._private_jobs job join graphile_worker._private_tasks task
         on task.id = job.task_id where task.identifier = $1 and job.payload->>'filmId' = $2`,
      [name, filmId],
    ),
  );
  return Number(rows[0]?.count);
}

/** Ten times the same form at once, each in its own transaction. */
export async function tenAtOnce(filmId: string) {
  await Promise.all(Array.from({ length: 10 }, () => receive(filmId, submission())));
  return { kept: (await list(filmId)).lines.length, told: await jobsOf(filmId, 'inquiry-received') };
}
