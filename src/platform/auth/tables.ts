import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

type PersonTable = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  twoFactorEnabled: Generated<boolean>;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

type SessionTable = {
  id: string;
  userId: string;
  token: string;
  userAgent: string | null;
  expiresAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

type CredentialTable = {
  id: string;
  userId: string;
  accountId: string;
  providerId: string;
  password: string | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

type VerificationTable = { id: string; identifier: string; value: string; expiresAt: Temporal.Instant };

type PasskeyTable = {
  id: string;
  userId: string;
  name: string | null;
  backedUp: boolean;
  createdAt: Temporal.Instant | null;
};

type TwoFactorTable = { id: string; userId: string; verified: boolean };
type AttemptTable = { key: string; points: number; expire: number | null };
type InstallationSecretTable = { name: string; value: string; madeAt: Temporal.Instant };

declare module '../database/tables.ts' {
  interface Tables {
    person: PersonTable;
    session: SessionTable;
    credential: CredentialTable;
    verification: VerificationTable;
    passkey: PasskeyTable;
    twoFactor: TwoFactorTable;
    attempt: AttemptTable;
    installationSecret: InstallationSecretTable;
  }
}
