import type { ReactElement } from 'react';
import { type Member, may, type OpenInvitation, roles } from '../../../domain/people/index.ts';
import {
  Badge,
  ChoiceField,
  DeskPage,
  DeskTable,
  EmptyState,
  FormErrors,
  type FormState,
  type NoticeWords,
  PostButton,
  roleWords,
  Submit,
  TextField,
  When,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

export type TeamPageProps = {
  readonly desk: Desk;
  readonly members: readonly Member[];
  readonly invitations: readonly OpenInvitation[];
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

const roleChoices = roles.map((role) => ({ value: role, label: roleWords[role].name }));

/** Who is in the team, who is invited; for owners with what changes it. */
export function TeamPage(props: TeamPageProps): ReactElement {
  const { desk, notice } = props;
  const isOwner = may(desk.role, 'team.manage');
  return (
    <DeskPage desk={desk} title="Team" about="Who works on this film, and as what." notice={notice}>
      <Members {...props} isOwner={isOwner} />
      {isOwner ? <Invitations {...props} /> : null}
      {isOwner ? <InviteForm {...props} /> : null}
      <Roles />
    </DeskPage>
  );
}

function Members({ desk, members, isOwner }: TeamPageProps & { readonly isOwner: boolean }): ReactElement {
  return (
    <section className="desk-section">
      <h2>Members</h2>
      <DeskTable
        caption="Members of the team"
        rows={members}
        keyOf={({ personId }) => personId}
        columns={[
          {
            name: 'Name',
            kind: 'lead',
            cell: (member) => (
              <>
                {member.name}{' '}
                {member.personId === desk.person.id ? <span className="quiet">(you)</span> : null}
                <span className="desk-under">{member.address}</span>
              </>
            ),
          },
          {
            name: 'Role',
            cell: (member) =>
              isOwner ? <RoleForm desk={desk} member={member} /> : roleWords[member.role].name,
          },
          {
            name: 'Two-step',
            cell: ({ hasTwoFactor }) => (
              <Badge tone={hasTwoFactor ? 'good' : 'plain'}>{hasTwoFactor ? 'On' : 'Off'}</Badge>
            ),
          },
          { name: 'Since', cell: ({ since }) => <When at={since} now={desk.now} /> },
          ...(isOwner
            ? [
                {
                  name: 'Remove',
                  kind: 'actions' as const,
                  cell: ({ personId, name }: Member) => (
                    <a
                      className="button-plain"
                      href={`${desk.base}/team/members/${personId}/removal`}
                      aria-label={personId === desk.person.id ? 'Leave the team' : `Remove ${name}`}
                    >
                      {personId === desk.person.id ? 'Leave' : 'Remove'}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
        empty={<EmptyState title="Nobody is here." />}
      />
    </section>
  );
}

function RoleForm({ desk, member }: { readonly desk: Desk; readonly member: Member }): ReactElement {
  return (
    <form method="post" action={`${desk.base}/team/members/${member.personId}/role`} className="inline-form">
      <label className="only-read" htmlFor={`role-${member.personId}`}>
        Role of {member.name}
      </label>
      <select id={`role-${member.personId}`} name="role" defaultValue={member.role}>
        {roleChoices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Submit look="plain" label={`Set the role of ${member.name}`}>
        Set
      </Submit>
    </form>
  );
}

function Invitations({ desk, invitations }: TeamPageProps): ReactElement | null {
  if (invitations.length === 0) return null;
  const at = (id: string) => `${desk.base}/team/invitations/${id}`;
  return (
    <section className="desk-section">
      <h2>Invited</h2>
      <DeskTable
        caption="Invitations that wait"
        rows={invitations}
        keyOf={({ id }) => id}
        columns={[
          { name: 'Address', kind: 'lead', cell: ({ address }) => address },
          { name: 'Role', cell: ({ role }) => roleWords[role].name },
          {
            name: 'Invited',
            cell: ({ invitedAt, invitedBy }) => (
              <>
                <When at={invitedAt} now={desk.now} /> by {invitedBy}
              </>
            ),
          },
          {
            name: 'Good until',
            cell: ({ expiresAt }) =>
              expiresAt.epochMilliseconds > desk.now.epochMilliseconds ? (
                <When at={expiresAt} now={desk.now} />
              ) : (
                <Badge tone="warn">Run out</Badge>
              ),
          },
          {
            name: 'Change',
            kind: 'actions',
            cell: ({ id, address }) => (
              <div className="button-row">
                <PostButton action={`${at(id)}/renewal`} label={`Send again: the invitation to ${address}`}>
                  Send again
                </PostButton>
                <PostButton action={`${at(id)}/revocation`} label={`Take back the invitation to ${address}`}>
                  Take back
                </PostButton>
              </div>
            ),
          },
        ]}
        empty={null}
      />
    </section>
  );
}

function InviteForm({ desk, form }: TeamPageProps): ReactElement {
  return (
    <section className="desk-section" id="invite">
      <h2>Invite somebody</h2>
      <form method="post" action={`${desk.base}/team/invitations`} className="stack">
        <FormErrors form={form} outcome="No invitation was sent yet." />
        <div className="side-by-side">
          <TextField
            name="address"
            label="E-mail address"
            type="email"
            form={form}
            autoComplete="off"
            charactersMax={254}
          />
          <ChoiceField name="role" label="Role" form={form} choices={roleChoices} none="Choose" />
        </div>
        <Submit>Invite</Submit>
      </form>
    </section>
  );
}

function Roles(): ReactElement {
  return (
    <details className="desk-section">
      <summary>What each role does</summary>
      <dl className="desk-facts">
        {roles.map((role) => (
          <div key={role}>
            <dt>{roleWords[role].name}</dt>
            <dd>{roleWords[role].does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** A link to hand over by hand: seen once, because only its hash is kept. */
export function InvitationLinkPage({
  desk,
  address,
  link,
}: {
  readonly desk: Desk;
  readonly address: string;
  readonly link: string;
}): ReactElement {
  return (
    <DeskPage desk={desk} title="Hand over this link" from={{ href: `${desk.base}/team`, label: 'Team' }}>
      <p>
        No mail server is set up (<code>SMTP_URL</code>), so nothing goes to {address} by itself. Give them
        this link; it works once, and this page is the only place that shows it.
      </p>
      <p>
        <code className="secret">{link}</code>
      </p>
      <p>
        <a className="button-main" href={`${desk.base}/team`}>
          Done
        </a>
      </p>
    </DeskPage>
  );
}

export function RemovePage({
  desk,
  member,
  problem,
}: {
  readonly desk: Desk;
  readonly member: Member;
  readonly problem: string | null;
}): ReactElement {
  const isSelf = member.personId === desk.person.id;
  return (
    <DeskPage
      desk={desk}
      title={isSelf ? 'Leave the team?' : `Remove ${member.name}?`}
      from={{ href: `${desk.base}/team`, label: 'Team' }}
      notice={problem === null ? null : { tone: 'bad', words: problem }}
    >
      <p>
        {isSelf ? 'You lose' : `${member.name} loses`} every page of {desk.film.title} at once. What{' '}
        {isSelf ? 'you' : 'they'} did stays, with {isSelf ? 'your' : 'their'} name. To come back takes a new
        invitation.
      </p>
      <div className="button-row">
        <PostButton action={`${desk.base}/team/members/${member.personId}/removal`} look="danger">
          {isSelf ? 'Leave the team' : `Remove ${member.name}`}
        </PostButton>
        <a href={`${desk.base}/team`}>Keep {isSelf ? 'my place' : 'them'}</a>
      </div>
    </DeskPage>
  );
}
