import type { Temporal } from 'temporal-polyfill';
import type { Attempts } from './attempts.ts';

export { networkOf } from './attempts.ts';
export {
  linkMinutes,
  passwordCharactersMax,
  passwordCharactersMin,
  resetMinutes,
} from './engine.ts';
export { openAuth } from './open-auth.ts';
export {
  createPerson,
  dropStale,
  endOtherSessions,
  endSession,
  type Passkey,
  type Person,
  passkeysOf,
  personByAddress,
  personById,
  removePasskey,
  renamePerson,
  type Session,
  sessionsOf,
} from './persons.ts';

/** Who is signed in, as one request's cookies prove it. */
export type SignedIn = {
  readonly personId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly address: string;
  readonly hasTwoFactor: boolean;
  readonly since: Temporal.Instant;
};

/** `cookies` are whole Set-Cookie lines for the answer. */
export type SignInOutcome =
  | { readonly kind: 'signed in'; readonly cookies: readonly string[] }
  | { readonly kind: 'second factor'; readonly cookies: readonly string[] }
  | { readonly kind: 'refused' };

/** Turning two-factor on, before it is confirmed: what the authenticator app is shown. */
export type TwoFactorStart = {
  readonly uri: string;
  readonly secret: string;
  readonly backupCodes: readonly string[];
};

type Changed<T = object> =
  | ({ readonly kind: 'done'; readonly cookies: readonly string[] } & T)
  | { readonly kind: 'refused' };

/** Who is signed in, and how people sign in. Wrong passwords, codes and links are answers, not errors. */
export type Auth = {
  readonly attempts: Attempts;
  whoIs(headers: Headers): Promise<SignedIn | null>;
  signIn(headers: Headers, claim: { address: string; password: string }): Promise<SignInOutcome>;
  signInByLink(headers: Headers, secret: string): Promise<SignInOutcome>;
  /** The second step, by a code of the app or one of the backup codes. */
  answerSecondFactor(headers: Headers, code: string): Promise<SignInOutcome>;
  /** Ends this session. @returns cookies that clear the browser's */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Writes a sign-in link or a link to a new password, if the address is a person's. For a job. */
  writeLink(kind: 'sign-in' | 'reset', address: string): Promise<void>;
  /** Sets the password that a mailed link allows, and ends every session of the person. */
  resetPassword(secret: string, password: string): Promise<'done' | 'refused'>;
  /** Changes the password, ends every other session and rotates this one. */
  changePassword(headers: Headers, change: { current: string; next: string }): Promise<Changed>;
  startTwoFactor(headers: Headers, password: string): Promise<Changed<TwoFactorStart>>;
  confirmTwoFactor(headers: Headers, code: string): Promise<Changed>;
  stopTwoFactor(headers: Headers, password: string): Promise<Changed>;
  newBackupCodes(
    headers: Headers,
    password: string,
  ): Promise<Changed<{ readonly backupCodes: readonly string[] }>>;
  hashPassword(password: string): Promise<string>;
  /** Answers the few addresses that a browser's passkey script asks; null for every other. */
  passkeyAnswer(request: Request): Promise<Response | null>;
  close(): Promise<void>;
};
