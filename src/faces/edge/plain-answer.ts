/** An answer that needs no router: its headers are names and values in turn, as node:http writes them. */
export type PlainAnswer = {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer | null;
};

/** Sends a browser on after its form was taken; the path is of our own making. */
export function seeOther(path: string): PlainAnswer {
  return { status: 303, headers: ['location', path, 'content-length', '0'], body: null };
}

/** The same as the router wants it. */
export function responseOf({ status, headers, body }: PlainAnswer): Response {
  // A view on the same bytes: fetch's types want an ArrayBuffer that nobody shares.
  const response = new Response(body as Uint8Array<ArrayBuffer> | null, { status });
  for (let at = 0; at + 1 < headers.length; at += 2)
    response.headers.set(headers[at] ?? '', headers[at + 1] ?? '');
  return response;
}
