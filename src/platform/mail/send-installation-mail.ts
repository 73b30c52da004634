import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import { type Db, inInstallation, type Tx } from '../database/database.ts';
import type { JobHandler } from '../jobs/worker.ts';
import type { MailTransport } from './deliver.ts';
import { sendOnce, type WaitingMail } from './send-mail.ts';
import './tables.ts';

/** Long enough to find out why a link did not come; whoever signs in is then nobody's business any more. */
const keptDays = 30;

/**
 * The handler of `send-installation-mail`. Without a transport the mail goes to the terminal instead: whoever
 * reads that runs the machine, and a link that lets people in belongs on no page.
 */
export function sendInstallationMail(
  db: Db,
  clock: Clock,
  transport: MailTransport | null,
  announce: (words: string) => void,
): JobHandler {
  return async ({ mailId }) => {
    if (typeof mailId !== 'string') throw new TypeError('send-installation-mail without an id');
    await sendOnce(installationMail(db, mailId), clock, transport ?? terminal(announce));
  };
}

function terminal(announce: (words: string) => void): MailTransport {
  return {
    async deliver({ to, subject, text }) {
      const body = text.trimEnd().replace(/^/gm, '  ');
      announce(`No mail server is set (SMTP_URL), so this mail to ${to} stands here: ${subject}\n${body}`);
      return { kind: 'sent' };
    },
  };
}

function installationMail(db: Db, mailId: string): WaitingMail {
  return {
    papers: async () => [],
    step: (work) => inInstallation(db, work),
    hold: (tx) =>
      tx.selectFrom('installationMail').selectAll().where('id', '=', mailId).forUpdate().executeTakeFirst(),
    note: (tx, note) =>
      tx
        .updateTable('installationMail')
        // A link that was sent is worth nothing to keep, and much to whoever reads the table.
        .set(note.sentAt ? { ...note, textBody: '', htmlBody: '' } : note)
        .where('id', '=', mailId)
        .execute(),
  };
}

/** Forgets the installation's mails of more than 30 days ago, sent or not: their links ended long before. */
export async function dropOldInstallationMails(tx: Tx, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom('installationMail')
    .where('writtenAt', '<', now.subtract({ hours: 24 * keptDays }))
    .execute();
}
