import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { magicLink, twoFactor } from 'better-auth/plugins';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { newId, newSecret } from '../secrets.ts';

export const sessionDays = 14;
export const linkMinutes = 15;
export const resetMinutes = 60;
export const passwordCharactersMin = 12;
export const passwordCharactersMax = 200;

/** Where the library answers browsers: the few addresses that passkeys need, see `passkeyPaths`. */
export const enginePath = '/admin/auth';

export type EngineSettings = {
  readonly pool: pg.Pool;
  readonly secret: string;
  readonly publicUrl: string;
  /** Told the secret of a link that may be mailed to this person. */
  readonly onLink: (kind: 'sign-in' | 'reset', to: string, secret: string) => Promise<void>;
};

/** The library that signs people in, set up for our tables. Nothing outside this folder sees it. */
export function makeEngine({ pool, secret, publicUrl, onLink }: EngineSettings) {
  const isHttps = publicUrl.startsWith('https://');
  return betterAuth({
    appName: 'Houselights',
    baseURL: publicUrl,
    basePath: enginePath,
    secret,
    trustedOrigins: [publicUrl],
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Counted by ours, which a visitor cannot reset.
    rateLimit: { enabled: false },
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] }),
      type: 'postgres',
      transaction: true,
    },
    advanced: {
      // The prefix's promises (https only, this host only, whole site) are kept by the attributes.
      cookiePrefix: isHttps ? '__Host-houselights' : 'houselights',
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isHttps, sameSite: 'lax', httpOnly: true, path: '/' },
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
    user: { modelName: 'person' },
    account: { modelName: 'credential' },
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: sessionDays * 86_400, updateAge: 86_400 },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordCharactersMin,
      maxPasswordLength: passwordCharactersMax,
      resetPasswordTokenExpiresIn: resetMinutes * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => onLink('reset', user.email, token),
    },
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        disableSignUp: true,
        storeToken: 'hashed',
        generateToken: () => newSecret(),
        sendMagicLink: ({ email, token }) => onLink('sign-in', email, token),
      }),
      askingAfterLinksToo(twoFactor({ issuer: new URL(publicUrl).host })),
      passkey({
        rpID: new URL(publicUrl).hostname,
        rpName: 'Houselights',
        origin: publicUrl,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
    ],
  });
}

export type Engine = ReturnType<typeof makeEngine>;

/** As it comes, the plugin asks for the second factor after passwords only; a mailbox is one factor too. */
function askingAfterLinksToo<Plugin extends ReturnType<typeof twoFactor>>(plugin: Plugin): Plugin {
  const after = plugin.hooks.after.map((hook) => ({
    ...hook,
    matcher: (context: Parameters<typeof hook.matcher>[0]) =>
      context.path === '/magic-link/verify' || hook.matcher(context),
  }));
  return { ...plugin, hooks: { ...plugin.hooks, after } };
}
