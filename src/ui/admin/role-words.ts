import type { Role } from '../../domain/people/roles.ts';

/** What each role is called, and in one sentence what it does. */
export const roleWords: Readonly<Record<Role, { readonly name: string; readonly does: string }>> = {
  owner: { name: 'Owner', does: 'everything, and who is in the team.' },
  manager: { name: 'Manager', does: 'everything but the team.' },
  'box-office': { name: 'Box office', does: 'screenings and their dates.' },
  outreach: { name: 'Outreach', does: 'the inbox, its people, and screenings.' },
  editor: { name: 'Editor', does: 'the film’s pages, from draft to publishing.' },
  finance: { name: 'Finance', does: 'looks at the film’s pages and the audit log.' },
  door: { name: 'Door', does: 'looks at the screenings.' },
};
