import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import { personById } from '../../platform/auth/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { lockOwners, roleIn } from './team.ts';

/**
 * Takes a member out of a film's team; their next request finds no desk. Owners may remove anybody,
 * themselves included, as long as one owner stays.
 * @throws {Refusal} not_owner · member_gone · last_owner
 */
export async function removeMember(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  personId: string,
): Promise<void> {
  const owners = await lockOwners(tx, filmId, by.personId);
  const role = await roleIn(tx, filmId, personId);
  if (role === null) throw new Refusal('member_gone');
  if (role === 'owner' && owners.length === 1) throw new Refusal('last_owner');
  await tx.deleteFrom('teamMember').where('filmId', '=', filmId).where('personId', '=', personId).execute();
  const person = await personById(tx, personId);
  await recordAudit(tx, filmId, now, by, {
    action: 'team.remove',
    subject: person?.name ?? personId,
    details: { role },
  });
}
