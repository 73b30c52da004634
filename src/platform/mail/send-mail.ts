import { type Selectable, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import { type Db, inFilm, type Tx } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { JobHandler } from '../jobs/worker.ts';
import type { Log } from '../log.ts';
import { type AttachmentMakers, type MadeAttachment, makeAttachments } from './attachments.ts';
import type { Delivery, MailTransport, OutgoingLetter } from './deliver.ts';
import './tables.ts';

/** The queue's own limit on tries; see add_job. Some 65 hours of growing pauses. */
const mailTriesMax = 20;

type Mail = Selectable<Tables['installationMail']>;
/** What is noted of a mail's way. */
export type MailNote = Partial<Pick<Mail, 'sentAt' | 'tryingSince' | 'tries' | 'lastFailure' | 'givenUpAt'>>;

/** Where one mail waits: a film's outbox, or the installation's. */
export type WaitingMail = {
  /** Draws the papers that go with it, before anything is noted. @throws when one that it needs cannot be drawn now */
  papers(): Promise<readonly MadeAttachment[]>;
  /** Runs one step in a transaction of its own, committed before the next begins. */
  step<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The mail's row, locked. */
  hold(tx: Tx): Promise<Mail | undefined>;
  note(tx: Tx, note: MailNote): Promise<unknown>;
};

/**
 * Sends one waiting mail at most once: whoever dies between asking the server and noting its answer leaves
 * a note that stops the next try.
 * @throws when the mail should be tried again later
 */
export async function sendOnce(waiting: WaitingMail, clock: Clock, transport: MailTransport): Promise<void> {
  const attachments = await waiting.papers();
  const claimed = await waiting.step((tx) => claim(tx, waiting, attachments, clock()));
  if (claimed === null) return;
  const delivery = await transport.deliver(claimed.letter);
  await waiting.step((tx) => waiting.note(tx, noteOf(delivery, claimed.tries, clock())));
  // The outbox shows what the server said; the log does not, because servers repeat addresses and more.
  if (delivery.kind === 'later')
    throw new Error(delivery.why.replace(/^(The mail server answered \d{3}).*$/s, '$1'));
}

type Claimed = { readonly letter: OutgoingLetter; readonly tries: number };

/**
 * Notes that the server is about to be asked. null: there is nothing to send, or an earlier try was noted and
 * never answered, so that sending again might be the second time.
 */
async function claim(
  tx: Tx,
  waiting: WaitingMail,
  attachments: readonly MadeAttachment[],
  now: Temporal.Instant,
): Promise<Claimed | null> {
  const mail = await waiting.hold(tx);
  if (!mail || mail.sentAt !== null || mail.givenUpAt !== null || mail.tryingSince !== null) return null;
  const tries = mail.tries + 1;
  await waiting.note(tx, { tryingSince: now, tries });
  const { toAddress, textBody, htmlBody, replyTo, subject, headers, messageId } = mail;
  const letter = { to: toAddress, replyTo, subject, text: textBody, html: htmlBody, headers, messageId };
  return { letter: { ...letter, attachments }, tries };
}

/** What the server's answer means for the mail. An uncertain one keeps the note of its try: nobody tries again. */
function noteOf(delivery: Delivery, tries: number, now: Temporal.Instant): MailNote {
  if (delivery.kind === 'sent') return { sentAt: now, tryingSince: null, lastFailure: null };
  if (delivery.kind === 'uncertain') return { lastFailure: delivery.why };
  const isOver = delivery.kind === 'refused' || tries >= mailTriesMax;
  return { tryingSince: null, lastFailure: delivery.why, givenUpAt: isOver ? now : null };
}

/** Who draws what goes with mails, and where it is noted that something could not be drawn. */
export type Papers = { readonly makers: AttachmentMakers; readonly log: Log };

/** The handler of `send-mail`. Without a transport the mail stays where it is, for the outbox page. */
export function sendMail(
  db: Db,
  clock: Clock,
  transport: MailTransport | null,
  papers: Papers | null = null,
): JobHandler {
  return async ({ filmId, mailId }) => {
    if (typeof filmId !== 'string' || typeof mailId !== 'string')
      throw new TypeError('send-mail without ids');
    if (transport !== null) await sendOnce(filmMail(db, filmId, mailId, papers), clock, transport);
  };
}

/** What was written in a demo film stays in its outbox, to be looked at: the people in it are made up. */
const leavesTheHouse = sql<boolean>`not is_demo_film(film_id)`;

function filmMail(db: Db, filmId: string, mailId: string, papers: Papers | null): WaitingMail {
  return {
    papers: async () => {
      const mail = await inFilm(db, filmId, (tx) =>
        tx
          .selectFrom('mail')
          .select('attachments')
          .where('filmId', '=', filmId)
          .where('id', '=', mailId)
          .where('sentAt', 'is', null)
          .where(leavesTheHouse)
          .executeTakeFirst(),
      );
      return await makeAttachments(papers?.makers ?? {}, filmId, mail?.attachments ?? [], ({ name }, error) =>
        papers?.log.error(
          { film: filmId, mail: mailId, name, error },
          'a paper could not be drawn for a mail',
        ),
      );
    },
    step: (work) => inFilm(db, filmId, work),
    hold: (tx) =>
      tx
        .selectFrom('mail')
        .selectAll()
        .where('filmId', '=', filmId)
        .where('id', '=', mailId)
        .where(leavesTheHouse)
        .forUpdate()
        .executeTakeFirst(),
    note: (tx, note) =>
      tx.updateTable('mail').set(note).where('filmId', '=', filmId).where('id', '=', mailId).execute(),
  };
}
