import type { Context, ErrorHandler } from 'hono';
import { Refusal } from '../../platform/refusal.ts';
import { newCode } from '../../platform/secrets.ts';
import { PlainPage } from '../../ui/admin/index.ts';
import { BadRequest } from '../edge/bad-request.ts';
import { hasHungUp } from '../edge/limited-body.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { answer } from './answer.ts';
import { refusalWords } from './refusal-words.ts';

/** What is not there, and what somebody may not see: the same page, so that neither can be told apart. */
export function notHere(c: Context): Response {
  return answer(
    c,
    <PlainPage
      title="There is no such page"
      about="It may have been taken away, or it is not open to your role. Owners of a film see who may do what on its team page."
    >
      <p>
        <a href="/admin">To your films</a>
      </p>
    </PlainPage>,
    404,
  );
}

/** Turns what the admin's handlers throw into answers; a bug becomes a page with an id, logged once. */
export function adminErrors(house: House): ErrorHandler {
  return (error, c) => {
    if (error instanceof NotFound) return notHere(c);
    if (error instanceof BadRequest) return refusal(c, 'bad_request', 400);
    if (error instanceof Refusal)
      return refusal(c, error.code, error.code === 'form_too_large' ? 413 : statusOf(error.code));
    if (hasHungUp(error)) return refusal(c, 'bad_request', 400);
    const id = newCode(8);
    house.log.error({ id, error, path: c.req.routePath }, 'a request of the admin failed');
    return answer(
      c,
      <PlainPage
        title="This did not work"
        about={`The fault is ours, and it is written down under ${id}. Nothing was changed: go back, what you typed is still there, and try again. If it stays, tell whoever runs this installation that number.`}
      />,
      500,
    );
  };
}

const statusOf = (code: string): 400 | 409 =>
  code === 'unknown_field' || code === 'form_unreadable' ? 400 : 409;

function refusal(c: Context, code: string, status: 400 | 409 | 413): Response {
  return answer(
    c,
    <PlainPage title="This was not done" about={refusalWords(code)}>
      <p>Go back: what you typed is still there.</p>
    </PlainPage>,
    status,
  );
}
