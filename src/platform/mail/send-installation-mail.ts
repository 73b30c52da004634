import type { Clock } from '../clock.ts';
import { type Db, inInstallation, type Tx } from '../database/database.ts';
import type { JobHandler } from '../jobs/worker.ts';
import type { Delivery, MailTransport } from './deliver.ts';
import './installation-mail-table.ts';
import { type Outbox, sendFrom } from './send-mail.ts';

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
    const outbox = installationOutbox(db, clock, mailId);
    await sendFrom(outbox, transport ?? terminal(announce));
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

function installationOutbox(db: Db, clock: Clock, mailId: string): Outbox {
  return {
    claim: () => inInstallation(db, (tx) => claim(tx, mailId, clock)),
    settle: (delivery, isLast) => inInstallation(db, (tx) => settle(tx, mailId, delivery, isLast, clock)),
  };
}

async function claim(tx: Tx, mailId: string, clock: Clock) {
  const mail = await tx
    .selectFrom('installationMail')
    .selectAll()
    .where('id', '=', mailId)
    .forUpdate()
    .executeTakeFirst();
  if (!mail || mail.sentAt !== null || mail.givenUpAt !== null) return 'settled' as const;
  if (mail.tryingSince !== null) return 'uncertain' as const;
  const tries = mail.tries + 1;
  await tx
    .updateTable('installationMail')
    .set({ tryingSince: clock(), tries })
    .where('id', '=', mailId)
    .execute();
  const { toAddress, textBody, htmlBody, replyTo, subject, headers, messageId } = mail;
  const letter = { to: toAddress, replyTo, subject, text: textBody, html: htmlBody, headers, messageId };
  return { letter, tries };
}

async function settle(
  tx: Tx,
  mailId: string,
  delivery: Delivery,
  isLast: boolean,
  clock: Clock,
): Promise<void> {
  const now = clock();
  const why = delivery.kind === 'sent' ? null : delivery.why;
  const isOver = delivery.kind === 'refused' || (delivery.kind === 'later' && isLast);
  await tx
    .updateTable('installationMail')
    .set({
      sentAt: delivery.kind === 'sent' ? now : null,
      lastFailure: why,
      givenUpAt: isOver ? now : null,
      ...(delivery.kind === 'uncertain' ? {} : { tryingSince: null }),
      // A link that was sent is worth nothing to keep, and much to whoever reads the table.
      ...(delivery.kind === 'sent' ? { textBody: '', htmlBody: '' } : {}),
    })
    .where('id', '=', mailId)
    .execute();
}
