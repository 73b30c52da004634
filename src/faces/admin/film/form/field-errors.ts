import type { z } from 'zod';
import { type Field, keyOf, type Path } from './field.ts';
import { at, isRecord } from './show-field.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with a document, by the name of the field that it stands beside; '' where no field is. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * Puts the document's own rules beside the fields of a page. `root` is where the page's part begins; an issue
 * elsewhere in the document comes under ''.
 */
export function fieldErrors(
  issues: readonly Issue[],
  {
    root,
    fields,
    part,
    languages,
  }: {
    readonly root: Path;
    readonly fields: readonly Field[];
    readonly part: unknown;
    readonly languages: readonly string[];
  },
): FieldErrors {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? '' : step));
    const inside = root.every((step, index) => String(path[index]) === String(step));
    const found = inside ? place(fields, path.slice(root.length), '', part, languages) : undefined;
    const [name, words] = found
      ? [found.name, sayIssue(issue, found.field, found.value, found.rest)]
      : ['', sayElsewhere(issue, path)];
    errors[name] ??= words;
  }
  return errors;
}

type Placed = {
  readonly field: Field;
  readonly name: string;
  readonly value: unknown;
  readonly rest: Path;
};

/** The field that a path leads into, and the name of its input that is nearest. */
function place(
  fields: readonly Field[],
  path: Path,
  prefix: string,
  part: unknown,
  languages: readonly string[],
): Placed | undefined {
  const within = fields.filter((field) =>
    field.path.every((step, index) => index >= path.length || String(path[index]) === step),
  );
  // An issue above its fields (a whole object is missing) goes to the first required one below it.
  const [field] = [
    ...within.filter((each) => each.path.length <= path.length),
    ...within.filter((each) => each.isRequired),
    ...within,
  ];
  if (field === undefined) return undefined;
  const key = keyOf(prefix, field.path);
  const value = at(part, field.path);
  const rest = path.slice(field.path.length);
  const { kind } = field;
  if (kind.is === 'text') {
    const [language] = rest;
    const known = language !== undefined && languages.includes(String(language));
    return { field, name: keyOf(key, [known ? String(language) : (languages[0] ?? '')]), value, rest };
  }
  if (kind.is === 'focus') return { field, name: keyOf(key, [rest[0] === 1 ? 'y' : 'x']), value, rest };
  if (kind.is === 'rows') return placeInRow(field, key, value, rest, languages);
  return { field, name: key, value, rest };
}

function placeInRow(
  field: Field,
  key: string,
  value: unknown,
  rest: Path,
  languages: readonly string[],
): Placed {
  const { kind } = field;
  const [step, ...below] = rest;
  if (kind.is !== 'rows' || step === undefined) return { field, name: key, value, rest };
  const index =
    kind.shape === 'list' ? Number(step) : Object.keys(isRecord(value) ? value : {}).indexOf(String(step));
  const prefix = keyOf(key, [index]);
  const row = kind.shape === 'list' ? at(value, [step]) : { key: step, value: at(value, [step]) };
  const path = kind.shape === 'list' ? below : ['value', ...below];
  return place(kind.fields, path, prefix, row, languages) ?? { field, name: key, value, rest };
}

/** An issue in words that a person can act on. The document's own rules end the sentence "Needs …". */
function sayIssue(issue: Issue, field: Field, value: unknown, rest: Path): string {
  const { kind, label } = field;
  if (value === undefined || value === '' || (kind.is === 'file' && value === null))
    return kind.is === 'file' ? `${label}: choose a file.` : `${label}: this is needed.`;
  const inner = innermost(issue);
  if (kind.is === 'number') return `${label}: needs a whole number from ${kind.min} to ${kind.max}.`;
  if (kind.is === 'codes' && rest.length > 0) {
    const code = String(at(value, rest.slice(0, 1)) ?? '');
    return `${label}: “${code.slice(0, 20)}” is none. Needs ${ownWords(inner) ?? 'known codes'}.`;
  }
  const own = ownWords(inner);
  if (own !== null) return `${label}: needs ${own}.`;
  if (inner.code === 'too_big') return `${label}: needs at most ${inner.maximum} ${countWord(inner.origin)}.`;
  if (inner.code === 'too_small')
    return `${label}: needs at least ${inner.minimum} ${countWord(inner.origin)}.`;
  if (inner.code === 'invalid_value') return `${label}: needs one of the choices.`;
  return `${label}: this cannot be read. ${kind.is === 'loose-date' ? 'Needs a year, 2024-10 or 2024-10-17.' : ''}`.trim();
}

function sayElsewhere(issue: Issue, path: Path): string {
  const own = ownWords(innermost(issue));
  const where = path
    .filter((step) => typeof step === 'string')
    .join(', ')
    .replaceAll('_', ' ');
  return own === null
    ? `Something in ${where || 'the film'} is not as it must be.`
    : `In ${where}: needs ${own}.`;
}

/** The branch of a union that came nearest: the one that was refused for what it says, not for its type. */
function innermost(issue: Issue): Issue {
  if (issue.code === 'invalid_key') return issue.issues[0] ?? issue;
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.map(([first]) => first).filter((first) => first !== undefined);
  const nearest =
    branches.find((first) => ownWords(innermost(first)) !== null) ??
    branches.find((first) => first.code !== 'invalid_type');
  return nearest === undefined ? issue : innermost(nearest);
}

/** What our schema says in its own words; null for the library's, which speak to programmers. */
function ownWords({ message }: Issue): string | null {
  return /^(Invalid|Too |Unrecognized|String |Number |Array )/.test(message) ? null : message;
}

function countWord(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'entries' : '';
}
