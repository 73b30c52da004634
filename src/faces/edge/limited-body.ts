import type { MiddlewareHandler } from 'hono';

/** Thrown by nobody's fault: the visitor hung up while their form was still coming in. */
export function hasHungUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

/**
 * Refuses a body beyond `bytesMax` with 413. A body that says how long it is is judged by that, and node:http
 * holds it to its word; one that comes in chunks is read here, so that nobody behind has to count.
 */
export function limitedBody(bytesMax: number, words: string): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    const length = raw.headers.get('content-length');
    if (Number(length ?? 0) > bytesMax) return c.text(words, 413);
    if (length !== null || !raw.headers.has('transfer-encoding') || !raw.body) return await next();
    const bytes = await readUpTo(raw.body, bytesMax);
    if (!bytes) return c.text(words, 413);
    c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body: bytes });
    return await next();
  };
}

async function readUpTo(
  body: ReadableStream<Uint8Array>,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(Buffer.concat(pieces, size));
    size += value.byteLength;
    if (size > bytesMax) {
      await reader.cancel();
      return null;
    }
    pieces.push(value);
  }
}
