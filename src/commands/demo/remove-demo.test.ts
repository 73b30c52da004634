import { type RawBuilder, sql } from 'kysely';
import { expect, it } from 'vitest';
import { beginDemo, createFilm, films } from '../../domain/film/index.ts';
import { inInstallation } from '../../platform/database/database.ts';
import { makeLog } from '../../platform/log.ts';
import { sendMail } from '../../platform/mail/send-mail.ts';
import { sendWaitingMails } from '../../platform/mail/send-waiting-mails.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { newId } from '../../platform/secrets.ts';
import { removeDemo } from './remove-demo.ts';
import { seasonGround } from './test-season.ts';

const ground = await seasonGround();
const small = { seed: 3, orders: 20 };
const { database, storage, ask, clock } = ground;

/** Every table with rows of films, and how many rows each film has there. */
async function rowsByFilm(): Promise<Map<string, Record<string, string>>> {
  const tables = await ask<{ name: string }>(`
    select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
     where attname = 'film_id' and relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`);
  const found = new Map<string, Record<string, string>>();
  for (const { name } of tables)
    for (const { id, said } of await ask<{ id: string; said: string }>(
      `select film_id as id, count(*) || ' ' || md5(string_agg(it::text, ' ' order by it::text)) as said
         from "${name}" as it group by film_id`,
    ))
      found.set(id, { ...found.get(id), [name]: said });
  return found;
}

const jobsOf = async (filmId: string): Promise<string[]> =>
  (
    await ask<{ identifier: string }>(
      `select identifier from graphile_worker._private_jobs as job
         join graphile_worker._private_tasks as task on task.id = task_id where payload->>'filmId' = $1`,
      [filmId],
    )
  ).map(({ identifier }) => identifier);

const slugs = async (): Promise<string[]> =>
  (await inInstallation(database.kysely, films)).map(({ slug }) => slug);

it('leaves no letter, no paper and no job behind when it is made, but the drawing of its pictures', async () => {
  const { filmId } = await ground.make(small);
  expect(await jobsOf(filmId)).toEqual(['prepare-film']);
  expect(await ask('select from mail where film_id = $1', [filmId])).toEqual([]);
});

it('is never written from, even where a mail server is set', async () => {
  const [{ id: filmId = '' } = {}] = await inInstallation(database.kysely, films);
  const delivered: unknown[] = [];
  const transport = {
    deliver: async (letter: unknown) => {
      delivered.push(letter);
      return { kind: 'sent' } as const;
    },
  };
  const letter = { key: 'a', to: 'ada.abara.1@example.org', subject: 'Tickets', text: 'x', html: 'x' };
  const mailId = await ground.within(filmId, (tx) => writeMail(tx, filmId, clock(), letter));
  expect(await jobsOf(filmId)).toContain('send-mail');
  const papers = { makers: {}, log: makeLog('silent') };
  await sendMail(database.kysely, clock, transport, papers)({ filmId, mailId });
  // An hour later, as the job that looks for what waited: it finds nothing of this film.
  await ask(`delete from graphile_worker._private_jobs where key like 'mail:%'`);
  await sendWaitingMails(database.kysely, () => clock().add({ hours: 1 }), transport)({});
  expect(await jobsOf(filmId)).not.toContain('send-mail');
  expect(delivered).toEqual([]);
  // And whatever forgets to ask is stopped by the database, before a server could be.
  const noted = ground.within(filmId, (tx) => sql`update mail set trying_since = now()`.execute(tx));
  await expect(noted).rejects.toThrow('writes to nobody');
});

it('is removed whole: no row of any table, no file, no job; every other film is as it was', async () => {
  const other = await ground.make({ ...small, seed: 4 });
  const [doomed] = (await inInstallation(database.kysely, films)).filter(({ id }) => id !== other.filmId);
  const filmId = doomed?.id ?? '';
  await storage.put(`${filmId}/files/${'a'.repeat(64)}`, Buffer.from('a picture'));
  await storage.put(`${other.filmId}/files/${'b'.repeat(64)}`, Buffer.from('another'));
  const before = await rowsByFilm();
  expect(Object.keys(before.get(filmId) ?? {}).length).toBeGreaterThan(40);
  const removed = await removeDemo(ground, doomed?.slug ?? '');
  expect(removed).toMatchObject({ files: 1, jobs: 1 });
  const after = await rowsByFilm();
  expect(after.get(filmId)).toBeUndefined();
  expect(after.get(other.filmId)).toEqual(before.get(other.filmId));
  expect(await jobsOf(filmId)).toEqual([]);
  expect(await jobsOf(other.filmId)).toEqual(['prepare-film']);
  expect(await slugs()).toEqual([other.slug]);
  expect(await storage.sizeBytes(`${other.filmId}/files/${'b'.repeat(64)}`)).toBe(7);
  // It stood at the installation's own address; the one that is left stands there now.
  expect(await inInstallation(database.kysely, films)).toMatchObject([{ isFront: true }]);
});

