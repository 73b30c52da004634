import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Role } from './roles.ts';
import '../../platform/auth/tables.ts';

type TeamMemberTable = { filmId: string; personId: string; role: Role; since: Temporal.Instant };

type InvitationTable = {
  filmId: string;
  id: string;
  address: string;
  role: Role;
  secretHash: Buffer;
  wasMailed: boolean;
  invitedBy: string;
  invitedAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  acceptedAt: Temporal.Instant | null;
  revokedAt: Temporal.Instant | null;
};

type InstallationOwnerTable = { personId: string; since: Temporal.Instant };

type SetupLinkTable = {
  isOnly: Generated<boolean>;
  secretHash: Buffer;
  madeAt: Temporal.Instant;
  usedAt: Temporal.Instant | null;
};

declare module '../../platform/database/tables.ts' {
  interface Tables {
    teamMember: TeamMemberTable;
    invitation: InvitationTable;
    installationOwner: InstallationOwnerTable;
    setupLink: SetupLinkTable;
  }
}
