import { z } from 'zod';
import {
  changeRole,
  invitations,
  invite,
  isRole,
  type Member,
  removeMember,
  renewInvitation,
  revokeInvitation,
  team,
} from '../../../domain/people/index.ts';
import { invitationAddress, invitationLetter } from '../../../letters/people/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { writeInstallationMail } from '../../../platform/mail/write-installation-mail.ts';
import { Refusal } from '../../../platform/refusal.ts';
import {
  type FormState,
  freshForm,
  type NoticeWords,
  roleWords,
  type Sayings,
  sayingOf,
} from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { addressField, noFields, roleField } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { refusalWords } from '../refusal-words.ts';
import { InvitationLinkPage, RemovePage, TeamPage } from './pages.tsx';

const inviteForm = z.object({ address: addressField, role: roleField });
const roleForm = z.object({ role: roleField });

const sayings: Sayings = {
  invited: { tone: 'good', words: 'The invitation is on its way.' },
  revoked: { tone: 'good', words: 'The invitation is taken back; its link leads nowhere now.' },
  removed: { tone: 'good', words: 'Removed. Their next click finds the door closed.' },
};

/** The team: read by those who work in it, changed by owners. */
export function addTeamDesk(desk: DeskApp, house: House): void {
  desk.get('/team', allow('team.read'), (c) => page(c, house, freshForm, 200));
  desk.post('/team/invitations', allow('team.manage'), async (c) => {
    const read = await readForm(c, inviteForm);
    if (!read.ok) return page(c, house, read.form, 422);
    try {
      return await sendInvitation(c, house, (tx, { film, now, actor }, wasMailed) =>
        invite(tx, film.id, now, actor, { ...read.value, wasMailed }),
      );
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      return page(c, house, withError(read.form, 'address', refusalWords(refused.code)), 422);
    }
  });
  desk.post('/team/invitations/:id/renewal', allow('team.manage'), async (c) => {
    await readForm(c, noFields);
    const id = idOf(c);
    return await sendInvitation(c, house, (tx, { film, now, actor }, wasMailed) =>
      renewInvitation(tx, film.id, now, actor, { id, wasMailed }),
    );
  });
  desk.post('/team/invitations/:id/revocation', allow('team.manage'), async (c) => {
    await readForm(c, noFields);
    const { film, now, actor, base } = c.var.desk;
    await inFilm(house.db, film.id, (tx) => revokeInvitation(tx, film.id, now, actor, idOf(c)));
    return leadTo(c, `${base}/team`, 'revoked');
  });
  addMemberRoutes(desk, house);
}

function addMemberRoutes(desk: DeskApp, house: House): void {
  desk.post('/team/members/:id/role', allow('team.manage'), async (c) => {
    const read = await readForm(c, roleForm);
    if (!read.ok) throw new Refusal('form_unreadable');
    const { film, now, actor, base } = c.var.desk;
    const personId = idOf(c);
    const was = await inFilm(house.db, film.id, (tx) =>
      changeRole(tx, film.id, now, actor, { personId, role: read.value.role }),
    );
    return leadTo(c, `${base}/team?changed=${personId}&was=${was}`);
  });
  desk.get('/team/members/:id/removal', allow('team.manage'), async (c) => {
    const member = await memberOf(c, house);
    return answer(c, <RemovePage desk={c.var.desk} member={member} problem={null} />);
  });
  desk.post('/team/members/:id/removal', allow('team.manage'), async (c) => {
    await readForm(c, noFields);
    const { film, now, actor, base, person } = c.var.desk;
    const member = await memberOf(c, house);
    try {
      await inFilm(house.db, film.id, (tx) => removeMember(tx, film.id, now, actor, member.personId));
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      const problem = refusalWords(refused.code);
      return answer(c, <RemovePage desk={c.var.desk} member={member} problem={problem} />, 409);
    }
    return member.personId === person.id ? leadTo(c, '/admin') : leadTo(c, `${base}/team`, 'removed');
  });
}

async function page(c: DeskContext, house: House, form: FormState, status: 200 | 422): Promise<Response> {
  const { desk } = c.var;
  const found = await inFilm(house.db, desk.film.id, async (tx) => ({
    members: await team(tx, desk.film.id),
    invitations: await invitations(tx, desk.film.id),
  }));
  const notice = roleNotice(c, found.members) ?? sayingOf(c.req.url, sayings);
  return answer(c, <TeamPage desk={desk} {...found} form={form} notice={notice} />, status);
}

/** After a role was changed: what it is now, and the way back. */
function roleNotice(c: DeskContext, members: readonly Member[]): NoticeWords | null {
  const { changed, was } = c.req.query();
  const member = members.find(({ personId }) => personId === changed);
  if (!member || was === undefined || !isRole(was) || was === member.role) return null;
  return {
    tone: 'good',
    words: `${member.name} is ${roleWords[member.role].name} now, and was ${roleWords[was].name}.`,
    undo: { action: `${c.var.desk.base}/team/members/${member.personId}/role`, fields: { role: was } },
  };
}

type Sealing = (tx: Tx, desk: Desk, wasMailed: boolean) => Promise<Awaited<ReturnType<typeof invite>>>;

/** Invites and writes the mail in one transaction; without a mail server the owner hands over the link. */
async function sendInvitation(c: DeskContext, house: House, seal: Sealing): Promise<Response> {
  const { desk } = c.var;
  const { publicUrl: site, smtpUrl } = house.config;
  const wasMailed = smtpUrl !== null;
  const sealed = await inFilm(house.db, desk.film.id, async (tx) => {
    const made = await seal(tx, desk, wasMailed);
    if (!wasMailed) return made;
    const letter = invitationLetter({
      site,
      filmSlug: desk.film.slug,
      filmTitle: desk.film.title,
      secret: made.secret,
      role: made.role,
      invitedBy: desk.person.name,
    });
    await writeInstallationMail(tx, desk.now, { key: `invitation:${made.id}`, to: made.address, ...letter });
    return made;
  });
  if (wasMailed) return leadTo(c, `${desk.base}/team`, 'invited');
  const link = invitationAddress({ site, filmSlug: desk.film.slug, secret: sealed.secret });
  return answer(c, <InvitationLinkPage desk={desk} address={sealed.address} link={link} />);
}

async function memberOf(c: DeskContext, house: House): Promise<Member> {
  const { film } = c.var.desk;
  const members = await inFilm(house.db, film.id, (tx) => team(tx, film.id));
  const member = members.find(({ personId }) => personId === c.req.param('id'));
  if (!member) throw new NotFound();
  return member;
}

function idOf(c: DeskContext): string {
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  return id;
}
