import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { dropPages } from '../../../platform/page-cache/drop-pages.ts';
import './tables.ts';

/** Whether buyers may pay in the sandbox, where this installation has one and the film no account. */
export async function isSandboxOpen(tx: Tx, filmId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('sandboxOpening')
    .select('openedAt')
    .where('filmId', '=', filmId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets buyers pay with nothing, to try everything out. Twice is once. */
export async function openSandbox(tx: Tx, filmId: string, now: Temporal.Instant, by: Actor): Promise<void> {
  const { numInsertedOrUpdatedRows: opened } = await tx
    .insertInto('sandboxOpening')
    .values({ filmId, openedAt: now })
    .onConflict((conflict) => conflict.column('filmId').doNothing())
    .executeTakeFirst();
  if (opened) await tell(tx, filmId, now, by, 'payments.open_sandbox');
}

/** From now on nobody begins to pay there. Pages that are open may still be paid. */
export async function closeSandbox(tx: Tx, filmId: string, now: Temporal.Instant, by: Actor): Promise<void> {
  const { numDeletedRows: closed } = await tx
    .deleteFrom('sandboxOpening')
    .where('filmId', '=', filmId)
    .executeTakeFirst();
  if (closed) await tell(tx, filmId, now, by, 'payments.close_sandbox');
}

async function tell(tx: Tx, filmId: string, now: Temporal.Instant, by: Actor, action: string): Promise<void> {
  await recordAudit(tx, filmId, now, by, { action, subject: '' });
  await dropPages(tx, filmId, 'screenings');
}
