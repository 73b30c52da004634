import type { MiddlewareHandler } from 'hono';
import type { Config } from '../../platform/config.ts';
import { hostOf } from './visitor.ts';

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses changes that another site's page asks for. Browsers say where a request comes from in Sec-Fetch-Site
 * or, the older ones, in Origin; both must be ours. A request that says neither comes from no page: it passes
 * only without a cookie, as a mail provider's one-click unsubscribe does (RFC 8058).
 */
export function sameOriginOnly(config: Config): MiddlewareHandler {
  return async (c, next) => {
    if (!changing.has(c.req.method) || isOurs(c.req.raw, config)) return await next();
    return c.text(
      'This change was asked for by another site, so it was not made. Go back and try again there.\n',
      403,
    );
  };
}

function isOurs({ headers }: Request, config: Config): boolean {
  const [site, origin] = [headers.get('sec-fetch-site'), headers.get('origin')];
  return isFromHost({ site, origin, hasCookie: headers.has('cookie') }, hostOf({ headers }, config));
}

/** What a request says of the page that made it: Sec-Fetch-Site, Origin, and whether there are cookies at stake. */
export type SaidSource = {
  readonly site: string | null;
  readonly origin: string | null;
  readonly hasCookie: boolean;
};

/** Whether a page of `host` asks, or no page at all. */
export function isFromHost({ site, origin, hasCookie }: SaidSource, host: string): boolean {
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  if (origin !== null) return hostIn(origin) === host;
  return site !== null || !hasCookie;
}

// A rush sends one Origin thousands of times, and taking an address apart is most of this check.
let last: { readonly origin: string; readonly host: string } | null = null;

/** null where it names none. */
function hostIn(origin: string): string | null {
  if (last?.origin === origin) return last.host;
  if (!URL.canParse(origin)) return null;
  last = { origin, host: new URL(origin).host };
  return last.host;
}
