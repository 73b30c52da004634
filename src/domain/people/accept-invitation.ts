import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../../platform/audit/index.ts';
import { createPerson, type Person, personByAddress } from '../../platform/auth/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret } from '../../platform/secrets.ts';
import type { Role } from './roles.ts';
import './tables.ts';

export type Invited = {
  readonly id: string;
  readonly address: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly wasMailed: boolean;
  /** Whether the address is a person's already: then they accept signed in. */
  readonly isKnown: boolean;
};

/** The open invitation that a link's secret belongs to; null where it ran out, was used or taken back. */
export async function invitationOf(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  secret: string,
): Promise<Invited | null> {
  const found = await tx
    .selectFrom('invitation')
    .select(['id', 'address', 'role', 'invitedBy', 'wasMailed'])
    .where('filmId', '=', filmId)
    .where('secretHash', '=', hashSecret(secret))
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  if (!found) return null;
  return { ...found, isKnown: (await personByAddress(tx, found.address)) !== undefined };
}

/** Who accepts: somebody who is signed in, or somebody new with a name and a password. */
export type Accepting = Person | { readonly name: string; readonly passwordHash: string };

/**
 * Brings the invited person into the team; a link is good once.
 * @throws {Refusal} invitation_gone · other_address (signed in as somebody else) · address_taken
 */
export async function acceptInvitation(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { secret, as }: { secret: string; as: Accepting },
): Promise<Person> {
  const taken = await tx
    .updateTable('invitation')
    .set({ acceptedAt: now })
    .where('filmId', '=', filmId)
    .where('secretHash', '=', hashSecret(secret))
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['address', 'role', 'wasMailed'])
    .executeTakeFirst();
  if (!taken) throw new Refusal('invitation_gone');
  const { address, role, wasMailed } = taken;
  if ('id' in as && as.address !== address) throw new Refusal('other_address');
  const person = 'id' in as ? as : await createPerson(tx, now, { ...as, address, isProven: wasMailed });
  await tx
    .insertInto('teamMember')
    .values({ filmId, personId: person.id, role, since: now })
    .onConflict((conflict) => conflict.columns(['filmId', 'personId']).doNothing())
    .execute();
  const by = { personId: person.id, name: person.name };
  await recordAudit(tx, filmId, now, by, { action: 'team.join', subject: person.name, details: { role } });
  return person;
}
