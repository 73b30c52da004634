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

function isOurs(request: Request, config: Config): boolean {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  if (origin !== null) return URL.canParse(origin) && new URL(origin).host === hostOf(request, config);
  return site !== null || !request.headers.has('cookie');
}
