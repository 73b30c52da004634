import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import { personById } from '../../platform/auth/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Role } from './roles.ts';
import { lockOwners, roleIn } from './team.ts';

/**
 * Gives a member another role; it holds from their next request.
 * @returns the role that they had
 * @throws {Refusal} not_owner · member_gone · last_owner
 */
export async function changeRole(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { personId, role }: { personId: string; role: Role },
): Promise<Role> {
  const owners = await lockOwners(tx, filmId, by.personId);
  const before = await roleIn(tx, filmId, personId);
  if (before === null) throw new Refusal('member_gone');
  if (before === role) return before;
  if (before === 'owner' && owners.length === 1) throw new Refusal('last_owner');
  await tx
    .updateTable('teamMember')
    .set({ role })
    .where('filmId', '=', filmId)
    .where('personId', '=', personId)
    .execute();
  const person = await personById(tx, personId);
  await recordAudit(tx, filmId, now, by, {
    action: 'team.change_role',
    subject: person?.name ?? personId,
    details: { from: before, to: role },
  });
  return before;
}
