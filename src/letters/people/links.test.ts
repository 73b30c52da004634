import { describe, expect, it } from 'vitest';
import { invitationLetter, newPasswordLetter, signInLetter } from './links.ts';

const site = 'https://film.example';
const secret = 'AAAAAAAAAAAAAAAAAAAAAA';
const invitation = {
  site,
  filmSlug: 'union',
  filmTitle: 'UNION',
  secret,
  role: 'editor',
  invitedBy: 'Ada <b>',
} as const;

describe('the mails that let people in', () => {
  it.each([
    ['to sign in', signInLetter({ name: 'Ada', site, secret }), `${site}/admin/sign-in/link/${secret}`],
    [
      'to a new password',
      newPasswordLetter({ name: 'Ada', site, secret }),
      `${site}/admin/new-password/${secret}`,
    ],
    ['into a team', invitationLetter(invitation), `${site}/admin/invitations/union/${secret}`],
  ])('carry the link %s on a line of its own, and as a button', (_what, { text, html }, link) => {
    expect(text.split('\n')).toContain(link);
    expect(html).toContain(`href="${link}"`);
    expect(text).toContain('works once');
    expect(text).not.toContain('button');
  });

  it('take a name for words and never for markup', () => {
    const { html } = invitationLetter(invitation);
    expect(html).toContain('Ada &lt;b&gt; invites you to work on UNION at film.example, as ');
    expect(html).not.toContain('Ada <b>');
  });
});
