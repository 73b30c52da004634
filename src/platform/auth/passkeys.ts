import { type Engine, enginePath } from './engine.ts';

// Everything else that the library would answer under its path stays shut: our own pages do it.
const passkeyPaths = new Map([
  [`${enginePath}/passkey/generate-register-options`, 'GET'],
  [`${enginePath}/passkey/verify-registration`, 'POST'],
  [`${enginePath}/passkey/generate-authenticate-options`, 'GET'],
  [`${enginePath}/passkey/verify-authentication`, 'POST'],
]);

const bodyBytesMax = 64_000;

/**
 * Answers the passkey script of the sign-in and account pages. A passkey stands for both factors here, so it
 * must have been unlocked by its owner (finger, face, PIN): the library leaves that open, this does not.
 */
export async function answerPasskeys(engine: Engine, request: Request): Promise<Response | null> {
  const path = new URL(request.url).pathname;
  if (passkeyPaths.get(path) !== request.method) return null;
  if (request.method === 'GET') return await withVerification(await engine.handler(request));
  const body = await request.text();
  if (body.length > bodyBytesMax || !(path.endsWith('registration') || isVerified(body))) return refused();
  return await engine.handler(new Request(request.url, { method: 'POST', headers: request.headers, body }));
}

function refused(): Response {
  return Response.json({ code: 'PASSKEY_REFUSED' }, { status: 400 });
}

/** Asks the browser for a verified user where the library would only prefer one. */
async function withVerification(answer: Response): Promise<Response> {
  if (!answer.ok) return answer;
  const options = (await answer.json()) as Record<string, unknown>;
  if ('rpId' in options) options.userVerification = 'required';
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(options), { status: answer.status, headers });
}

const userVerifiedFlag = 0x04;
const flagsAt = 32;

/** Reads the flag out of the signed part: https://www.w3.org/TR/webauthn-3/#authenticator-data */
function isVerified(body: string): boolean {
  try {
    const sent = JSON.parse(body) as { response?: { response?: { authenticatorData?: unknown } } };
    const bytes = Buffer.from(String(sent.response?.response?.authenticatorData ?? ''), 'base64url');
    return ((bytes[flagsAt] ?? 0) & userVerifiedFlag) !== 0;
  } catch {
    return false;
  }
}
