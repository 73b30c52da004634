/** What the admin says where a command refuses, by its code. */
const words: Readonly<Record<string, string>> = {
  address_taken: 'Somebody with this address has an account already.',
  already_member: 'This address belongs to somebody who is in the team already.',
  bad_request: 'The address of this page says something that it cannot mean.',
  form_too_large: 'This is more than the form holds. Nothing was kept.',
  form_unreadable: 'The form arrived in a shape that this page does not read.',
  invitation_gone: 'This invitation was used, taken back or has run out.',
  last_owner: 'A film keeps at least one owner. Make somebody else an owner first.',
  mail_gone: 'This mail is not here any more.',
  mail_sent: 'This mail went out meanwhile.',
  mail_waits: 'This mail is still waiting to go out; there is nothing to repeat.',
  member_gone: 'This person is not in the team any more.',
  not_owner: 'Only owners change the team, and you are none any more.',
  other_address: 'This invitation is for another address than the one you are signed in with.',
  setup_used: 'The first owner was made already. Sign in, or ask for an invitation.',
  unknown_field: 'The form holds a field that this page does not know, so nothing of it was taken.',
};

/** The sentence for a refusal; codes of other parts have words in their own pages. */
export function refusalWords(code: string): string {
  return words[code] ?? `Nothing was changed (${code.replaceAll('_', ' ')}).`;
}
