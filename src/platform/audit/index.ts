import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../database/database.ts';
import { newId } from '../secrets.ts';
import './tables.ts';

/** Who does something: a signed-in person, or the command line and jobs (`personId` null). */
export type Actor = { readonly personId: string | null; readonly name: string };

/** Who acts where nobody is signed in. */
export const commandLine: Actor = { personId: null, name: 'the command line' };

/** What was done: `film.publish`, `screening.cancel` — module and verb. */
export type AuditEntry = {
  readonly action: string;
  /** What it was done to, in words that the log's readers know: a slug, a revision's number. */
  readonly subject: string;
  readonly details?: { readonly [key: string]: string | number | boolean | null };
};

/** Writes a line of the audit log in the transaction of the change that it tells of. */
export async function recordAudit(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { action, subject, details = {} }: AuditEntry,
): Promise<void> {
  await tx
    .insertInto('audit')
    .values({
      filmId,
      id: newId(),
      at: now,
      personId: by.personId,
      personName: by.name,
      action,
      subject,
      details: JSON.stringify(details),
    })
    .execute();
}

export type AuditLine = {
  readonly id: string;
  readonly at: Temporal.Instant;
  readonly personName: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
};
