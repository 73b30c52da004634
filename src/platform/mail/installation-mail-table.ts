import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

type InstallationMailTable = {
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
    installationMail: InstallationMailTable;
  }
}
