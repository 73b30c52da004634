import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import { newId } from '../secrets.ts';
import './tables.ts';

export type Person = { readonly id: string; readonly name: string; readonly address: string };

/**
 * Enters a person with a password. The address counts as theirs only where a link that was mailed to it
 * brought them here (`isProven`).
 * @throws {Refusal} address_taken
 */
export async function createPerson(
  tx: Tx,
  now: Temporal.Instant,
  {
    name,
    address,
    passwordHash,
    isProven,
  }: { name: string; address: string; passwordHash: string; isProven: boolean },
): Promise<Person> {
  const id = newId();
  const stamps = { createdAt: now, updatedAt: now };
  const made = await tx
    .insertInto('person')
    .values({ id, name, email: address.toLowerCase(), emailVerified: isProven, ...stamps })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new Refusal('address_taken');
  await tx
    .insertInto('credential')
    .values({
      id: newId(),
      userId: id,
      accountId: id,
      providerId: 'credential',
      password: passwordHash,
      ...stamps,
    })
    .execute();
  return { id, name, address: address.toLowerCase() };
}

/** Whose address this is, in whatever case it was typed. */
export async function personByAddress(tx: Tx, address: string): Promise<Person | undefined> {
  return await tx
    .selectFrom('person')
    .select(['id', 'name', 'email as address'])
    .where('email', '=', address.toLowerCase())
    .executeTakeFirst();
}

/** The person of an id; undefined once they are gone. */
export async function personById(tx: Tx, id: string): Promise<Person | undefined> {
  return await tx
    .selectFrom('person')
    .select(['id', 'name', 'email as address'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Changes how a person is called; what the log says of them keeps the name that they had. */
export async function renamePerson(tx: Tx, now: Temporal.Instant, id: string, name: string): Promise<void> {
  await tx.updateTable('person').set({ name, updatedAt: now }).where('id', '=', id).execute();
}

export type Session = {
  readonly id: string;
  readonly userAgent: string | null;
  readonly since: Temporal.Instant;
  readonly lastUsed: Temporal.Instant;
};

/** Where a person is signed in now, the last used first. */
export async function sessionsOf(tx: Tx, now: Temporal.Instant, personId: string): Promise<Session[]> {
  return await tx
    .selectFrom('session')
    .select(['id', 'userAgent', 'createdAt as since', 'updatedAt as lastUsed'])
    .where('userId', '=', personId)
    .where('expiresAt', '>', now)
    .orderBy('updatedAt', 'desc')
    .execute();
}

/** Ends one session of this person; the next request with it is nobody's. */
export async function endSession(tx: Tx, personId: string, sessionId: string): Promise<void> {
  await tx.deleteFrom('session').where('userId', '=', personId).where('id', '=', sessionId).execute();
}

/** Signs a person out everywhere but here. */
export async function endOtherSessions(tx: Tx, personId: string, keptId: string): Promise<void> {
  await tx.deleteFrom('session').where('userId', '=', personId).where('id', '<>', keptId).execute();
}

export type Passkey = {
  readonly id: string;
  readonly name: string | null;
  readonly since: Temporal.Instant | null;
};

/** A person's passkeys, the oldest first. */
export async function passkeysOf(tx: Tx, personId: string): Promise<Passkey[]> {
  return await tx
    .selectFrom('passkey')
    .select(['id', 'name', 'createdAt as since'])
    .where('userId', '=', personId)
    .orderBy('createdAt')
    .execute();
}

/** Takes a passkey of this person away; somebody else's stays. */
export async function removePasskey(tx: Tx, personId: string, id: string): Promise<void> {
  await tx.deleteFrom('passkey').where('userId', '=', personId).where('id', '=', id).execute();
}

/** Takes out what the clock has already ended: hygiene, nothing waits for it. */
export async function dropStale(tx: Tx, now: Temporal.Instant): Promise<void> {
  const longAgo = now.subtract({ hours: 24 });
  await tx.deleteFrom('session').where('expiresAt', '<', longAgo).execute();
  await tx.deleteFrom('verification').where('expiresAt', '<', longAgo).execute();
  await tx.deleteFrom('attempt').where('expire', '<', longAgo.epochMilliseconds).execute();
}
