import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../database/database.ts';
import { addJob } from '../jobs/queue.ts';
import { newId } from '../secrets.ts';
import './installation-mail-table.ts';
import type { Letter } from './write-mail.ts';

/**
 * As `writeMail`, for a mail that belongs to no film: a sign-in link, a new password. No film's outbox
 * shows it, because whoever reads such a mail is let in.
 * @returns the mail's id, or null when this key was written before
 */
export async function writeInstallationMail(
  tx: Tx,
  now: Temporal.Instant,
  letter: Letter,
): Promise<string | null> {
  const id = newId();
  const written = await tx
    .insertInto('installationMail')
    .values({
      id,
      key: letter.key,
      toAddress: letter.to,
      replyTo: letter.replyTo ?? null,
      subject: letter.subject.replace(/[\r\n]+/g, ' '),
      textBody: letter.text,
      htmlBody: letter.html,
      headers: JSON.stringify(letter.headers ?? {}),
      messageId: `<${id}@mail.houselights>`,
      writtenAt: now,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!written) return null;
  await addJob(tx, 'send-installation-mail', { mailId: id }, { key: `installation-mail:${id}` });
  return id;
}
