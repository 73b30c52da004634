import type { Temporal } from 'temporal-polyfill';

type ProcessPulseTable = {
  id: string;
  role: 'all' | 'web' | 'worker';
  startedAt: Temporal.Instant;
  seenAt: Temporal.Instant;
};

declare module './database/tables.ts' {
  interface Tables {
    processPulse: ProcessPulseTable;
  }
}
