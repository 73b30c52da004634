import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { linkMinutes, resetMinutes, type SignInOutcome } from '../../../platform/auth/index.ts';
import { inInstallation } from '../../../platform/database/database.ts';
import { addJob } from '../../../platform/jobs/queue.ts';
import { type FormState, freshForm, type Sayings, sayingOf } from '../../../ui/admin/index.ts';
import type { NodeEnv } from '../../edge/visitor.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { addressField, codeField, newPasswordField, passwordField } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { networkOfRequest, safeNext, setCookies } from '../who.ts';
import {
  ForgottenPage,
  LinkAskedPage,
  LinkGonePage,
  LinkPage,
  NewPasswordPage,
  SecondFactorPage,
  SignInPage,
} from './pages.tsx';

const sayings: Sayings = {
  sign_in_first: { words: 'Sign in to go on.' },
  signed_out: { tone: 'good', words: 'You are signed out.' },
  password_set: { tone: 'good', words: 'The new password is set. Sign in with it.' },
  start_again: { tone: 'warn', words: 'That took too long. Start again.' },
};

const tooMany = 'Too many tries. Wait a quarter of an hour, or let us mail you a link.';
const next = z.string().max(500).optional();
const signInForm = z.object({ address: addressField, password: passwordField, next });
// The sign-in form sends its password field along, filled or not; it is not looked at.
const linkForm = z.object({ address: addressField, password: z.string().optional(), next });
const secondFactorForm = z.object({ code: codeField, next });
const forgottenForm = z.object({ address: addressField });
const newPasswordForm = z.object({ password: newPasswordField });

/** Signing in, by password, link or passkey, with the second step where it is on; and out. */
export function addSignInRoutes(app: Hono<NodeEnv>, house: House): void {
  addPasswordRoutes(app, house);
  addLinkRoutes(app, house);
  addForgottenRoutes(app, house);
  app.post('/admin/sign-out', async (c) => {
    setCookies(c, await house.auth.signOut(c.req.raw.headers));
    return leadTo(c, '/admin/sign-in', 'signed_out');
  });
  app.all('/admin/auth/*', async (c, proceed) => {
    const tries = { 'secret link from one network': networkOfRequest(c, house) };
    if (c.req.method === 'POST' && !(await house.auth.attempts.may(tries))) return c.json({}, 429);
    const answered = await house.auth.passkeyAnswer(c.req.raw);
    return answered ?? (await proceed());
  });
}

function addPasswordRoutes(app: Hono<NodeEnv>, house: House): void {
  const page = (c: Context, form: FormState, status: 200 | 422 | 429 = 200) => {
    const to = safeNext(form.values.next ?? c.req.query('next'));
    return answer(c, <SignInPage form={form} next={to} notice={sayingOf(c.req.url, sayings)} />, status);
  };
  app.get('/admin/sign-in', (c) => page(c, freshForm));
  app.post('/admin/sign-in', async (c) => {
    const read = await readForm(c, signInForm);
    if (!read.ok) return page(c, read.form, 422);
    const { address, password } = read.value;
    const network = networkOfRequest(c, house);
    const may = await house.auth.attempts.may({
      'sign-in from one network to one account': `${network} ${address}`,
      'sign-in from one network': network,
      'sign-in to one account': address,
    });
    if (!may) return page(c, withError(read.form, '', tooMany), 429);
    const outcome = await house.auth.signIn(c.req.raw.headers, { address, password });
    if (outcome.kind === 'refused')
      return page(c, withError(read.form, 'password', 'Address and password do not belong together.'), 422);
    return goOn(c, outcome, read.value.next);
  });
  app.get('/admin/sign-in/second-factor', (c) =>
    answer(c, <SecondFactorPage form={freshForm} next={safeNext(c.req.query('next'))} />),
  );
  app.post('/admin/sign-in/second-factor', async (c) => {
    const read = await readForm(c, secondFactorForm);
    const again = (form: FormState, status: 422 | 429) =>
      answer(c, <SecondFactorPage form={form} next={safeNext(form.values.next)} />, status);
    if (!read.ok) return again(read.form, 422);
    const tries = { 'second factor from one network': networkOfRequest(c, house) };
    if (!(await house.auth.attempts.may(tries))) return again(withError(read.form, '', tooMany), 429);
    const outcome = await house.auth.answerSecondFactor(c.req.raw.headers, read.value.code);
    if (outcome.kind === 'refused')
      return again(withError(read.form, 'code', 'This code is not right, or it came too late.'), 422);
    return goOn(c, outcome, read.value.next);
  });
}

