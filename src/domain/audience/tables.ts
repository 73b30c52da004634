import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Answer } from './forms.ts';

export const inquiryStates = ['new', 'open', 'answered', 'closed', 'spam'] as const;
/** `new`: nobody of the team has opened it yet. */
export type InquiryState = (typeof inquiryStates)[number];

type ContactTable = {
  filmId: string;
  id: string;
  address: string;
  name: string;
  language: string;
  madeAt: Temporal.Instant;
};

type InquiryTable = {
  filmId: string;
  id: string;
  code: string;
  form: string;
  formTitle: string;
  language: string;
  contactId: string;
  name: string;
  address: string;
  answers: ColumnType<readonly Answer[], string, never>;
  page: string;
  contentKey: Buffer;
  networkHash: Buffer | null;
  state: Generated<InquiryState>;
  version: Generated<number>;
  assignedTo: string | null;
  assignedName: string | null;
  madeAt: Temporal.Instant;
  changedAt: Temporal.Instant;
  search: string;
};

type InquiryEntryTable = {
  filmId: string;
  id: string;
  inquiryId: string;
  kind: 'reply' | 'note';
  body: string;
  personId: string | null;
  personName: string;
  at: Temporal.Instant;
};

export type Purpose = 'newsletter';
export type ConsentStep = 'asked' | 'given' | 'withdrawn';

type ConsentTable = {
  filmId: string;
  id: string;
  contactId: string;
  purpose: Purpose;
  organisation: string;
  step: ConsentStep;
  wording: string;
  language: string;
  page: string;
  networkHash: Buffer | null;
  at: Temporal.Instant;
};

type SubscriptionTable = {
  filmId: string;
  contactId: string;
  purpose: Purpose;
  optInId: string | null;
  secretHash: Buffer | null;
  askedAt: Temporal.Instant | null;
  expiresAt: Temporal.Instant | null;
  site: string;
  confirmedAt: Temporal.Instant | null;
  withdrawnAt: Temporal.Instant | null;
};

type SpentProofTable = { filmId: string; proofHash: Buffer; expiresAt: Temporal.Instant };

declare module '../../platform/database/tables.ts' {
  interface Tables {
    contact: ContactTable;
    inquiry: InquiryTable;
    inquiryEntry: InquiryEntryTable;
    consent: ConsentTable;
    subscription: SubscriptionTable;
    spentProof: SpentProofTable;
  }
}
