import type { Hono } from 'hono';
import type { ReactElement } from 'react';
import { z } from 'zod';
import { films } from '../../../domain/film/index.ts';
import { makeFirstOwner, setupState } from '../../../domain/people/index.ts';
import { inInstallation } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import {
  FormErrors,
  type FormState,
  freshForm,
  PlainPage,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { NodeEnv } from '../../edge/visitor.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { addressField, nameField, newPasswordField } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { refusalWords } from '../refusal-words.ts';
import { networkOfRequest, setCookies } from '../who.ts';

const firstOwnerForm = z.object({ name: nameField, address: addressField, password: newPasswordField });

/** The page behind the link that the terminal prints: it makes the first owner, once. */
export function addSetupRoutes(app: Hono<NodeEnv>, house: House): void {
  app.get('/setup/:secret', async (c) => {
    const secret = c.req.param('secret');
    const state = await inInstallation(house.db, (tx) => setupState(tx, secret));
    if (state === 'unknown') throw new NotFound();
    return state === 'used'
      ? answer(c, <UsedPage />, 410)
      : answer(c, <SetupPage secret={secret} form={freshForm} />);
  });
  app.post('/setup/:secret', async (c) => {
    const secret = c.req.param('secret');
    const read = await readForm(c, firstOwnerForm);
    if (!read.ok) return answer(c, <SetupPage secret={secret} form={read.form} />, 422);
    const tries = { 'secret link from one network': networkOfRequest(c, house) };
    if (!(await house.auth.attempts.may(tries))) throw new NotFound();
    const { name, address, password } = read.value;
    const passwordHash = await house.auth.hashPassword(password);
    try {
      await inInstallation(house.db, async (tx) => {
        const filmIds = (await films(tx)).map(({ id }) => id);
        await makeFirstOwner(tx, house.clock(), { secret, name, address, passwordHash, filmIds });
      });
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      if (refused.code === 'setup_unknown') throw new NotFound();
      if (refused.code === 'address_taken')
        return answer(
          c,
          <SetupPage secret={secret} form={withError(read.form, 'address', refusalWords(refused.code))} />,
          422,
        );
      return answer(c, <UsedPage />, 410);
    }
    const outcome = await house.auth.signIn(c.req.raw.headers, { address, password });
    if (outcome.kind === 'signed in') setCookies(c, outcome.cookies);
    return leadTo(c, '/admin', 'welcome');
  });
}

function SetupPage({ secret, form }: { readonly secret: string; readonly form: FormState }): ReactElement {
  return (
    <PlainPage
      title="Make the first owner"
      about="This installation has no owner yet. Whoever fills this in runs it: every film in it, and who else may enter."
    >
      <FormErrors form={form} />
      <form method="post" action={`/setup/${secret}`} className="stack">
        <TextField
          name="name"
          label="Your name"
          form={form}
          autoComplete="name"
          charactersMax={200}
          hint="Your team sees it beside what you do."
        />
        <TextField
          name="address"
          label="E-mail address"
          type="email"
          form={form}
          autoComplete="username"
          charactersMax={254}
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          form={form}
          autoComplete="new-password"
          charactersMax={200}
          hint="At least 12 characters; a few words are good."
        />
        <Submit>Make me the owner</Submit>
      </form>
    </PlainPage>
  );
}

function UsedPage(): ReactElement {
  return (
    <PlainPage
      title="This link is used up"
      about="The first owner was made already. Everybody else comes by invitation: owners send them from the team page."
    >
      <p>
        <a className="button-main" href="/admin/sign-in">
          Sign in
        </a>
      </p>
    </PlainPage>
  );
}
