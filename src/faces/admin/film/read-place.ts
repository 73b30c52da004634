import { join } from 'node:path';
import type { Temporal } from 'temporal-polyfill';
import { type FilmDocument, filmDocument, type Revision } from '../../../domain/film/index.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { House } from '../../house.ts';
import { keyOf, type Values } from './form/field.ts';
import { fieldErrors } from './form/field-errors.ts';
import { fileFieldOf, isKnownName, missingName } from './form/known-names.ts';
import { readFields } from './form/read-fields.ts';
import { setAt } from './form/set-at.ts';
import { at } from './form/show-field.ts';
import type { Choices } from './merge.ts';
import { newKey, type Place } from './place.ts';
import { fileWords } from './upload/file-words.ts';
import { bytesMaxOf, keepFile, pathFor } from './upload/keep-file.ts';
import { readSent, type Sent } from './upload/read-sent.ts';

export type FilmHouse = Pick<House, 'db' | 'storage' | 'config' | 'log'>;

/** What a page of the editor sent, read against the revision that it was made from. */
export type ReadPlace = {
  readonly values: Values;
  readonly errors: Values;
  /** The whole document as it would be; not valid where there are errors. */
  readonly document: FilmDocument;
  /** New bytes by their path in the document. */
  readonly files: Readonly<Record<string, string>>;
  /** Which button was pressed: `save`, `preview:body.en`. */
  readonly wish: string;
  /** The revision over which the person decided to save; null where nothing was decided. */
  readonly over: number | null;
  readonly choices: Choices;
  /** The key of the thing in its list or map. */
  readonly key: string | number | null;
};

type Context = {
  readonly house: FilmHouse;
  readonly filmId: string;
  readonly now: Temporal.Instant;
  readonly base: Revision;
  readonly place: Place;
};

/**
 * Reads a page's form. What is wrong stands beside its field in `errors`; what no form of ours sends is refused.
 * @throws {Refusal} form_unreadable · form_too_large · unknown_field · file_too_large · storage_full
 */
export async function readPlace(request: Request, context: Context): Promise<ReadPlace> {
  const { house, place } = context;
  const sent = await readSent(request, {
    folder: join(house.config.dataDir, 'uploads'),
    bytesMaxOf: (name) => {
      const kind = fileFieldOf(place.fields, name)?.field.kind;
      return kind?.is === 'file' ? bytesMaxOf(kind.accepts) : null;
    },
  });
  try {
    return await readSentPlace(sent, context);
  } finally {
    await sent.forget();
  }
}

async function readSentPlace(sent: Sent, context: Context): Promise<ReadPlace> {
  const { base, place } = context;
  const languages = base.document.film.site_languages;
  const own = new Map<string, string>();
  const typed: Record<string, string> = {};
  for (const [name, value] of sent.values) {
    if (name.startsWith('_')) own.set(name, value);
    else if (isKnownName(place.fields, name, languages)) typed[name] = value;
    else throw new Refusal('unknown_field');
  }
  const part = place.kind === 'new' ? undefined : at(base.document, place.path);
  if (missingName(place.fields, typed, part, languages) !== undefined) throw new Refusal('form_unreadable');
  const errors: Record<string, string> = {};
  await keepFiles(sent, typed, errors, context);
  const files = filesIn(typed, errors, base);
  const read = readFields(place.fields, typed, part, languages);
  Object.assign(errors, { ...read.errors, ...errors });
  const { key, value } = placed(place, read.part);
  const isTaken =
    place.kind === 'new' && typeof key === 'string' && at(base.document, place.path.with(-1, key));
  if (isTaken) errors.key = `“${key}” is there already. Choose another name, or edit that one.`;
  const path = place.path.with(-1, key ?? place.path.at(-1) ?? '');
  const document = setAt(base.document, place.path.length === 0 ? [] : path, value);
  return {
    values: typed,
    errors: withRules(document, errors, place, path, read.part, languages),
    document,
    files,
    ...wishes(own),
    key,
  };
}

/** A new thing of a map stands under the name typed for it. */
function placed(place: Place, part: unknown): { key: string | number | null; value: unknown } {
  const last = place.path.at(-1) ?? null;
  if (place.kind === 'part' || last === null) return { key: null, value: part };
  if (last !== newKey) return { key: last, value: part ?? {} };
  const { key = '', ...value } = (part ?? {}) as Record<string, unknown>;
  return { key: String(key), value };
}

function withRules(
  document: FilmDocument,
  errors: Record<string, string>,
  place: Place,
  root: Place['path'],
  part: unknown,
  languages: readonly string[],
): Values {
  const checked = filmDocument.safeParse(document);
  if (checked.success) return errors;
  const { fields } = place;
  const found = fieldErrors(checked.error.issues, { root, fields, part, languages });
  return { ...found, ...errors };
}

function wishes(own: ReadonlyMap<string, string>): Pick<ReadPlace, 'wish' | 'over' | 'choices'> {
  const choices: Record<string, 'mine' | 'theirs'> = {};
  for (const [name, value] of own) {
    if (name === '_do' || name === '_over') continue;
    if (!name.startsWith('_choose.') || (value !== 'mine' && value !== 'theirs'))
      throw new Refusal('unknown_field');
    choices[name.slice('_choose.'.length)] = value;
  }
  const over = own.get('_over');
  return {
    wish: own.get('_do') ?? 'save',
    over: over !== undefined && /^\d{1,9}$/.test(over) ? Number(over) : null,
    choices,
  };
}

/** Keeps what came with the form; a file that is refused leaves the field as it was, with the reason beside it. */
async function keepFiles(
  sent: Sent,
  typed: Record<string, string>,
  errors: Record<string, string>,
  { house, filmId, now, base, place }: Context,
): Promise<void> {
  for (const name of Object.keys(typed).filter((each) => each.endsWith('.none'))) {
    if (typed[name] === 'yes') typed[name.slice(0, -'.none'.length)] = '';
    delete typed[name];
  }
  for (const file of sent.files) {
    const found = fileFieldOf(place.fields, file.field);
    if (found === undefined || found.field.kind.is !== 'file') throw new Refusal('unknown_field');
    try {
      const stored = await keepFile(house, filmId, now, file, found.field.kind.accepts);
      typed[found.key] = pathFor(stored, file.fileName, { ...base.files, ...pathsIn(typed) });
      typed[keyOf(found.key, ['sha256'])] = stored.sha256;
    } catch (error) {
      const words = error instanceof Refusal ? fileWords(error) : null;
      if (words === null) throw error;
      errors[found.key] = `${found.field.label}: ${words}`;
    }
  }
}

/** The paths that this form gives to new bytes. */
function pathsIn(typed: Values): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, sha256] of Object.entries(typed)) {
    const path = name.endsWith('.sha256') ? typed[name.slice(0, -'.sha256'.length)] : undefined;
    if (path && /^[0-9a-f]{64}$/.test(sha256)) files[path] = sha256;
  }
  return files;
}

/** The same, without what would give other bytes to a path that already means some. */
function filesIn(typed: Values, errors: Record<string, string>, base: Revision): Record<string, string> {
  const files = pathsIn(typed);
  for (const [path, sha256] of Object.entries(files)) {
    const before = base.files[path];
    if (before === undefined || before === sha256) continue;
    errors[''] = 'A file came under a name that another one has. Choose it again.';
    delete files[path];
  }
  return files;
}
