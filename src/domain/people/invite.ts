import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import { personByAddress } from '../../platform/auth/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret, newId, newSecret } from '../../platform/secrets.ts';
import type { Role } from './roles.ts';
import { lockOwners, roleIn } from './team.ts';

export const invitationDays = 14;

export type OpenInvitation = {
  readonly id: string;
  readonly address: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly invitedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
};

/** An invitation with the secret of its link, which is not kept. */
export type Sealed = {
  readonly id: string;
  readonly secret: string;
  readonly address: string;
  readonly role: Role;
};

/**
 * Invites an address into a film's team. An older open invitation of that address ends.
 * @param wasMailed whether the link goes to the address by mail: then holding it proves the address
 * @throws {Refusal} not_owner · already_member
 */
export async function invite(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { address, role, wasMailed }: { address: string; role: Role; wasMailed: boolean },
): Promise<Sealed> {
  await lockOwners(tx, filmId, by.personId);
  const known = await personByAddress(tx, address);
  if (known && (await roleIn(tx, filmId, known.id)) !== null) throw new Refusal('already_member');
  await endOpen(tx, filmId, now, address);
  const sealed: Sealed = { id: newId(), secret: newSecret(), address: address.toLowerCase(), role };
  await tx
    .insertInto('invitation')
    .values({
      filmId,
      id: sealed.id,
      address: sealed.address,
      role,
      secretHash: hashSecret(sealed.secret),
      wasMailed,
      invitedBy: by.name,
      invitedAt: now,
      expiresAt: now.add({ hours: 24 * invitationDays }),
    })
    .execute();
  await recordAudit(tx, filmId, now, by, {
    action: 'team.invite',
    subject: sealed.address,
    details: { role },
  });
  return sealed;
}

/**
 * Sends an invitation anew: with a new link, and the old one is worth nothing.
 * @throws {Refusal} not_owner · invitation_gone · already_member
 */
export async function renewInvitation(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { id, wasMailed }: { id: string; wasMailed: boolean },
): Promise<Sealed> {
  await lockOwners(tx, filmId, by.personId);
  const open = await tx
    .selectFrom('invitation')
    .select(['address', 'role'])
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!open) throw new Refusal('invitation_gone');
  return await invite(tx, filmId, now, by, { ...open, wasMailed });
}

/**
 * Takes an invitation back; its link then leads nowhere. Doing it twice is doing it once.
 * @throws {Refusal} not_owner · invitation_gone when it was accepted already, or is none of this film
 */
export async function revokeInvitation(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
): Promise<void> {
  await lockOwners(tx, filmId, by.personId);
  const revoked = await tx
    .updateTable('invitation')
    .set({ revokedAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .returning('address')
    .executeTakeFirst();
  if (revoked) {
    await recordAudit(tx, filmId, now, by, { action: 'team.revoke_invitation', subject: revoked.address });
    return;
  }
  const before = await tx
    .selectFrom('invitation')
    .select('revokedAt')
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!before?.revokedAt) throw new Refusal('invitation_gone');
}

async function endOpen(tx: Tx, filmId: string, now: Temporal.Instant, address: string): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ revokedAt: now })
    .where('filmId', '=', filmId)
    .where('address', '=', address.toLowerCase())
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute();
}

/** The invitations that wait, the newest first; those that ran out are among them until taken back. */
export async function invitations(tx: Tx, filmId: string): Promise<OpenInvitation[]> {
  return await tx
    .selectFrom('invitation')
    .select(['id', 'address', 'role', 'invitedBy', 'invitedAt', 'expiresAt'])
    .where('filmId', '=', filmId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .orderBy('id', 'desc')
    .execute();
}
