import { invitationDays, type Role } from '../../domain/people/index.ts';
import { linkMinutes, resetMinutes } from '../../platform/auth/index.ts';
import { roleWords } from '../../ui/admin/role-words.ts';
import { type LinkLetter, written } from './letter.tsx';

type Bodies = ReturnType<typeof written>;

/** The mail with which somebody signs in. */
export function signInLetter({ name, site, secret }: { name: string; site: string; secret: string }): Bodies {
  return written({
    subject: `Sign in to ${new URL(site).host}`,
    greeting: `Hello ${name},`,
    about: [`you asked for a link with which to sign in to ${new URL(site).host}.`],
    link: { href: `${site}/admin/sign-in/link/${secret}`, words: 'Sign in' },
    after: [
      `The link works once, within ${linkMinutes} minutes.`,
      'If you did not ask for it, do nothing: without this mail nobody gets in.',
    ],
  });
}

/** The mail with which somebody chooses a new password. */
export function newPasswordLetter({
  name,
  site,
  secret,
}: {
  name: string;
  site: string;
  secret: string;
}): Bodies {
  return written({
    subject: `A new password for ${new URL(site).host}`,
    greeting: `Hello ${name},`,
    about: [`you asked to choose a new password for ${new URL(site).host}.`],
    link: { href: `${site}/admin/new-password/${secret}`, words: 'Choose a new password' },
    after: [
      `The link works once, within ${resetMinutes} minutes. Afterwards you are signed out everywhere.`,
      'If you did not ask for it, do nothing: your password stays as it is.',
    ],
  });
}

export type InvitationWords = {
  readonly site: string;
  readonly filmSlug: string;
  readonly filmTitle: string;
  readonly secret: string;
  readonly role: Role;
  readonly invitedBy: string;
};

/** Where an invitation is accepted; the secret in it lets in whoever holds it. */
export function invitationAddress({
  site,
  filmSlug,
  secret,
}: Pick<InvitationWords, 'site' | 'filmSlug' | 'secret'>): string {
  return `${site}/admin/invitations/${filmSlug}/${secret}`;
}

/** The mail that invites somebody into a film's team. */
export function invitationLetter(invitation: InvitationWords): Bodies {
  const { filmTitle, role, invitedBy, site } = invitation;
  const letter: LinkLetter = {
    subject: `${invitedBy} invites you to the team of ${filmTitle}`,
    greeting: 'Hello,',
    about: [
      `${invitedBy} invites you to work on ${filmTitle} at ${new URL(site).host}, as ${roleWords[role].name}: ${roleWords[role].does}`,
    ],
    link: { href: invitationAddress(invitation), words: 'Join the team' },
    after: [
      `The link works once, within ${invitationDays} days.`,
      `If you do not know ${invitedBy} or ${filmTitle}, do nothing.`,
    ],
  };
  return written(letter);
}
