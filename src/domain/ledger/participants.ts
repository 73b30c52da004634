import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { codeOf } from './accounts.ts';
import './tables.ts';

/** Somebody with a share in the film's money: a host, a partner organisation, a sales agent. */
export type Participant = {
  readonly id: string;
  readonly name: string;
  /** What the film owes them stands there: `payable.<their code>`. */
  readonly account: string;
  readonly addedAt: Temporal.Instant;
};

const participantsMax = 2_000;

/** A film's participants by their names. */
export async function participants(tx: Tx, filmId: string): Promise<Participant[]> {
  return await tx
    .selectFrom('participant')
    .select(['id', 'name', 'account', 'addedAt'])
    .where('filmId', '=', filmId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/**
 * Adds a participant and opens the account of what they are owed.
 * @throws {Refusal} participant_name_empty · participant_exists · too_many_participants
 */
export async function addParticipant(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  name: string,
): Promise<Participant> {
  const code = codeOf(name);
  if (code === '') throw new Refusal('participant_name_empty');
  if ((await participants(tx, filmId)).length >= participantsMax) throw new Refusal('too_many_participants');
  const participant = { id: newId(), name, account: `payable.${code}`, addedAt: now };
  const added = await tx
    .insertInto('participant')
    .values({ filmId, ...participant })
    // By the name or by what is left of it in Latin letters.
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) throw new Refusal('participant_exists');
  await tx
    .insertInto('ledgerAccount')
    .values({
      ...{ filmId, id: newId(), code: participant.account, name: `Owed to ${name}`.slice(0, 200) },
      ...{ kind: 'liability', openedAt: now },
    })
    .onConflict((conflict) => conflict.columns(['filmId', 'code']).doNothing())
    .execute();
  await recordAudit(tx, filmId, now, by, { action: 'ledger.add_participant', subject: name });
  return participant;
}
