import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../database/database.ts';
import { addJob } from '../jobs/queue.ts';
import { newId } from '../secrets.ts';
import type { Attachment } from './attachments.ts';
import './tables.ts';

export type Letter = {
  /** One mail a key in a film: told twice, it is still one mail. */
  readonly key: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A letter of a film, with the papers that go with it. */
export type FilmLetter = Letter & { readonly attachments?: readonly Attachment[] };

/**
 * Puts a mail into the outbox in the transaction of the fact that it tells of, and a job beside it that
 * sends it afterwards. A mail server that is down never undoes the fact.
 * @returns the mail's id, or null when this key was written before
 */
export async function writeMail(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  letter: FilmLetter,
): Promise<string | null> {
  const mail = newMail(letter, now);
  const attachments = JSON.stringify(letter.attachments ?? []);
  const written = await tx
    .insertInto('mail')
    .values({ filmId, ...mail, attachments })
    .onConflict((conflict) => conflict.columns(['filmId', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!written) return null;
  await addJob(tx, 'send-mail', { filmId, mailId: mail.id }, { key: `mail:${mail.id}` });
  return mail.id;
}

/** A letter as a row of an outbox, not yet tried. */
export function newMail(letter: Letter, now: Temporal.Instant) {
  const id = newId();
  return {
    id,
    key: letter.key,
    toAddress: letter.to,
    replyTo: letter.replyTo ?? null,
    subject: letter.subject.replace(/[\r\n]+/g, ' '),
    textBody: letter.text,
    htmlBody: letter.html,
    headers: JSON.stringify(letter.headers ?? {}),
    // Made once and kept, so that a mail sent again is the same mail to every mailbox.
    messageId: `<${id}@mail.houselights>`,
    writtenAt: now,
  };
}
