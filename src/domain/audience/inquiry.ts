import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { type MailState, mailsByKey } from '../../platform/mail/mails.ts';
import type { InquiryLine } from './inquiries.ts';
import './tables.ts';

export type ThreadEntry = {
  readonly id: string;
  readonly kind: 'reply' | 'note';
  readonly body: string;
  readonly personName: string;
  readonly at: Temporal.Instant;
  /** How the mail of a reply stands; null while it is being written. */
  readonly mail: { readonly state: MailState; readonly lastFailure: string | null } | null;
};

export type Inquiry = InquiryLine & {
  readonly language: string;
  readonly page: string;
  readonly contactId: string;
  readonly assignedTo: string | null;
  readonly changedAt: Temporal.Instant;
  readonly networkHash: Buffer | null;
};

/** The keys of the mails about an inquiry: to the visitor, to the team, and each reply. */
export const inquiryMailKeys = {
  received: (inquiryId: string): string => `inquiry-received:${inquiryId}`,
  team: (inquiryId: string): string => `inquiry-team:${inquiryId}`,
  reply: (entryId: string): string => `inquiry-reply:${entryId}`,
};

/** One inquiry by its code; null where this film has none of it. */
export async function inquiryByCode(tx: Tx, filmId: string, code: string): Promise<Inquiry | null> {
  const found = await tx
    .selectFrom('inquiry')
    .selectAll()
    .where('filmId', '=', filmId)
    .where('code', '=', code)
    .executeTakeFirst();
  return found ?? null;
}

/** One inquiry for a letter; it cannot be erased before the transaction ends, nor its letter written after that. */
export async function inquiryById(tx: Tx, filmId: string, id: string): Promise<Inquiry | null> {
  const found = await tx
    .selectFrom('inquiry')
    .selectAll()
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return found ?? null;
}

/** What the team wrote about an inquiry, oldest first, with how each mail stands. */
export async function threadOf(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  inquiryId: string,
): Promise<ThreadEntry[]> {
  const entries = await tx
    .selectFrom('inquiryEntry')
    .select(['id', 'kind', 'body', 'personName', 'at'])
    .where('filmId', '=', filmId)
    .where('inquiryId', '=', inquiryId)
    .orderBy('id')
    .execute();
  const keys = entries.filter(({ kind }) => kind === 'reply').map(({ id }) => inquiryMailKeys.reply(id));
  const mails = new Map((await mailsByKey(tx, filmId, now, keys)).map((mail) => [mail.key, mail]));
  return entries.map((entry) => ({ ...entry, mail: mails.get(inquiryMailKeys.reply(entry.id)) ?? null }));
}

/** One reply with the inquiry that it answers, for the letter. */
export async function replyById(tx: Tx, filmId: string, entryId: string) {
  const entry = await tx
    .selectFrom('inquiryEntry')
    .select(['id', 'inquiryId', 'body', 'personName'])
    .where('filmId', '=', filmId)
    .where('id', '=', entryId)
    .where('kind', '=', 'reply')
    .executeTakeFirst();
  if (!entry) return null;
  const inquiry = await inquiryById(tx, filmId, entry.inquiryId);
  return inquiry && { ...entry, inquiry };
}

/** The Message-IDs of the mails that went to the visitor before an entry, oldest first. */
export async function messageIdsBefore(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  inquiryId: string,
  entryId: string,
): Promise<string[]> {
  const earlier = await tx
    .selectFrom('inquiryEntry')
    .select('id')
    .where('filmId', '=', filmId)
    .where('inquiryId', '=', inquiryId)
    .where('kind', '=', 'reply')
    .where('id', '<', entryId)
    .orderBy('id')
    .execute();
  const keys = [inquiryMailKeys.received(inquiryId), ...earlier.map(({ id }) => inquiryMailKeys.reply(id))];
  return (await mailsByKey(tx, filmId, now, keys)).map(({ messageId }) => messageId);
}
