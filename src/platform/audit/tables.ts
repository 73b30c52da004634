import type { ColumnType } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

type AuditTable = {
  filmId: string;
  id: string;
  at: Temporal.Instant;
  personId: string | null;
  personName: string;
  action: string;
  subject: string;
  details: ColumnType<Record<string, unknown>, string, never>;
};

declare module '../database/tables.ts' {
  interface Tables {
    audit: AuditTable;
  }
}
