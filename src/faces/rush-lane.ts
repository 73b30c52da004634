import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RushForms, rushFormAt, type TakeForm } from './checkout/rush-forms.ts';
import type { PlainAnswer } from './edge/plain-answer.ts';
import { isFromHost } from './edge/same-origin.ts';
import { visitOf } from './edge/visit-of.ts';
import { addressOf, hostOfIncoming } from './edge/visitor.ts';
import type { House } from './house.ts';
import { formBytesMax, readUrlEncoded } from './site/forms/read-body.ts';
import type { Visit } from './site/visit.ts';

/** What the lane leaves to the app: routing what it does not take, and saying what went wrong. */
export type App = {
  route(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
  answerError(error: unknown, visit: Visit): Response;
};

// A path as our own pages write it, whatever film and language stand before: nothing in it is read in two ways.
const path = /^\/(?:[A-Za-z0-9-]+\/){1,6}(?:tickets|confirmation)$/;

/** Whether a form may go the short way; what is unusual about it in any way is routed. */
export function isForRushLane({ method, url = '', headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    url.length <= 300 &&
    path.test(url) &&
    headers['content-type']?.toLowerCase() === 'application/x-www-form-urlencoded' &&
    headers['content-encoding'] === undefined &&
    Number(headers['content-length'] ?? Number.NaN) <= formBytesMax
  );
}

/**
 * Takes the forms that come by the thousand when a house goes on sale, before all routing: the same handlers as behind
 * the routes, with the same checks before them. See docs/decisions/029.
 */
export function openRushLane(
  house: House,
  forms: RushForms,
  fixedHeaders: readonly string[],
  app: App,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    const host = hostOfIncoming(incoming, house.config);
    const visit = await visitOf(house, {
      ...{ host, path: incoming.url ?? '', query: '', address: addressOf(incoming, house.config) },
    }).catch(() => null);
    const take = visit && isOurs(incoming, host) ? rushFormAt(forms, visit.path) : null;
    // Nothing of its body was read yet.
    if (visit === null || take === null) return await app.route(incoming, outgoing);
    const answer = await takeForm(incoming, visit, take, app);
    if (answer instanceof Response) await sendResponse(answer, fixedHeaders, outgoing);
    else send(answer, fixedHeaders, outgoing);
  };
}

async function takeForm(
  incoming: IncomingMessage,
  visit: Visit,
  take: TakeForm,
  app: App,
): Promise<PlainAnswer | Response> {
  try {
    const body = readUrlEncoded(await textOf(incoming));
    const accepted = incoming.headers['accept-encoding'];
    return await take({ env: { visit } }, { body, acceptEncoding: accepted?.toString() });
  } catch (error) {
    return app.answerError(error, visit);
  }
}

function isOurs({ headers }: IncomingMessage, host: string): boolean {
  const site = headers['sec-fetch-site']?.toString() ?? null;
  const origin = headers.origin ?? null;
  return isFromHost({ site, origin, hasCookie: headers.cookie !== undefined }, host);
}

/** node:http holds a body to the length that it says. */
function textOf(incoming: IncomingMessage): Promise<string> {
  return new Promise((done, failed) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const [first] = pieces;
      done((pieces.length === 1 && first ? first : Buffer.concat(pieces)).toString());
    });
    incoming.on('error', failed);
  });
}

function send({ status, headers, body }: PlainAnswer, fixed: readonly string[], outgoing: ServerResponse) {
  outgoing.writeHead(status, headers.concat(fixed));
  outgoing.end(body ?? undefined);
}

async function sendResponse(
  response: Response,
  fixed: readonly string[],
  outgoing: ServerResponse,
): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const own = [...response.headers].flat();
  send(
    { status: response.status, headers: [...own, 'content-length', String(body.length)], body },
    fixed,
    outgoing,
  );
}
