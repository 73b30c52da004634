import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../database/database.ts';
import { addJob } from '../jobs/queue.ts';
import { type Letter, newMail } from './write-mail.ts';

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
  const mail = newMail(letter, now);
  const written = await tx
    .insertInto('installationMail')
    .values(mail)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!written) return null;
  await addJob(tx, 'send-installation-mail', { mailId: mail.id }, { key: `installation-mail:${mail.id}` });
  return mail.id;
}