it('refuses a film that demo did not make, and takes nothing of it', async () => {
  const filmId = newId();
  await ground.within(filmId, (tx) => createFilm(tx, filmId, clock(), { slug: 'union' }));
  await storage.put(`${filmId}/files/${'c'.repeat(64)}`, Buffer.from('real'));
  const before = await rowsByFilm();
  await expect(removeDemo(ground, 'union')).rejects.toMatchObject({ code: 'not_demo' });
  await expect(removeDemo(ground, 'nowhere')).rejects.toMatchObject({ code: 'unknown_film' });
  expect(await rowsByFilm()).toEqual(before);
  expect(await storage.sizeBytes(`${filmId}/files/${'c'.repeat(64)}`)).toBe(4);
});

it('never makes a demo of a film that was there before, whatever else the transaction does to it', async () => {
  const film = (await inInstallation(database.kysely, films)).find(({ slug }) => slug === 'union');
  const id = film?.id ?? '';
  const marked = (...before: RawBuilder<unknown>[]) =>
    ground.within(id, async (tx) => {
      for (const statement of before) await statement.execute(tx);
      await beginDemo(tx, id, clock(), { seed: null });
    });
  const notDemo = 'only a film that was made as a demo can be one';
  await expect(marked()).rejects.toThrow(notDemo);
  await expect(
    marked(sql`update film set slug = slug, is_front = is_front where id = ${id}`),
  ).rejects.toThrow(notDemo);
  await expect(marked(sql`update film set is_demo = true where id = ${id}`)).rejects.toThrow(
    'permission denied',
  );
  await expect(marked(sql`delete from film where id = ${id}`)).rejects.toThrow('permission denied');
  const again = sql`insert into film (id, slug, is_demo) values (${id}, 'other', true)
                    on conflict (id) do update set is_demo = true`;
  await expect(marked(again)).rejects.toThrow('permission denied');
  await expect(removeDemo(ground, 'union')).rejects.toMatchObject({ code: 'not_demo' });
});

it('leaves nothing when its making stops half-way, and can be made again', async () => {
  const [before, known] = [await rowsByFilm(), await slugs()];
  const stopped = ground.make({
    ...small,
    told: (taken) => {
      if (taken > 10) throw new Error('killed');
    },
  });
  await expect(stopped).rejects.toThrow('killed');
  expect(await rowsByFilm()).toEqual(before);
  expect(await slugs()).toEqual(known);
  const { slug } = await ground.make(small);
  expect(await slugs()).toContain(slug);
});

it('is still there when its removal stops half-way, and can be removed again', async () => {
  const slug = 'demo-season';
  const film = (await inInstallation(database.kysely, films)).find((each) => each.slug === slug);
  const filmId = film?.id ?? '';
  const keys = ['d', 'e'].map((letter) => `${filmId}/files/${letter.repeat(64)}`);
  for (const key of keys) await storage.put(key, Buffer.from('a picture'));
  const before = (await rowsByFilm()).get(filmId);
  let removals = 0;
  const fails = {
    ...storage,
    remove: async (key: string) => {
      removals += 1;
      if (removals > 1) throw new Error('killed');
      await storage.remove(key);
    },
  };
  await expect(removeDemo({ database, storage: fails }, slug)).rejects.toThrow('killed');
  expect((await rowsByFilm()).get(filmId)).toEqual(before);
  expect(await removeDemo(ground, slug)).toMatchObject({ files: 1 });
  expect((await rowsByFilm()).get(filmId)).toBeUndefined();
});

it('is made one at a time: who comes meanwhile is told so, and makes nothing', async () => {
  const known = await slugs();
  const both = await Promise.allSettled([ground.make(small), ground.make(small)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'demo_under_way' },
  });
  expect(await slugs()).toHaveLength(known.length + 1);
});
