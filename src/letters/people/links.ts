import { plainTheme } from '../../domain/film/index.ts';
import { invitationDays, type Role } from '../../domain/people/index.ts';
import { linkMinutes, resetMinutes } from '../../platform/auth/index.ts';
import { roleWords } from '../../ui/admin/role-words.ts';
import { written } from '../letter.tsx';

type Bodies = ReturnType<typeof written>;

/** A short mail with one link in it. */
type LinkLetter = {
  /** Who writes: the installation, or a film. */
  readonly title: string;
  readonly subject: string;
  readonly greeting: string;
  /** What this is about, before the link. */
  readonly about: string;
  readonly link: { readonly href: string; readonly words: string };
  /** How long it is good, and what to do when it was not asked for. */
  readonly after: readonly string[];
};

function linkLetter({ title, subject, greeting, about, link, after }: LinkLetter): Bodies {
  return written({
    language: 'en',
    title,
    theme: plainTheme,
    subject,
    pieces: [
      { kind: 'words', text: greeting },
      { kind: 'words', text: about },
      {
        kind: 'button',
        href: link.href,
        label: link.words,
        below: 'If the button does not work, copy this address into your browser:',
      },
      ...after.map((text) => ({ kind: 'small', text }) as const),
    ],
  });
}

/** The mail with which somebody signs in. */
export function signInLetter({ name, site, secret }: { name: string; site: string; secret: string }): Bodies {
  return linkLetter({
    title: 'Houselights',
    subject: `Sign in to ${new URL(site).host}`,
    greeting: `Hello ${name},`,
    about: `you asked for a link with which to sign in to ${new URL(site).host}.`,
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
  return linkLetter({
    title: 'Houselights',
    subject: `A new password for ${new URL(site).host}`,
    greeting: `Hello ${name},`,
    about: `you asked to choose a new password for ${new URL(site).host}.`,
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
  return linkLetter({
    title: filmTitle,
    subject: `${invitedBy} invites you to the team of ${filmTitle}`,
    greeting: 'Hello,',
    about: `${invitedBy} invites you to work on ${filmTitle} at ${new URL(site).host}, as ${roleWords[role].name}: ${roleWords[role].does}`,
    link: { href: invitationAddress(invitation), words: 'Join the team' },
    after: [
      `The link works once, within ${invitationDays} days.`,
      `If you do not know ${invitedBy} or ${filmTitle}, do nothing.`,
    ],
  });
}
