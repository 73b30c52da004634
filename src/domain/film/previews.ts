import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret, newSecret } from '../../platform/secrets.ts';
import { type Revision, revisionByNumber } from './revisions.ts';
import './tables.ts';

/** How long a preview link shows its draft: long enough to ask somebody for an opinion. */
export const previewDays = 14;

/**
 * Makes a secret link to one revision, for eyes outside the team. Only a hash of the secret is kept.
 * @throws {Refusal} unknown_revision
 */
export async function makePreview(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  number: number,
): Promise<string> {
  const revision = await revisionByNumber(tx, filmId, number);
  if (!revision) throw new Refusal('unknown_revision', { number });
  const secret = newSecret();
  await tx
    .insertInto('filmPreview')
    .values({
      filmId,
      secretHash: hashSecret(secret),
      revisionId: revision.id,
      madeAt: now,
      madeBy: by.name,
      expiresAt: now.add({ hours: 24 * previewDays }),
    })
    .execute();
  await recordAudit(tx, filmId, now, by, { action: 'film.preview', subject: `revision ${number}` });
  return secret;
}

/** The revision that a secret shows; undefined when the secret is unknown or its time is over. */
export async function previewedRevision(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  secret: string,
): Promise<Revision | undefined> {
  return await tx
    .selectFrom('filmPreview')
    .innerJoin('filmRevision as revision', (join) =>
      join
        .onRef('revision.filmId', '=', 'filmPreview.filmId')
        .onRef('revision.id', '=', 'filmPreview.revisionId'),
    )
    .select([
      'revision.id',
      'number',
      'parentId',
      'document',
      'files',
      'note',
      'revision.madeAt',
      'revision.madeBy',
    ])
    .where('filmPreview.filmId', '=', filmId)
    .where('secretHash', '=', hashSecret(secret))
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}

/** Ends every link to drafts of a film. */
export async function endPreviews(tx: Tx, filmId: string, now: Temporal.Instant, by: Actor): Promise<void> {
  await tx.deleteFrom('filmPreview').where('filmId', '=', filmId).execute();
  await recordAudit(tx, filmId, now, by, { action: 'film.end-previews', subject: 'all links' });
}
