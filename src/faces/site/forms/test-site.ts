import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { type FormSite, formSite, publishFilm } from './test-ground.ts';

export const database = await testDatabase();
export let site: FormSite;
export const typed = { name: 'Grace', email: 'grace@example.org', message: 'We have 80 chairs.' };
export const own = { ...typed, hours: '4', rules: 'yes' };

beforeAll(async () => {
  site = await formSite(database, { filmId: await publishFilm(database) });
});
afterAll(() => site.close());
beforeEach(async () => {
  await sql`delete from form_limit`.execute(database.kysely);
});

export async function kept(filmId = site.filmId): Promise<Record<string, unknown>[]> {
  const { rows } = await inFilm(database.kysely, filmId, (tx) =>
    sql<Record<string, unknown>>`select * from inquiry order by id`.execute(tx),
  );
  return rows;
}

export const summaryOf = (html: string) =>
  [...html.matchAll(/<a href="#field-([a-z_-]+)">/g)].map(([, name]) => name);
