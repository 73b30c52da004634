import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Attachment } from './attachments.ts';

/** A mail as an outbox keeps it: a film's, or the installation's own, which belongs to no film. */
type MailTable = {
  id: string;
  key: string;
  toAddress: string;
  replyTo: string | null;
  subject: string;
  textBody: string;
  htmlBody: string;
  headers: ColumnType<Record<string, string>, string, never>;
  messageId: string;
  writtenAt: Temporal.Instant;
  sentAt: Temporal.Instant | null;
  tryingSince: Temporal.Instant | null;
  tries: Generated<number>;
  lastFailure: string | null;
  givenUpAt: Temporal.Instant | null;
};

declare module '../database/tables.ts' {
  interface Tables {
    mail: MailTable & {
      filmId: string;
      attachments: ColumnType<Attachment[], string | undefined, never>;
    };
    installationMail: MailTable;
  }
}
