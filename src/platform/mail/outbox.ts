import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../database/database.ts';
import { type MailState, mailState } from './mails.ts';
import './tables.ts';

const mailsPerPage = 50;

export type OutboxLine = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly state: MailState;
  readonly lastFailure: string | null;
  readonly writtenAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | null;
};

/** What an outbox may be narrowed to. `unsent`: neither sent nor given up. */
export const outboxViews = ['all', 'unsent', 'sent', 'failed'] as const;
export type OutboxView = (typeof outboxViews)[number];

/** A film's mails, the newest first; `search` is part of an address or a subject, `before` the id of the last one seen. */
export async function outboxPage(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { view, search, before }: { view: OutboxView; search: string; before: string },
): Promise<{ mails: OutboxLine[]; hasMore: boolean }> {
  let query = tx
    .selectFrom('mail')
    .select(['id', 'toAddress', 'subject', 'writtenAt', 'sentAt', 'givenUpAt', 'tryingSince', 'lastFailure'])
    .where('filmId', '=', filmId)
    .orderBy('id', 'desc')
    .limit(mailsPerPage + 1);
  if (before !== '') query = query.where('id', '<', before);
  if (search !== '') {
    const part = `%${search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
    query = query.where((build) =>
      build.or([build('toAddress', 'ilike', part), build('subject', 'ilike', part)]),
    );
  }
  if (view === 'sent') query = query.where('sentAt', 'is not', null);
  if (view === 'unsent') query = query.where('sentAt', 'is', null).where('givenUpAt', 'is', null);
  if (view === 'failed')
    query = query
      .where('sentAt', 'is', null)
      .where((build) => build.or([build('givenUpAt', 'is not', null), build('lastFailure', 'is not', null)]));
  const found = await query.execute();
  return {
    mails: found.slice(0, mailsPerPage).map((mail) => ({
      id: mail.id,
      to: mail.toAddress,
      subject: mail.subject,
      state: mailState(mail, now),
      lastFailure: mail.lastFailure,
      writtenAt: mail.writtenAt,
      sentAt: mail.sentAt,
    })),
    hasMore: found.length > mailsPerPage,
  };
}

export type WholeMail = OutboxLine & {
  readonly replyTo: string | null;
  readonly text: string;
  readonly html: string;
  readonly tries: number;
  /** The names of the papers that go with it. */
  readonly papers: readonly string[];
};

/** One mail with both of its bodies; undefined where this film has none of that id. */
export async function wholeMail(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  id: string,
): Promise<WholeMail | undefined> {
  const mail = await tx
    .selectFrom('mail')
    .selectAll()
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!mail) return undefined;
  return {
    id: mail.id,
    to: mail.toAddress,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.textBody,
    html: mail.htmlBody,
    tries: mail.tries,
    papers: mail.attachments.map(({ name }) => name),
    state: mailState(mail, now),
    lastFailure: mail.lastFailure,
    writtenAt: mail.writtenAt,
    sentAt: mail.sentAt,
  };
}

/** How many mails wait or went wrong: for Today. */
export async function unsentMails(tx: Tx, filmId: string): Promise<{ waiting: number; failed: number }> {
  const counts = await tx
    .selectFrom('mail')
    .select((build) => [
      build.fn.countAll<number>().filterWhere('givenUpAt', 'is', null).as('waiting'),
      build.fn.countAll<number>().filterWhere('givenUpAt', 'is not', null).as('failed'),
    ])
    .where('filmId', '=', filmId)
    .where('sentAt', 'is', null)
    .executeTakeFirstOrThrow();
  return counts;
}
