import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { testDatabase } from '../../tests/ground/database.ts';
import { inquiries } from '../domain/audience/index.ts';
import { films } from '../domain/film/index.ts';
import { inFilm, inInstallation } from '../platform/database/database.ts';
import { addDemo } from './demo.ts';

const database = await testDatabase();
const clock = () => Temporal.Instant.from('2026-11-03T12:00:00Z');

async function add(size: { films: number; screenings: number; inquiries: number }): Promise<string[]> {
  const slugs: string[] = [];
  for await (const slug of addDemo({ database, clock }, size)) slugs.push(slug);
  return slugs;
}

it('adds films, screenings and inquiries as many as asked, clearly marked, and more the next time', async () => {
  expect(await add({ films: 2, screenings: 700, inquiries: 3_001 })).toEqual(['demo-1', 'demo-2']);
  expect(await add({ films: 1, screenings: 3, inquiries: 0 })).toEqual(['demo-3']);
  const all = await inInstallation(database.kysely, films);
  expect(all.map(({ slug }) => slug)).toEqual(['demo-1', 'demo-2', 'demo-3']);
  let found = 0;
  for (const { id } of all.slice(0, 2)) {
    const { rows } = await inFilm(database.kysely, id, (tx) =>
      sql<{ screenings: number; inquiries: number; venues: number; strangers: number }>`
        select (select count(*) from screening) as screenings, (select count(*) from inquiry) as inquiries,
               (select count(*) from venue) as venues,
               (select count(*) from contact where address not like '%@example.org') as strangers`.execute(
        tx,
      ),
    );
    expect(rows[0]).toMatchObject({ screenings: 700, venues: 640, strangers: 0 });
    found += rows[0]?.inquiries ?? 0;
  }
  expect(found).toBe(3_001);
});

it('gives the inbox inquiries that are listed and found like real ones', async () => {
  const [film] = await inInstallation(database.kysely, films);
  const page = await inFilm(database.kysely, film?.id ?? '', (tx) =>
    inquiries(tx, film?.id ?? '', { states: null, form: null, assignedTo: null, search: 'library denver' }),
  );
  expect(JSON.stringify(page)).toMatch(/"code":"D\d{7}"/);
});

it('writes to nobody', async () => {
  for (const { id } of await inInstallation(database.kysely, films)) {
    const { rows } = await inFilm(database.kysely, id, (tx) => sql`select key from mail`.execute(tx));
    expect(rows).toEqual([]);
  }
});
