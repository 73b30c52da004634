import pg from 'pg';
import { pagesChannel } from '../page-cache/drop-pages.ts';
import { Refusal } from '../refusal.ts';

/** What was removed: how many rows of how many tables, and how many jobs that waited. */
export type RemovedRows = { readonly rows: number; readonly tables: number; readonly jobs: number };

const sessionName = 'houselights removal';
// Somebody may be at its desk at this moment; whoever holds one of its rows longer than this is not done soon.
const lockTimeoutMs = 30_000;

/**
 * Removes a film that `demo` made, all of it, in one transaction: every table's rows, its waiting jobs, and every
 * process's pages of it. As the owner, because the program itself may take nothing out of the books. Where the film
 * stood at the installation's own address, the oldest of those that are left stands there.
 * @throws {Refusal} not_demo, of any film that was not marked as one when it was made
 */
export async function removeDemoFilm(connection: pg.ClientConfig, filmId: string): Promise<RemovedRows> {
  const client = new pg.Client({ ...connection, application_name: sessionName });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`begin; set local lock_timeout = ${lockTimeoutMs}`);
    await lockDemoFilm(client, filmId);
    const tables = await tablesOfFilms(client);
    let rows = 0;
    for (const table of tables) {
      const removed = await client.query(`delete from public.${quoted(table)} where film_id = $1`, [filmId]);
      rows += removed.rowCount ?? 0;
    }
    const film = await client.query<{ wasFront: boolean }>(
      'delete from film where id = $1 returning is_front as "wasFront"',
      [filmId],
    );
    if (film.rows[0]?.wasFront) await client.query(nextFront);
    const jobs = await client.query(
      `delete from graphile_worker._private_jobs where payload->>'filmId' = $1`,
      [filmId],
    );
    for (const tag of ['film', 'screenings', 'fund'])
      await client.query('select pg_notify($1, $2)', [pagesChannel, `${filmId} ${tag}`]);
    await client.query('commit');
    // The film is gone whatever becomes of this: the database cleans up by itself, and each hour a job forgets.
    await forgetSizes(client, tables).catch(() => {});
    return { rows: rows + 1, tables: tables.length + 1, jobs: jobs.rowCount ?? 0 };
  } finally {
    // What was not committed is taken back with the session.
    await client.end();
  }
}

/** What is left knows nothing of the many rows that there were, nor that there are none. See docs/decisions/031. */
async function forgetSizes(client: pg.Client, tables: readonly string[]): Promise<void> {
  await client.query(`vacuum (skip_locked) ${tables.map((table) => `public.${quoted(table)}`).join(', ')}`);
  await client.query('select forget_small_sizes()');
}

const nextFront = `update film set is_front = true
  where id = (select id from film order by created_at, id limit 1) and not exists (select from film where is_front)`;

/** Nobody adds a row to it from now on: a row of a film holds the film's own row. */
async function lockDemoFilm(client: pg.Client, filmId: string): Promise<void> {
  await client.query('select from film where id = $1 for update', [filmId]);
  const { rows } = await client.query('select from demo_film where film_id = $1', [filmId]);
  if (rows.length === 0) throw new Refusal('not_demo');
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Every table with a `film_id`, each before those that it refers to; asked of the catalogue, so that a new table is not
 * forgotten.
 */
async function tablesOfFilms(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; heldBy: string[] }>(`
    with of_films as (
      select attrelid as id from pg_attribute join pg_class on pg_class.oid = attrelid
       where attname = 'film_id' and not attisdropped and relkind = 'r' and relnamespace = 'public'::regnamespace)
    select relname as name,
           array(select child.relname::text from pg_constraint join pg_class as child on child.oid = conrelid
                  where contype = 'f' and confrelid = of_films.id and conrelid <> of_films.id) as "heldBy"
      from of_films join pg_class on pg_class.oid = of_films.id
     order by relname`);
  const left = new Map(rows.map(({ name, heldBy }) => [name, heldBy]));
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter(([, heldBy]) => !heldBy.some((child) => left.has(child)));
    if (free.length === 0) throw new Error(`tables that hold each other: ${[...left.keys()].join(', ')}`);
    for (const [name] of free) {
      order.push(name);
      left.delete(name);
    }
  }
  return order;
}
