import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { newId } from '../secrets.ts';
import { inFilm, inInstallation, openDatabase } from './database.ts';
import '../audit/tables.ts';

const database = await testDatabase();

describe('the program’s sessions', () => {
  it('run as a role that is no superuser, owns nothing and is held by row-level security', async () => {
    const role = await inInstallation(database.kysely, async (tx) => {
      const { rows } = await sql<Record<string, boolean | number>>`
        select rolsuper, rolbypassrls, rolcreaterole,
               (select count(*) from pg_class where relowner = pg_roles.oid) as owned
          from pg_roles where rolname = current_user`.execute(tx);
      return rows[0];
    });
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, owned: 0 });
  });

  it('A13 refuse to start on another isolation level than READ COMMITTED', async () => {
    const connection = { ...database.connection, options: '-c default_transaction_isolation=serializable' };
    await expect(openDatabase(connection, { embedded: true })).rejects.toThrow('read committed');
  });

  it('every table with a film_id is held to the current film', async () => {
    const { rows } = await sql<{ relname: string; forced: boolean }>`
      select relname, relrowsecurity and relforcerowsecurity as forced
        from pg_class join pg_attribute on attrelid = pg_class.oid
       where relkind = 'r' and attname = 'film_id' and relnamespace = 'public'::regnamespace
         and relname <> 'film_host'`.execute(database.kysely);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter((row) => !row.forced)).toEqual([]);
  });

  it('S5 neither see nor write the rows of another film, whatever the query says', async () => {
    const [ours, theirs] = [newId(), newId()];
    await inInstallation(database.kysely, async (tx) => {
      await sql`insert into film (id, slug) values (${ours}, 'ours'), (${theirs}, 'theirs')`.execute(tx);
    });
    const line = (filmId: string) => sql`
      insert into audit (film_id, id, at, person_name, action, subject)
      values (${filmId}, ${newId()}, now(), 'Ada', 'test', 'test')`;
    await inFilm(database.kysely, theirs, (tx) => line(theirs).execute(tx));
    const seen = await inFilm(database.kysely, ours, (tx) => sql`select * from audit`.execute(tx));
    expect(seen.rows).toEqual([]);
    await expect(inFilm(database.kysely, ours, (tx) => line(theirs).execute(tx))).rejects.toThrow(
      'row-level security',
    );
  });
});
