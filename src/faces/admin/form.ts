import type { Context } from 'hono';
import type { z } from 'zod';
import { Refusal } from '../../platform/refusal.ts';
import type { FormState } from '../../ui/admin/index.ts';

export type ReadForm<T> =
  | { readonly ok: true; readonly value: T; readonly form: FormState }
  | { readonly ok: false; readonly form: FormState };

// The longest form of the desk is a page's text in several languages.
const formBytesMax = 2_000_000;
const fieldsMax = 2_000;

/**
 * Reads a form by a schema. What was typed comes back either way. A field that the schema does not know is
 * refused as a whole: our own pages never send one. Fields named `…[]` arrive as lists.
 * @throws {Refusal} 'form_too_large' · 'form_unreadable' · 'unknown_field'
 */
export async function readForm<Shape extends z.core.$ZodLooseShape>(
  c: Context,
  schema: z.ZodObject<Shape>,
): Promise<ReadForm<z.output<z.ZodObject<Shape>>>> {
  const raw = await readFields(c);
  const unknown = Object.keys(raw).find((name) => !Object.hasOwn(schema.shape, name));
  if (unknown !== undefined) throw new Refusal('unknown_field');
  const parsed = schema.strict().safeParse(raw);
  const values = Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  if (parsed.success) return { ok: true, value: parsed.data, form: { values, errors: {} } };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0] ?? '')] ??= message;
  return { ok: false, form: { values, errors } };
}

type Fields = Record<string, string | string[]>;

async function readFields(c: Context): Promise<Fields> {
  if (Number(c.req.header('content-length') ?? 0) > formBytesMax) throw new Refusal('form_too_large');
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    if (type === '') return {};
    throw new Refusal('form_unreadable');
  }
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > formBytesMax) throw new Refusal('form_too_large');
  const fields: Fields = Object.create(null) as Fields;
  let count = 0;
  for (const [name, sent] of new URLSearchParams(new TextDecoder().decode(bytes))) {
    count += 1;
    if (count > fieldsMax) throw new Refusal('form_too_large');
    const value = clean(sent);
    const before = fields[name];
    if (name.endsWith('[]')) fields[name] = [...(Array.isArray(before) ? before : []), value];
    else if (before === undefined) fields[name] = value;
    else throw new Refusal('form_unreadable');
  }
  return fields;
}

/** Browsers end lines with CR LF; PostgreSQL holds no NUL. Other control characters say nothing to people. */
function clean(value: string): string {
  return value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed();
}

/** What became of a Refusal, put beside the field that it is about. */
export function withError(form: FormState, field: string, words: string): FormState {
  return { values: form.values, errors: { ...form.errors, [field]: words } };
}
