import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { publishedRevision, type Revision, revisionByNumber } from './revisions.ts';
import { lockFilm, saveRevision } from './save-revision.ts';
import './tables.ts';

/**
 * Lets the public read a revision. Publishing what is already out does nothing.
 * @throws {Refusal} unknown_revision
 */
export async function publishRevision(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  number: number,
): Promise<Revision> {
  await lockFilm(tx, filmId);
  const revision = await revisionByNumber(tx, filmId, number);
  if (!revision) throw new Refusal('unknown_revision', { number });
  const current = await publishedRevision(tx, filmId);
  if (current?.id === revision.id) return revision;
  const newest = await tx
    .selectFrom('filmPublication')
    .select((build) => build.fn.max('number').as('number'))
    .where('filmId', '=', filmId)
    .executeTakeFirst();
  await tx
    .insertInto('filmPublication')
    .values({
      filmId,
      number: (newest?.number ?? 0) + 1,
      revisionId: revision.id,
      publishedAt: now,
      publishedBy: by.name,
    })
    .execute();
  await dropPages(tx, filmId, 'film');
  // A minute later: whoever publishes mostly looks at once, and publishes again.
  const runAt = now.add({ minutes: 1 });
  await addJob(tx, 'prepare-film', { filmId }, { key: `prepare-film:${filmId}`, runAt });
  await recordAudit(tx, filmId, now, by, { action: 'film.publish', subject: `revision ${number}` });
  return revision;
}

/**
 * Makes an earlier revision the newest again, as a new draft; the ones between stay.
 * @throws {Refusal} unknown_revision
 */
export async function rollBackTo(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  number: number,
): Promise<Revision> {
  const revision = await revisionByNumber(tx, filmId, number);
  if (!revision) throw new Refusal('unknown_revision', { number });
  const { document, files } = revision;
  const saved = await saveRevision(tx, filmId, now, by, {
    document,
    files,
    parentId: null,
    note: `Back to revision ${number}`,
  });
  return saved.revision;
}
