import { isAPIError } from 'better-auth/api';
import { hashPassword } from 'better-auth/crypto';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { becomeProgram, type Database } from '../database/database.ts';
import { openAttempts } from './attempts.ts';
import { type Engine, type EngineSettings, makeEngine } from './engine.ts';
import type { Auth, SignedIn, SignInOutcome } from './index.ts';
import { installationSecret } from './installation-secret.ts';
import { answerPasskeys } from './passkeys.ts';

/**
 * Opens sign-in on the installation's database, with few sessions of its own: the library wants
 * PostgreSQL's values as `pg` gives them, dates as Date.
 */
export async function openAuth(
  database: Database,
  { publicUrl, onLink, now }: Pick<EngineSettings, 'publicUrl' | 'onLink'> & { now: Temporal.Instant },
): Promise<Auth> {
  const pool = new pg.Pool({
    ...database.connection,
    max: 4,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'houselights sign-in',
    onConnect: becomeProgram,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const secret = await installationSecret(database.kysely, 'sign-in', now);
  const engine = makeEngine({ pool, secret, publicUrl, onLink });
  return {
    attempts: openAttempts(pool),
    ...waysIn(engine),
    ...ownAccount(engine),
    hashPassword,
    passkeyAnswer: (request) => answerPasskeys(engine, request),
    close: () => pool.end(),
  };
}

type Returned = { readonly headers: Headers; readonly response: unknown };

/** Calls the library and turns its "no" (any 4xx) into null; everything else that it throws is a bug. */
async function ask<T extends Returned>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (isAPIError(error) && error.statusCode >= 300 && error.statusCode < 500) return null;
    throw error;
  }
}

/** Only what the library needs to know of a request: never its origin, which we check ourselves. */
function bare(headers: Headers): Headers {
  const kept = new Headers();
  for (const name of ['cookie', 'user-agent']) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value.slice(0, 4_000));
  }
  return kept;
}

const cookiesOf = (returned: Returned): readonly string[] => returned.headers.getSetCookie();

function waysIn(
  engine: Engine,
): Pick<
  Auth,
  'whoIs' | 'signIn' | 'signInByLink' | 'answerSecondFactor' | 'signOut' | 'writeLink' | 'resetPassword'
> {
  const { api } = engine;
  const whoIs = async (headers: Headers): Promise<SignedIn | null> => {
    if (!headers.has('cookie')) return null;
    const found = await api.getSession({ headers: bare(headers) });
    if (!found) return null;
    const { user, session } = found;
    return {
      personId: user.id,
      sessionId: session.id,
      name: user.name,
      address: user.email,
      hasTwoFactor: user.twoFactorEnabled === true,
      since: Temporal.Instant.fromEpochMilliseconds(session.createdAt.getTime()),
    };
  };
  /** A session that this browser had before would live on unseen. */
  const afterwards = async (headers: Headers, returned: Returned | null): Promise<SignInOutcome> => {
    if (returned === null) return { kind: 'refused' };
    if (asksSecondFactor(returned.response)) return { kind: 'second factor', cookies: cookiesOf(returned) };
    await api.signOut({ headers: bare(headers) }).catch(() => {});
    return { kind: 'signed in', cookies: cookiesOf(returned) };
  };
  return {
    whoIs,
    async signIn(headers, { address, password }) {
      const body = { email: address.toLowerCase(), password };
      return afterwards(
        headers,
        await ask(() => api.signInEmail({ body, headers: bare(headers), returnHeaders: true })),
      );
    },
    async signInByLink(headers, secret) {
      const query = { token: secret };
      return afterwards(
        headers,
        await ask(() => api.magicLinkVerify({ query, headers: bare(headers), returnHeaders: true })),
      );
    },
    async answerSecondFactor(headers, code) {
      const isAppCode = /^\d{6}$/.test(code);
      const call = { body: { code }, headers: bare(headers), returnHeaders: true as const };
      const returned = await ask<Returned>(() =>
        isAppCode ? api.verifyTOTP(call) : api.verifyBackupCode(call),
      );
      return returned === null ? { kind: 'refused' } : { kind: 'signed in', cookies: cookiesOf(returned) };
    },
    async signOut(headers) {
      const returned = await ask(() => api.signOut({ headers: bare(headers), returnHeaders: true }));
      return returned === null ? [] : cookiesOf(returned);
    },
    async writeLink(kind, address) {
      const body = { email: address.toLowerCase() };
      const headers = new Headers();
      if (kind === 'reset') await api.requestPasswordReset({ body, headers });
      else await api.signInMagicLink({ body, headers });
    },
    async resetPassword(secret, password) {
      const body = { token: secret, newPassword: password };
      return (await ask(() => api.resetPassword({ body, returnHeaders: true }))) === null
        ? 'refused'
        : 'done';
    },
  };
}

function asksSecondFactor(response: unknown): boolean {
  return typeof response === 'object' && response !== null && 'twoFactorRedirect' in response;
}

function ownAccount(
  engine: Engine,
): Pick<Auth, 'changePassword' | 'startTwoFactor' | 'confirmTwoFactor' | 'stopTwoFactor' | 'newBackupCodes'> {
  const { api } = engine;
  const refused = { kind: 'refused' } as const;
  const done = (returned: Returned) => ({ kind: 'done', cookies: cookiesOf(returned) }) as const;
  const call = (headers: Headers) => ({ headers: bare(headers), returnHeaders: true }) as const;
  return {
    async changePassword(headers, { current, next }) {
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      const returned = await ask(() => api.changePassword({ body, ...call(headers) }));
      return returned === null ? refused : done(returned);
    },
    async startTwoFactor(headers, password) {
      const returned = await ask(() =>
        api.enableTwoFactor({ body: { password, method: 'totp' }, ...call(headers) }),
      );
      if (returned === null) return refused;
      const { totpURI = '', backupCodes = [] } = returned.response as {
        totpURI?: string;
        backupCodes?: string[];
      };
      return {
        ...done(returned),
        uri: totpURI,
        secret: new URL(totpURI).searchParams.get('secret') ?? '',
        backupCodes,
      };
    },
    async confirmTwoFactor(headers, code) {
      const returned = await ask(() => api.verifyTOTP({ body: { code }, ...call(headers) }));
      return returned === null ? refused : done(returned);
    },
    async stopTwoFactor(headers, password) {
      const returned = await ask(() => api.disableTwoFactor({ body: { password }, ...call(headers) }));
      return returned === null ? refused : done(returned);
    },
    async newBackupCodes(headers, password) {
      const returned = await ask(() => api.generateBackupCodes({ body: { password }, ...call(headers) }));
      return returned === null ? refused : { ...done(returned), backupCodes: returned.response.backupCodes };
    },
  };
}
