import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../../platform/audit/index.ts';
import { createPerson, type Person } from '../../platform/auth/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret, newSecret } from '../../platform/secrets.ts';
import './tables.ts';

/**
 * Makes the secret of the link with which the first owner is made. A newer one takes the place of an older;
 * once there is an owner there is none (null). Runs in `inInstallation`.
 */
export async function makeSetupLink(tx: Tx, now: Temporal.Instant): Promise<string | null> {
  const secret = newSecret();
  const written = await tx
    .insertInto('setupLink')
    .values({ secretHash: hashSecret(secret), madeAt: now, usedAt: null })
    .onConflict((conflict) =>
      conflict
        .column('isOnly')
        .doUpdateSet({ secretHash: hashSecret(secret), madeAt: now })
        .where('setupLink.usedAt', 'is', null),
    )
    .returning('madeAt')
    .executeTakeFirst();
  return written ? secret : null;
}

/** What a setup link is worth: `used` is said only to who holds the right one. */
export async function setupState(tx: Tx, secret: string): Promise<'open' | 'used' | 'unknown'> {
  const link = await tx
    .selectFrom('setupLink')
    .select('usedAt')
    .where('secretHash', '=', hashSecret(secret))
    .executeTakeFirst();
  if (!link) return 'unknown';
  return link.usedAt === null ? 'open' : 'used';
}

/**
 * Makes the first owner, of the installation and of every film in it. Of two that come at once the second
 * waits for the first one's row and finds the link used. Runs in `inInstallation`.
 * @throws {Refusal} setup_used · setup_unknown · address_taken
 */
export async function makeFirstOwner(
  tx: Tx,
  now: Temporal.Instant,
  {
    secret,
    name,
    address,
    passwordHash,
    filmIds,
  }: { secret: string; name: string; address: string; passwordHash: string; filmIds: readonly string[] },
): Promise<Person> {
  const used = await tx
    .updateTable('setupLink')
    .set({ usedAt: now })
    .where('secretHash', '=', hashSecret(secret))
    .where('usedAt', 'is', null)
    .returning('madeAt')
    .executeTakeFirst();
  if (!used) throw new Refusal((await setupState(tx, secret)) === 'used' ? 'setup_used' : 'setup_unknown');
  // Whoever reads the terminal of the machine is whom they say they are.
  const person = await createPerson(tx, now, { name, address, passwordHash, isProven: true });
  await tx.insertInto('installationOwner').values({ personId: person.id, since: now }).execute();
  for (const id of filmIds) {
    await sql`select set_config('houselights.film_id', ${id}, true)`.execute(tx);
    await enrolInstallationOwners(tx, id, now);
  }
  return person;
}

/** Makes the installation's owners owners of a film: called where a film is created, in its transaction. */
export async function enrolInstallationOwners(tx: Tx, filmId: string, now: Temporal.Instant): Promise<void> {
  const owners = await tx
    .selectFrom('installationOwner')
    .innerJoin('person', 'person.id', 'installationOwner.personId')
    .select(['person.id', 'person.name'])
    .execute();
  for (const { id, name } of owners) {
    const joined = await tx
      .insertInto('teamMember')
      .values({ filmId, personId: id, role: 'owner', since: now })
      .onConflict((conflict) => conflict.columns(['filmId', 'personId']).doNothing())
      .returning('personId')
      .executeTakeFirst();
    if (!joined) continue;
    const by = { personId: id, name };
    await recordAudit(tx, filmId, now, by, {
      action: 'team.join',
      subject: name,
      details: { role: 'owner' },
    });
  }
}
