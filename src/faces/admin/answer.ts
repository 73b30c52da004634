import type { Context } from 'hono';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; " +
  "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Answers with a page of the admin: kept by no cache, shown in no frame. */
export function answer(
  c: Context,
  page: ReactElement,
  status: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 = 200,
): Response {
  return c.body(`<!doctype html>${renderToStaticMarkup(page)}`, status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
}

/** After a form: leads to a page that says what happened, by the code of its words. */
export function leadTo(c: Context, path: string, said?: string): Response {
  const mark = path.includes('?') ? '&' : '?';
  return c.redirect(said === undefined ? path : `${path}${mark}said=${encodeURIComponent(said)}`, 303);
}