function goOn(
  c: Context,
  outcome: Exclude<SignInOutcome, { kind: 'refused' }>,
  to: string | undefined,
): Response {
  setCookies(c, outcome.cookies);
  if (outcome.kind === 'signed in') return leadTo(c, safeNext(to));
  return leadTo(c, `/admin/sign-in/second-factor?next=${encodeURIComponent(safeNext(to))}`);
}

function addLinkRoutes(app: Hono<NodeEnv>, house: House): void {
  app.post('/admin/sign-in/link', async (c) => {
    const read = await readForm(c, linkForm);
    const page = (form: FormState, status: 422 | 429) =>
      answer(c, <SignInPage form={form} next={safeNext(form.values.next)} notice={null} />, status);
    if (!read.ok) return page(read.form, 422);
    if (!(await askForLink(c, house, 'sign-in', read.value.address)))
      return page(withError(read.form, '', 'Too many links were asked for. Wait an hour.'), 429);
    const about = { address: read.value.address, hasMail: house.config.smtpUrl !== null };
    return answer(c, <LinkAskedPage {...about} minutes={linkMinutes} isReset={false} />);
  });
  app.get('/admin/sign-in/link/:secret', (c) => answer(c, <LinkPage secret={c.req.param('secret')} />));
  app.post('/admin/sign-in/link/:secret', async (c) => {
    const tries = { 'secret link from one network': networkOfRequest(c, house) };
    if (!(await house.auth.attempts.may(tries))) return answer(c, <LinkGonePage />, 429);
    const outcome = await house.auth.signInByLink(c.req.raw.headers, c.req.param('secret'));
    return outcome.kind === 'refused' ? answer(c, <LinkGonePage />, 410) : goOn(c, outcome, undefined);
  });
}

/**
 * Leaves the asking to a job: whether the address is known, the answer takes the same steps and so the same
 * time. @returns false when too many were asked for
 */
async function askForLink(
  c: Context<NodeEnv>,
  house: House,
  kind: 'sign-in' | 'reset',
  address: string,
): Promise<boolean> {
  const may = await house.auth.attempts.may({
    'link to one address': address,
    'link from one network': networkOfRequest(c, house),
  });
  if (may) await inInstallation(house.db, (tx) => addJob(tx, 'write-sign-in-link', { kind, address }));
  return may;
}

function addForgottenRoutes(app: Hono<NodeEnv>, house: House): void {
  app.get('/admin/forgotten-password', (c) => answer(c, <ForgottenPage form={freshForm} />));
  app.post('/admin/forgotten-password', async (c) => {
    const read = await readForm(c, forgottenForm);
    if (!read.ok) return answer(c, <ForgottenPage form={read.form} />, 422);
    if (!(await askForLink(c, house, 'reset', read.value.address)))
      return answer(
        c,
        <ForgottenPage form={withError(read.form, '', 'Too many links were asked for. Wait an hour.')} />,
        429,
      );
    const about = { address: read.value.address, hasMail: house.config.smtpUrl !== null };
    return answer(c, <LinkAskedPage {...about} minutes={resetMinutes} isReset />);
  });
  app.get('/admin/new-password/:secret', (c) =>
    answer(c, <NewPasswordPage form={freshForm} secret={c.req.param('secret')} />),
  );
  app.post('/admin/new-password/:secret', async (c) => {
    const secret = c.req.param('secret');
    const read = await readForm(c, newPasswordForm);
    if (!read.ok) return answer(c, <NewPasswordPage form={read.form} secret={secret} />, 422);
    const tries = { 'secret link from one network': networkOfRequest(c, house) };
    if (!(await house.auth.attempts.may(tries))) return answer(c, <LinkGonePage />, 429);
    if ((await house.auth.resetPassword(secret, read.value.password)) === 'refused')
      return answer(c, <LinkGonePage />, 410);
    return leadTo(c, '/admin/sign-in', 'password_set');
  });
}
