// Promises: who may do what in which film, and that every film keeps at least one owner. Owns team_member,
// invitation, installation_owner, setup_link. Never signs anybody in (platform/auth does), never sends a mail.
export { acceptInvitation, type Invited, invitationOf } from './accept-invitation.ts';
export { changeRole } from './change-role.ts';
export { enrolInstallationOwners, makeFirstOwner, makeSetupLink, setupState } from './first-owner.ts';
export {
  invitationDays,
  invitations,
  invite,
  type OpenInvitation,
  renewInvitation,
  revokeInvitation,
} from './invite.ts';
export { removeMember } from './remove-member.ts';
export { isRole, may, type Permission, type Role, roles } from './roles.ts';
export { type FilmOfPerson, filmsOfPerson, type Member, roleIn, team } from './team.ts';
