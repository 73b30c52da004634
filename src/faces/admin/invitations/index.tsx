import type { Context, Hono } from 'hono';
import type { ReactElement } from 'react';
import { z } from 'zod';
import { type Film, latestRevision } from '../../../domain/film/index.ts';
import { acceptInvitation, type Invited, invitationOf } from '../../../domain/people/index.ts';
import type { SignedIn } from '../../../platform/auth/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import {
  FormErrors,
  type FormState,
  freshForm,
  PlainPage,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import { roleWords } from '../../../ui/admin/role-words.ts';
import type { NodeEnv } from '../../edge/visitor.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { nameField, newPasswordField, noFields } from '../fields.ts';
import { inItsLanguage } from '../film-desk.ts';
import { readForm } from '../form.ts';
import { networkOfRequest, setCookies } from '../who.ts';

const newPersonForm = z.object({ name: nameField, password: newPasswordField });

type Opened = {
  readonly film: Film;
  readonly title: string;
  readonly secret: string;
  readonly invited: Invited;
  readonly signedIn: SignedIn | null;
  readonly action: string;
};

/** Where an invitation's link leads: to a new account, or to joining with the one that there is. */
export function addInvitationRoutes(app: Hono<NodeEnv>, house: House): void {
  const path = '/admin/invitations/:film/:secret';
  app.get(path, async (c) => {
    const opened = await open(c, house);
    return opened ? answer(c, <InvitationPage {...opened} form={freshForm} />) : answer(c, <GonePage />, 410);
  });
  app.post(path, async (c) => {
    const tries = { 'secret link from one network': networkOfRequest(c, house) };
    const opened = (await house.auth.attempts.may(tries)) ? await open(c, house) : null;
    if (!opened) return answer(c, <GonePage />, 410);
    if (opened.signedIn) return await join(c, house, opened, opened.signedIn);
    if (opened.invited.isKnown) return leadTo(c, opened.action);
    return await joinAnew(c, house, opened);
  });
}

async function open(c: Context<NodeEnv>, house: House): Promise<Opened | null> {
  const { film: slug = '', secret = '' } = c.req.param() as Record<string, string>;
  const film = await house.directory.atSlug(slug);
  if (!film) return null;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const invited = await invitationOf(tx, film.id, house.clock(), secret);
    return (
      invited && { invited, title: inItsLanguage((await latestRevision(tx, film.id))?.document, film.slug) }
    );
  });
  if (!found) return null;
  const signedIn = await house.auth.whoIs(c.req.raw.headers);
  return { film, secret, signedIn, ...found, action: new URL(c.req.url).pathname };
}

async function join(
  c: Context,
  house: House,
  { film, secret, ...opened }: Opened,
  signedIn: SignedIn,
): Promise<Response> {
  await readForm(c, noFields);
  const as = { id: signedIn.personId, name: signedIn.name, address: signedIn.address };
  try {
    await inFilm(house.db, film.id, (tx) => acceptInvitation(tx, film.id, house.clock(), { secret, as }));
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'other_address')
      return answer(c, <InvitationPage {...opened} {...{ film, secret }} form={freshForm} />, 409);
    throw refused;
  }
  return leadTo(c, `/admin/films/${film.slug}`, 'joined');
}

async function joinAnew(c: Context, house: House, opened: Opened): Promise<Response> {
  const { film, secret, invited } = opened;
  const read = await readForm(c, newPersonForm);
  if (!read.ok) return answer(c, <InvitationPage {...opened} form={read.form} />, 422);
  const { name, password } = read.value;
  const as = { name, passwordHash: await house.auth.hashPassword(password) };
  await inFilm(house.db, film.id, (tx) => acceptInvitation(tx, film.id, house.clock(), { secret, as }));
  const outcome = await house.auth.signIn(c.req.raw.headers, { address: invited.address, password });
  if (outcome.kind === 'signed in') setCookies(c, outcome.cookies);
  return leadTo(c, `/admin/films/${film.slug}`, 'joined');
}

function InvitationPage({
  title,
  invited,
  signedIn,
  action,
  form,
}: Opened & { readonly form: FormState }): ReactElement {
  const { name, does } = roleWords[invited.role];
  return (
    <PlainPage
      title={`Join the team of ${title}`}
      about={`${invited.invitedBy} invites ${invited.address} as ${name}: ${does}`}
    >
      {signedIn ? (
        <JoinSignedIn invited={invited} signedIn={signedIn} action={action} />
      ) : invited.isKnown ? (
        <p className="button-row">
          <a className="button-main" href={`/admin/sign-in?next=${encodeURIComponent(action)}`}>
            Sign in to join
          </a>
        </p>
      ) : (
        <form method="post" action={action} className="stack">
          <FormErrors form={form} />
          <TextField
            name="name"
            label="Your name"
            form={form}
            autoComplete="name"
            charactersMax={200}
            hint="The team sees it beside what you do."
          />
          <TextField
            name="password"
            label="Choose a password"
            type="password"
            form={form}
            autoComplete="new-password"
            charactersMax={200}
            hint="At least 12 characters; a few words are good."
          />
          <Submit>Join the team</Submit>
        </form>
      )}
    </PlainPage>
  );
}

function JoinSignedIn({
  invited,
  signedIn,
  action,
}: {
  readonly invited: Invited;
  readonly signedIn: SignedIn;
  readonly action: string;
}): ReactElement {
  if (signedIn.address === invited.address) {
    return (
      <form method="post" action={action}>
        <Submit>Join as {signedIn.name}</Submit>
      </form>
    );
  }
  return (
    <form method="post" action="/admin/sign-out" className="stack">
      <p>You are signed in as {signedIn.address}. Sign out, then open the link of the invitation again.</p>
      <Submit>Sign out</Submit>
    </form>
  );
}

function GonePage(): ReactElement {
  return (
    <PlainPage
      title="This invitation is over"
      about="It was used, taken back, or has run out. Whoever invited you can send it again from the team page."
    >
      <p>
        <a className="button-plain" href="/admin">
          To your films
        </a>
      </p>
    </PlainPage>
  );
}
