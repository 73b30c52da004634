import type { MiddlewareHandler } from 'hono';

/** A HEAD is answered with the headers of its GET. The body is let go, or the file behind it stays open for good. */
export const letGoUnread: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method === 'HEAD') await c.res.body?.cancel();
};
