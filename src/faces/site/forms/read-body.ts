import type { Context } from 'hono';

/** Twenty pages of text: more than any form asks for. */
export const formBytesMax = 64_000;
const fieldsMax = 200;

export type Body =
  | {
      readonly kind: 'fields';
      readonly fields: Readonly<Record<string, string>>;
      /** Names that came more than once; our pages never send one twice. */
      readonly repeated: readonly string[];
    }
  | { readonly kind: 'too large' }
  | { readonly kind: 'unreadable'; readonly status: 400 | 415 };

/** Reads what a form sent, whatever it is. Never throws, never reads more than a form may hold. */
export async function readBody(c: Context): Promise<Body> {
  const type = (c.req.header('content-type') ?? '').toLowerCase();
  const isUrlEncoded = /^application\/x-www-form-urlencoded\b/.test(type);
  const isMultipart = /^multipart\/form-data\b/.test(type);
  if (!isUrlEncoded && !isMultipart) return { kind: 'unreadable', status: 415 };
  const bytes = await readBytes(c.req.raw);
  if (bytes === null) return { kind: 'too large' };
  if (isUrlEncoded) return readUrlEncoded(new TextDecoder().decode(bytes));
  try {
    const sent = new Response(bytes, { headers: { 'content-type': c.req.header('content-type') ?? '' } });
    return collect(await sent.formData());
  } catch {
    return { kind: 'unreadable', status: 400 };
  }
}

/** Reads a form as browsers send one without files. */
export function readUrlEncoded(text: string): Body {
  return collect(new URLSearchParams(text));
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const length = request.headers.get('content-length');
  if (Number(length ?? 0) > formBytesMax) return null;
  // node:http holds a body to the length that it says. Read whole it costs a tenth of what its stream does.
  if (length !== null) return new Uint8Array(await request.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) break;
    size += piece.value.byteLength;
    if (size > formBytesMax) {
      await reader?.cancel();
      return null;
    }
    pieces.push(piece.value);
  }
  return new Uint8Array(Buffer.concat(pieces, size));
}

function collect(sent: Iterable<[string, FormDataEntryValue]>): Body {
  const fields = new Map<string, string>();
  const repeated = new Set<string>();
  let count = 0;
  for (const [name, value] of sent) {
    count += 1;
    if (count > fieldsMax) return { kind: 'unreadable', status: 400 };
    if (fields.has(name)) repeated.add(name);
    // A file is no answer to any question that we ask.
    else fields.set(name, typeof value === 'string' ? value : '');
  }
  return { kind: 'fields', fields: Object.fromEntries(fields), repeated: [...repeated] };
}
