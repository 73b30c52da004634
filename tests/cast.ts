import { hashPassword } from 'better-auth/crypto';
import { Temporal } from 'temporal-polyfill';
import { createFilm, filmDocument, publishRevision, saveRevision } from '../src/domain/film/index.ts';
import type { Role } from '../src/domain/people/index.ts';
import '../src/domain/people/tables.ts';
import { createPerson, type Person } from '../src/platform/auth/index.ts';
import { type Database, inFilm, inInstallation } from '../src/platform/database/database.ts';
import { newId } from '../src/platform/secrets.ts';

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
