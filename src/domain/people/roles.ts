/** The seven roles of a film's team. A person has one role in a film, and may have others in other films. */
export const roles = ['owner', 'manager', 'box-office', 'outreach', 'editor', 'finance', 'door'] as const;
export type Role = (typeof roles)[number];

/** What a task in the admin asks for: subject and verb. */
export const permissions = [
  'today.read',
  'film.read',
  'film.edit',
  'film.publish',
  'screenings.read',
  'screenings.edit',
  'boxoffice.read',
  'boxoffice.sell',
  'boxoffice.manage',
  'codes.read',
  'orders.read',
  'orders.edit',
  'orders.export',
  'sales.read',
  'door.read',
  'door.scan',
  'inbox.read',
  'inbox.answer',
  'inbox.export',
  'team.read',
  'team.manage',
  'audit.read',
  'mail.read',
  'mail.retry',
  'fund.read',
  'fund.manage',
  'books.read',
  'books.post',
  'payments.read',
  'payments.manage',
] as const;
export type Permission = (typeof permissions)[number];

const everybody: readonly Permission[] = ['today.read', 'screenings.read'];

/** Who may do what, as data: `roles.test.ts` shows the whole of it as a table. */
const matrix: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(permissions),
  // Everything but the team and where the money goes: those are the owners' to say.
  manager: new Set(
    permissions.filter((permission) => permission !== 'team.manage' && permission !== 'payments.manage'),
  ),
  'box-office': new Set([
    ...everybody,
    'film.read',
    'screenings.edit',
    'boxoffice.read',
    'boxoffice.sell',
    'boxoffice.manage',
    'codes.read',
    'orders.read',
    'orders.edit',
    'orders.export',
    'sales.read',
    'fund.read',
    'door.read',
    'door.scan',
    'team.read',
  ]),
  outreach: new Set([
    ...everybody,
    'film.read',
    'screenings.edit',
    'boxoffice.read',
    'codes.read',
    'inbox.read',
    'inbox.answer',
    'inbox.export',
    'team.read',
    'fund.read',
    'fund.manage',
  ]),
  editor: new Set([...everybody, 'film.read', 'film.edit', 'film.publish', 'team.read']),
  finance: new Set([
    ...everybody,
    'film.read',
    'boxoffice.read',
    'codes.read',
    'orders.read',
    'orders.export',
    'sales.read',
    'team.read',
    'audit.read',
    'fund.read',
    'books.read',
    'books.post',
    'payments.read',
  ]),
  // Sells and scans at the door: sees how full the house is, names and codes; never an address or what was paid.
  door: new Set([...everybody, 'boxoffice.read', 'boxoffice.sell', 'door.read', 'door.scan']),
};

/** Whether a role may do it. */
export function may(role: Role, permission: Permission): boolean {
  return matrix[role].has(permission);
}

/** Whether a text that came from outside names a role. */
export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}
