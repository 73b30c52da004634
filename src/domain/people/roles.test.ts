import { expect, it } from 'vitest';
import { may, permissions, roles } from './roles.ts';

it('S16 the roles see and do this, and nothing else', () => {
  const width = Math.max(...permissions.map((permission) => permission.length));
  const table = permissions.map(
    (permission) =>
      permission.padEnd(width) + roles.map((role) => (may(role, permission) ? ` ${role}` : '')).join(''),
  );
  expect(`\n${table.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    today.read       owner manager box-office outreach editor finance door
    film.read        owner manager box-office outreach editor finance
    film.edit        owner manager editor
    film.publish     owner manager editor
    screenings.read  owner manager box-office outreach editor finance door
    screenings.edit  owner manager box-office outreach
    boxoffice.read   owner manager box-office outreach finance door
    boxoffice.sell   owner manager box-office door
    boxoffice.manage owner manager box-office
    codes.read       owner manager box-office outreach finance
    orders.read      owner manager box-office finance
    orders.edit      owner manager box-office
    orders.export    owner manager box-office finance
    sales.read       owner manager box-office finance
    door.read        owner manager box-office door
    door.scan        owner manager box-office door
    inbox.read       owner manager outreach
    inbox.answer     owner manager outreach
    inbox.export     owner manager outreach
    team.read        owner manager box-office outreach editor finance
    team.manage      owner
    audit.read       owner manager finance
    mail.read        owner manager
    mail.retry       owner manager
    fund.read        owner manager box-office outreach finance
    fund.manage      owner manager outreach
    books.read       owner manager finance
    books.post       owner manager finance
    payments.read    owner manager finance
    payments.manage  owner
    "
  `);
});
