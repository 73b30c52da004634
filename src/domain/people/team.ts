import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Role } from './roles.ts';
import './tables.ts';

export type Member = {
  readonly personId: string;
  readonly name: string;
  readonly address: string;
  readonly role: Role;
  readonly since: Temporal.Instant;
  readonly hasTwoFactor: boolean;
};

/** Everybody in a film's team, by name. */
export async function team(tx: Tx, filmId: string): Promise<Member[]> {
  return await tx
    .selectFrom('teamMember')
    .innerJoin('person', 'person.id', 'teamMember.personId')
    .select([
      'personId',
      'person.name',
      'person.email as address',
      'role',
      'since',
      'person.twoFactorEnabled as hasTwoFactor',
    ])
    .where('filmId', '=', filmId)
    .orderBy('person.name')
    .orderBy('personId')
    .execute();
}

/** A person's role in a film; null: not in its team. */
export async function roleIn(tx: Tx, filmId: string, personId: string): Promise<Role | null> {
  const found = await tx
    .selectFrom('teamMember')
    .select('role')
    .where('filmId', '=', filmId)
    .where('personId', '=', personId)
    .executeTakeFirst();
  return found?.role ?? null;
}

export type FilmOfPerson = { readonly filmId: string; readonly slug: string; readonly role: Role };

/** The films that a person works on: the one question across films, answered about oneself only. */
export async function filmsOfPerson(tx: Tx, personId: string): Promise<FilmOfPerson[]> {
  const { rows } = await sql<FilmOfPerson>`select * from films_of_person(${personId}::uuid)`.execute(tx);
  return rows;
}

/**
 * Locks the film's owners in one order, so that of two owners who act on each other the second finds what
 * the first did, and says whether this person is still one.
 * @throws {Refusal} not_owner when `byId` is no owner any more
 */
export async function lockOwners(tx: Tx, filmId: string, byId: string | null): Promise<readonly string[]> {
  const owners = await tx
    .selectFrom('teamMember')
    .select('personId')
    .where('filmId', '=', filmId)
    .where('role', '=', 'owner')
    .orderBy('personId')
    .forUpdate()
    .execute();
  const ids = owners.map(({ personId }) => personId);
  if (byId !== null && !ids.includes(byId)) throw new Refusal('not_owner');
  return ids;
}
