import { describe, expect, it } from 'vitest';
import { cast, castFilm, castPassword, strangersFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { cookieOf, openTestHouse, signIn } from '../../../../tests/ground/house.ts';

const database = await testDatabase();
const film = await castFilm(database);
const smtp = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'film@union.example' };
const withMail = await openTestHouse(database, { settings: smtp });
const withoutMail = await openTestHouse(database);
const desk = '/admin/films/union';
const ada = await signIn(withMail, cast.ada.address);
const { ask, letters, work } = withMail;

const invite = (address: string, role: string, by = withMail) =>
  by.ask(`${desk}/team/invitations`, { cookie: ada, form: { address, role } });
const linkIn = (text: string) =>
  new URL(/https?:\/\/\S+\/admin\/invitations\/[^\s<]+/.exec(text)?.[0] ?? '').pathname;

describe('inviting somebody', () => {
  it('sends a mail whose link makes an account with the role, and works once', async () => {
    expect((await invite('Hana@Union.example', 'outreach')).status).toBe(303);
    await work();
    expect(letters.at(-1)).toMatchObject({
      to: 'hana@union.example',
      subject: 'Ada Okafor invites you to the team of UNION',
    });
    const path = linkIn(letters.at(-1)?.text ?? '');
    const short = await ask(path, { form: { name: 'Hana Ito', password: 'short' } });
    expect(short.status).toBe(422);
    expect(await short.text()).toContain('value="Hana Ito"');
    const joined = await ask(path, { form: { name: 'Hana Ito', password: castPassword } });
    expect(joined.headers.get('location')).toBe(`${desk}?said=joined`);
    const hana = cookieOf(joined);
    expect((await ask(desk, { cookie: hana })).status).toBe(200);
    expect((await ask(`${desk}/audit`, { cookie: hana })).status).toBe(404);
    expect((await ask(path)).status).toBe(410);
  });

  it('is in no outbox that a manager reads: whoever holds the link gets in', async () => {
    await invite('secret-role@union.example', 'owner');
    const ben = await signIn(withMail, cast.ben.address);
    expect(await (await ask(`${desk}/outbox`, { cookie: ben })).text()).not.toContain(
      'secret-role@union.example',
    );
  });

  it('shows the link to the owner, once, where no mail server is set', async () => {
    const page = await (await invite('ivo@union.example', 'door', withoutMail)).text();
    const path = linkIn(page);
    expect((await withoutMail.ask(path)).status).toBe(200);
    expect(await (await withoutMail.ask(`${desk}/team`, { cookie: ada })).text()).not.toContain(path);
  });

  it('lets somebody with an account join after signing in, and nobody in their place', async () => {
    const { owner } = await strangersFilm(database);
    await invite(owner.address, 'editor');
    await work();
    const path = linkIn(letters.at(-1)?.text ?? '');
    expect(await (await ask(path)).text()).toContain('Sign in to join');
    const gus = await signIn(withMail, cast.gus.address);
    expect((await ask(path, { cookie: gus, form: {} })).status).toBe(409);
    const zoe = await signIn(withMail, owner.address);
    expect((await ask(path, { cookie: zoe, form: {} })).status).toBe(303);
    expect((await ask(desk, { cookie: zoe })).status).toBe(200);
    expect(await (await ask('/admin', { cookie: zoe })).text()).toMatch(
      /ELSEWHERE[\s\S]*UNION|UNION[\s\S]*ELSEWHERE/,
    );
  });

  it('says beside the field what is wrong, and keeps what was typed', async () => {
    const wrong = await invite('no address', 'editor');
    expect(wrong.status).toBe(422);
    const page = await wrong.text();
    expect(page).toContain('value="no address"');
    expect(page).toContain('An address such as ada@example.org');
    expect(await (await invite(cast.ben.address, 'editor')).text()).toContain('in the team already');
    expect((await invite('x@union.example', 'emperor')).status).toBe(422);
  });
});

describe('changing the team', () => {
  const at = (name: keyof typeof cast, what: string) =>
    `${desk}/team/members/${film.people[name].id}/${what}`;

  it('S9 takes effect at the next click of whom it is about, and offers the way back', async () => {
    const cleo = await signIn(withMail, cast.cleo.address);
    expect((await ask(`${desk}/inbox`, { cookie: cleo })).status).toBe(404);
    const changed = await ask(at('cleo', 'role'), { cookie: ada, form: { role: 'outreach' } });
    expect((await ask(`${desk}/inbox`, { cookie: cleo })).status).toBe(200);
    const page = await (await ask(changed.headers.get('location') ?? '', { cookie: ada })).text();
    expect(page).toContain('Cleo Marsh is Outreach now, and was Box office.');
    expect(page).toMatch(/name="role" value="box-office"/);
    await ask(at('cleo', 'removal'), { cookie: ada, form: {} });
    expect((await ask(desk, { cookie: cleo })).status).toBe(404);
    expect((await ask('/admin', { cookie: cleo })).status).toBe(200);
  });

  it('does not let the last owner go, and says what to do', async () => {
    const answer = await ask(at('ada', 'removal'), { cookie: ada, form: {} });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('Make somebody else an owner first');
    expect((await ask(at('ada', 'role'), { cookie: ada, form: { role: 'door' } })).status).toBe(409);
  });

  it('stands in the audit log, by person and by deed', async () => {
    const page = await (await ask(`${desk}/audit?action=team.remove`, { cookie: ada })).text();
    expect(page).toContain('Cleo Marsh');
    expect(page).not.toContain('hana@union.example');
    for (const query of ['action=%27', 'person=1', 'before=x', 'action[]=a&before='])
      expect((await ask(`${desk}/audit?${query}`, { cookie: ada })).status).toBeLessThan(500);
  });
});
