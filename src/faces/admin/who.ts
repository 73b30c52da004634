import type { Context, MiddlewareHandler } from 'hono';
import type { SignedIn } from '../../platform/auth/index.ts';
import { networkOf } from '../../platform/auth/index.ts';
import { addressOf, type NodeEnv } from '../edge/visitor.ts';
import type { House } from '../house.ts';

/** Pages of the admin outside a film, for somebody who is signed in. */
export type PersonEnv = NodeEnv & { Variables: { signedIn: SignedIn } };

/** Lets only people through who are signed in; the others are led to the sign-in page and back. */
export function signedInOnly(house: House): MiddlewareHandler<PersonEnv> {
  return async (c, next) => {
    const signedIn = await house.auth.whoIs(c.req.raw.headers);
    if (!signedIn) return c.redirect(signInPath(c), 303);
    c.set('signedIn', signedIn);
    await next();
  };
}

/** The sign-in page, with the way back to what was asked for. */
export function signInPath(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  const next = c.req.method === 'GET' ? pathname + search : (refererPath(c) ?? '/admin');
  return `/admin/sign-in?said=sign_in_first&next=${encodeURIComponent(safeNext(next))}`;
}

function refererPath(c: Context): string | null {
  const referer = c.req.header('referer');
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).pathname : null;
}

/** Where to go after signing in: pages of the admin only, never another site. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/admin(\/[\w./~%-]*)?(\?[^\s#\\]*)?$/.test(next) && !next.includes('//')
    ? next
    : '/admin';
}

/** The network that a request comes from, for counting tries. */
export function networkOfRequest(c: Context<NodeEnv>, house: House): string {
  return networkOf(addressOf(c.env?.incoming, house.config));
}

export function setCookies(c: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
}
