import type { Context } from 'hono';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** Answers with a page of the admin: kept by no cache, shown in no frame. */
export function answer(
  c: Context,
  page: ReactElement,
  status: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 = 200,
): Response {
  return c.body(`<!doctype html>${renderToStaticMarkup(page)}`, status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
}

/** After a form: leads to a page that says what happened, by the code of its words. */
export function leadTo(c: Context, path: string, said?: string): Response {
  const mark = path.includes('?') ? '&' : '?';
  return c.redirect(said === undefined ? path : `${path}${mark}said=${encodeURIComponent(said)}`, 303);
}
