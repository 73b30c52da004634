import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Answer, Field, Form } from './forms.ts';

/** Why an answer cannot be taken; the words for people stand in `ui/words`. */
export type AnswerProblem =
  | 'required'
  | 'too_long'
  | 'email'
  | 'tel'
  | 'url'
  | 'number'
  | 'date'
  | 'option'
  | 'unknown';

/** A field's name → why it cannot be taken. */
export type AnswerProblems = ReadonlyMap<string, AnswerProblem>;

export type Checked =
  | { readonly ok: true; readonly answers: readonly Answer[] }
  | { readonly ok: false; readonly problems: AnswerProblems };

/**
 * What was typed, made fit for a page, a mail and a database: lines end in \n, nothing that cannot be seen
 * or stored, one line where the field is one line.
 */
export function cleanValue(typed: string, isParagraph: boolean): string {
  const text = typed
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
  return (isParagraph ? text : text.replace(/[\n\t]+/g, ' ')).trim();
}

const schemas = new WeakMap<Form, z.ZodType<Record<string, string>>>();

/**
 * The one schema of a form: unknown names are refused, empty answers count as none.
 * The same fields give the page its `required`, `maxlength` and `type`.
 */
export function schemaOf(form: Form): z.ZodType<Record<string, string>> {
  const kept = schemas.get(form);
  if (kept) return kept;
  const shape: Record<string, z.ZodType<string | undefined>> = {};
  for (const field of form.fields) {
    const answer = answerSchema(field);
    shape[field.name] = field.isRequired ? answer : answer.optional();
  }
  const schema = z.strictObject(shape) as unknown as z.ZodType<Record<string, string>>;
  schemas.set(form, schema);
  return schema;
}

function answerSchema({ kind, charactersMax, options = [] }: Field): z.ZodType<string> {
  const text = z.string('required').max(charactersMax, 'too_long');
  if (kind === 'email') return text.pipe(z.email('email'));
  if (kind === 'tel') return text.refine(isPhone, 'tel');
  if (kind === 'url') return text.refine(isWebAddress, 'url');
  if (kind === 'number') return text.regex(/^-?\d{1,11}$/, 'number');
  if (kind === 'date') return text.refine(isDay, 'date');
  if (kind === 'checkbox') return text.refine((value) => value === 'yes', 'option');
  if (kind === 'select')
    return text.refine((value) => options.some((option) => option.value === value), 'option');
  return text;
}

function isPhone(value: string): boolean {
  return /^[+\d][\d\s()./x-]*$/i.test(value) && value.replace(/\D/g, '').length >= 4;
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s\\]+$/i.test(value) && URL.canParse(value);
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  try {
    Temporal.PlainDate.from(value);
    return true;
  } catch {
    return false;
  }
}

/** Checks what was typed, already cleaned, against the form. `yes` is what a ticked box is read as. */
export function checkAnswers(
  form: Form,
  values: Readonly<Record<string, string>>,
  words: { readonly yes: string },
): Checked {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const checked = schemaOf(form).safeParse(given);
  if (checked.success) return { ok: true, answers: answersOf(form, checked.data, words) };
  const problems = new Map<string, AnswerProblem>();
  for (const { code, path, message } of checked.error.issues) {
    const name = String(path[0] ?? '');
    if (problems.has(name)) continue;
    problems.set(name, code === 'unrecognized_keys' ? 'unknown' : (message as AnswerProblem));
  }
  return { ok: false, problems };
}

function answersOf(form: Form, values: Record<string, string>, words: { yes: string }): Answer[] {
  const answers: Answer[] = [];
  for (const { name, label, kind, options = [] } of form.fields) {
    const value = values[name];
    if (value === undefined) continue;
    const option = options.find((each) => each.value === value);
    const shown = kind === 'checkbox' ? words.yes : (option?.label ?? value);
    answers.push({ name, label, kind, value, shown });
  }
  return answers;
}

/** The answer to a question, or '' where none was given. */
export function answerTo(answers: readonly Answer[], name: string): string {
  return answers.find((answer) => answer.name === name)?.value ?? '';
}

/** One address, one person: case and surrounding space do not make two. */
export function normalAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** By which the same words in the same form are known again, in whichever language the page was. */
export function contentKey(form: string, answers: readonly Answer[]): Buffer {
  const said = answers.map(({ name, value }) => [name, name === 'email' ? normalAddress(value) : value]);
  return createHash('sha256')
    .update(JSON.stringify([form, said]))
    .digest();
}

/** The words that a search finds: without accents, case and punctuation, as `searchWords` asks for them. */
export function searchText(parts: readonly string[]): string {
  return parts.flatMap(wordsOf).join(' ');
}

/** A search as the words that must all begin some word, at most 8 of 40 characters (S3). */
export function searchWords(typed: string): string[] {
  return wordsOf(typed.slice(0, 400))
    .slice(0, 8)
    .map((word) => word.slice(0, 40));
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
