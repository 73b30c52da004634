import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../audit/index.ts';
import type { Tx } from '../database/database.ts';
import { addJob } from '../jobs/queue.ts';
import { Refusal } from '../refusal.ts';
import './tables.ts';

/** `trying`: being given to the server right now. `uncertain`: given, and nobody knows whether it went. */
export type MailState = 'waiting' | 'trying' | 'sent' | 'uncertain' | 'given up';

/** A mail is tried for 90 s at most; a note older than this was left over by a process that died. */
const tryingMinutesMax = 5;

/** How a mail stands, from what is noted of it. */
export function mailState(
  mail: {
    readonly sentAt: Temporal.Instant | null;
    readonly givenUpAt: Temporal.Instant | null;
    readonly tryingSince: Temporal.Instant | null;
    readonly lastFailure: string | null;
  },
  now: Temporal.Instant,
): MailState {
  if (mail.sentAt !== null) return 'sent';
  if (mail.givenUpAt !== null) return 'given up';
  if (mail.tryingSince === null) return 'waiting';
  const minutes = now.since(mail.tryingSince).total('minutes');
  return minutes > tryingMinutesMax || mail.lastFailure !== null ? 'uncertain' : 'trying';
}

export type MailLine = {
  readonly id: string;
  readonly key: string;
  readonly messageId: string;
  readonly state: MailState;
  readonly lastFailure: string | null;
};

/** How the mails of these keys stand, in the order in which they were written. */
export async function mailsByKey(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  keys: readonly string[],
): Promise<MailLine[]> {
  if (keys.length === 0) return [];
  const mails = await tx
    .selectFrom('mail')
    .select(['id', 'key', 'messageId', 'sentAt', 'givenUpAt', 'tryingSince', 'lastFailure'])
    .where('filmId', '=', filmId)
    .where('key', 'in', keys)
    .orderBy('writtenAt')
    .orderBy('id')
    .execute();
  return mails.map((mail) => ({
    id: mail.id,
    key: mail.key,
    messageId: mail.messageId,
    state: mailState(mail, now),
    lastFailure: mail.lastFailure,
  }));
}

/**
 * Lets a mail that was given up or is uncertain go out once more, because a person says so.
 * @throws {Refusal} mail_gone, mail_sent, mail_waits
 */
export async function retryMail(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  mailId: string,
): Promise<void> {
  const mail = await tx
    .selectFrom('mail')
    .select(['subject', 'sentAt', 'givenUpAt', 'tryingSince', 'lastFailure'])
    .where('filmId', '=', filmId)
    .where('id', '=', mailId)
    .forUpdate()
    .executeTakeFirst();
  if (!mail) throw new Refusal('mail_gone');
  const state = mailState(mail, now);
  if (state === 'sent') throw new Refusal('mail_sent');
  if (state === 'waiting' || state === 'trying') throw new Refusal('mail_waits');
  await tx
    .updateTable('mail')
    .set({ givenUpAt: null, tryingSince: null, lastFailure: null, tries: 0 })
    .where('filmId', '=', filmId)
    .where('id', '=', mailId)
    .execute();
  await addJob(tx, 'send-mail', { filmId, mailId }, { key: `mail:${mailId}` });
  await recordAudit(tx, filmId, now, by, { action: 'mail.retry', subject: mail.subject });
}

/** Takes the mails of these keys away, with what they say: when a person is erased. */
export async function eraseMails(tx: Tx, filmId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.deleteFrom('mail').where('filmId', '=', filmId).where('key', 'in', keys).execute();
}
