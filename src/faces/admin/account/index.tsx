import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  endOtherSessions,
  endSession,
  passkeysOf,
  removePasskey,
  renamePerson,
  sessionsOf,
} from '../../../platform/auth/index.ts';
import { inInstallation } from '../../../platform/database/database.ts';
import { freshForm, type Sayings, sayingOf } from '../../../ui/admin/index.ts';
import type { NodeEnv } from '../../edge/visitor.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { adminErrors } from '../failures.tsx';
import { codeField, nameField, newPasswordField, noFields, passwordField } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { type PersonEnv, setCookies, signedInOnly } from '../who.ts';
import { type AccountForms, AccountPage } from './pages.tsx';
import { BackupCodesPage, StartTwoFactorPage } from './second-factor-page.tsx';

const here = '/admin/account';
const sayings: Sayings = {
  renamed: { tone: 'good', words: 'The name is saved.' },
  password_changed: {
    tone: 'good',
    words: 'The password is changed, and you are signed out everywhere else.',
  },
  two_factor_on: { tone: 'good', words: 'Two-step sign-in is on.' },
  two_factor_off: { tone: 'warn', words: 'Two-step sign-in is off.' },
  passkey_added: { tone: 'good', words: 'The passkey is added.' },
  passkey_removed: { tone: 'good', words: 'The passkey is removed. Delete it on your device too.' },
  session_ended: { tone: 'good', words: 'That session is over.' },
  sessions_ended: { tone: 'good', words: 'All other sessions are over.' },
};

const wrongPassword = 'This is not your password.';
const nameForm = z.object({ name: nameField });
// `username` is there for password stores, which want to know whose password this is.
const passwordForm = z.object({
  username: z.string().optional(),
  current: passwordField,
  next: newPasswordField,
});
const sureForm = z.object({ username: z.string().optional(), password: passwordField });
const codeForm = z.object({ code: codeField });

type PersonContext = Context<PersonEnv>;

/** One's own account: name, password, second step, passkeys, sessions. */
export function addAccountRoutes(app: Hono<NodeEnv>, house: House): void {
  const account = new Hono<PersonEnv>();
  account.use(signedInOnly(house));
  account.get('/', (c) => page(c, house, {}, 200));
  addNameAndPassword(account, house);
  addTwoFactor(account, house);
  addEndings(account, house);
  account.onError(adminErrors(house));
  app.route(here, account);
}

async function page(
  c: PersonContext,
  house: House,
  forms: AccountForms,
  status: 200 | 422 | 429,
): Promise<Response> {
  const { signedIn } = c.var;
  const now = house.clock();
  const { sessions, passkeys } = await inInstallation(house.db, async (tx) => ({
    sessions: await sessionsOf(tx, now, signedIn.personId),
    passkeys: await passkeysOf(tx, signedIn.personId),
  }));
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <AccountPage {...{ signedIn, sessions, passkeys, now, forms, notice }} />, status);
}

/** Guessing a password from inside an open session is counted like guessing it from outside. */
function mayTry(c: PersonContext, house: House): Promise<boolean> {
  const { personId } = c.var.signedIn;
  return house.auth.attempts.may({ 'sign-in from one network to one account': `account ${personId}` });
}

const tooMany = 'Too many tries. Wait a quarter of an hour.';

function addNameAndPassword(account: Hono<PersonEnv>, house: House): void {
  account.post('/name', async (c) => {
    const read = await readForm(c, nameForm);
    if (!read.ok) return page(c, house, { name: read.form }, 422);
    await inInstallation(house.db, (tx) =>
      renamePerson(tx, house.clock(), c.var.signedIn.personId, read.value.name),
    );
    return leadTo(c, here, 'renamed');
  });
  account.post('/password', async (c) => {
    const read = await readForm(c, passwordForm);
    if (!read.ok) return page(c, house, { password: read.form }, 422);
    if (!(await mayTry(c, house)))
      return page(c, house, { password: withError(read.form, '', tooMany) }, 429);
    const { current, next } = read.value;
    const changed = await house.auth.changePassword(c.req.raw.headers, { current, next });
    if (changed.kind === 'refused')
      return page(c, house, { password: withError(read.form, 'current', wrongPassword) }, 422);
    setCookies(c, changed.cookies);
    return leadTo(c, here, 'password_changed');
  });
}

function addTwoFactor(account: Hono<PersonEnv>, house: House): void {
  const { auth } = house;
  const withPassword = async (c: PersonContext, act: (password: string) => Promise<Response | null>) => {
    const read = await readForm(c, sureForm);
    if (!read.ok) return page(c, house, { second: read.form }, 422);
    if (!(await mayTry(c, house))) return page(c, house, { second: withError(read.form, '', tooMany) }, 429);
    const answered = await act(read.value.password);
    return answered ?? page(c, house, { second: withError(read.form, 'password', wrongPassword) }, 422);
  };
  account.post('/two-factor', (c) =>
    withPassword(c, async (password) => {
      const start = await auth.startTwoFactor(c.req.raw.headers, password);
      if (start.kind === 'refused') return null;
      return answer(c, <StartTwoFactorPage signedIn={c.var.signedIn} start={start} form={freshForm} />);
    }),
  );
  account.post('/two-factor/confirmation', async (c) => {
    const read = await readForm(c, codeForm);
    const again = (form: typeof read.form) =>
      answer(c, <StartTwoFactorPage signedIn={c.var.signedIn} start={null} form={form} />, 422);
    if (!read.ok) return again(read.form);
    const confirmed = await auth.confirmTwoFactor(c.req.raw.headers, read.value.code);
    if (confirmed.kind === 'refused')
      return again(
        withError(read.form, 'code', 'This code is not right. Each is good for half a minute: try the next.'),
      );
    setCookies(c, confirmed.cookies);
    return leadTo(c, here, 'two_factor_on');
  });
  account.post('/two-factor/end', (c) =>
    withPassword(c, async (password) => {
      const stopped = await auth.stopTwoFactor(c.req.raw.headers, password);
      if (stopped.kind === 'refused') return null;
      setCookies(c, stopped.cookies);
      return leadTo(c, here, 'two_factor_off');
    }),
  );
  account.post('/backup-codes', (c) =>
    withPassword(c, async (password) => {
      const made = await auth.newBackupCodes(c.req.raw.headers, password);
      if (made.kind === 'refused') return null;
      return answer(c, <BackupCodesPage signedIn={c.var.signedIn} codes={made.backupCodes} />);
    }),
  );
}

function addEndings(account: Hono<PersonEnv>, house: House): void {
  account.post('/passkeys/:id/removal', async (c) => {
    await readForm(c, noFields);
    await inInstallation(house.db, (tx) => removePasskey(tx, c.var.signedIn.personId, idOf(c)));
    return leadTo(c, here, 'passkey_removed');
  });
  account.post('/sessions/:id/end', async (c) => {
    await readForm(c, noFields);
    await inInstallation(house.db, (tx) => endSession(tx, c.var.signedIn.personId, idOf(c)));
    return leadTo(c, here, 'session_ended');
  });
  account.post('/sessions/end', async (c) => {
    await readForm(c, noFields);
    const { personId, sessionId } = c.var.signedIn;
    await inInstallation(house.db, (tx) => endOtherSessions(tx, personId, sessionId));
    return leadTo(c, here, 'sessions_ended');
  });
}

/** The id in the path; one that is none cannot be anybody's. */
function idOf(c: PersonContext): string {
  const id = c.req.param('id') ?? '';
  return z.uuid().safeParse(id).success ? id : '00000000-0000-0000-0000-000000000000';
}
