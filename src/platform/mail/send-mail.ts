import type { Clock } from '../clock.ts';
import { type Db, inFilm, type Tx } from '../database/database.ts';
import type { JobPayload } from '../jobs/queue.ts';
import type { JobHandler } from '../jobs/worker.ts';
import type { Delivery, MailTransport, OutgoingLetter } from './deliver.ts';
import './tables.ts';

/** The queue's own limit on tries; see add_job. Some 65 hours of growing pauses. */
export const mailTriesMax = 20;

/** Where one letter waits. Each step is a transaction of its own, committed before the next begins. */
export type Outbox = {
  /**
   * Notes that the server is about to be asked. `settled`: nothing to send. `uncertain`: an earlier try was
   * noted and never answered, so that sending again might be the second time.
   */
  claim(): Promise<{ letter: OutgoingLetter; tries: number } | 'settled' | 'uncertain'>;
  /** Notes what the server answered. */
  settle(delivery: Delivery, isLast: boolean): Promise<void>;
};

/**
 * Sends one waiting letter at most once: whoever dies between asking the server and noting its answer leaves
 * a note that stops the next try.
 * @throws when the letter should be tried again later
 */
export async function sendFrom(outbox: Outbox, transport: MailTransport): Promise<void> {
  const claimed = await outbox.claim();
  if (claimed === 'settled' || claimed === 'uncertain') return;
  const delivery = await transport.deliver(claimed.letter);
  await outbox.settle(delivery, claimed.tries >= mailTriesMax);
  // The outbox shows what the server said; the log does not, because servers repeat addresses and more.
  if (delivery.kind === 'later')
    throw new Error(delivery.why.replace(/^(The mail server answered \d{3}).*$/s, '$1'));
}

/** The handler of `send-mail`. Without a transport the mail stays where it is, for the outbox page. */
export function sendMail(db: Db, clock: Clock, transport: MailTransport | null): JobHandler {
  return async (payload) => {
    if (transport === null) return;
    await sendFrom(filmOutbox(db, clock, idsOf(payload)), transport);
  };
}

function idsOf({ filmId, mailId }: JobPayload): { filmId: string; mailId: string } {
  if (typeof filmId !== 'string' || typeof mailId !== 'string') throw new TypeError('send-mail without ids');
  return { filmId, mailId };
}

function filmOutbox(db: Db, clock: Clock, { filmId, mailId }: { filmId: string; mailId: string }): Outbox {
  return {
    claim: () => inFilm(db, filmId, (tx) => claimMail(tx, filmId, mailId, clock)),
    settle: (delivery, isLast) =>
      inFilm(db, filmId, (tx) => settleMail(tx, filmId, mailId, delivery, isLast, clock)),
  };
}

async function claimMail(tx: Tx, filmId: string, mailId: string, clock: Clock) {
  const mail = await tx
    .selectFrom('mail')
    .selectAll()
    .where('filmId', '=', filmId)
    .where('id', '=', mailId)
    .forUpdate()
    .executeTakeFirst();
  if (!mail || mail.sentAt !== null || mail.givenUpAt !== null) return 'settled' as const;
  if (mail.tryingSince !== null) return 'uncertain' as const;
  const tries = mail.tries + 1;
  await tx
    .updateTable('mail')
    .set({ tryingSince: clock(), tries })
    .where('filmId', '=', filmId)
    .where('id', '=', mailId)
    .execute();
  const { toAddress, textBody, htmlBody, replyTo, subject, headers, messageId } = mail;
  return {
    letter: { to: toAddress, replyTo, subject, text: textBody, html: htmlBody, headers, messageId },
    tries,
  };
}

async function settleMail(
  tx: Tx,
  filmId: string,
  mailId: string,
  delivery: Delivery,
  isLast: boolean,
  clock: Clock,
): Promise<void> {
  const now = clock();
  const change =
    delivery.kind === 'sent'
      ? { sentAt: now, tryingSince: null, lastFailure: null }
      : delivery.kind === 'uncertain'
        ? { lastFailure: delivery.why }
        : {
            tryingSince: null,
            lastFailure: delivery.why,
            givenUpAt: delivery.kind === 'refused' || isLast ? now : null,
          };
  await tx.updateTable('mail').set(change).where('filmId', '=', filmId).where('id', '=', mailId).execute();
}
