import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { z } from 'zod';
import { filePath } from '../../domain/film/document/index.ts';
import { type FilmDocument, filmDocument, inspectFile, type StoredFile } from '../../domain/film/index.ts';
import { type ScreeningListing, screeningListings } from '../../domain/screenings/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { expectedOf } from './expected.ts';
import {
  FolderRefused,
  type Problem,
  pathOf,
  problemsMax,
  type ReadYaml,
  readYaml,
  yamlBytesMax,
} from './places.ts';

/** A film's folder, read and found good in every part. Nothing is imported yet. */
export type FilmFolder = {
  readonly document: FilmDocument;
  readonly screenings: readonly ScreeningListing[];
  /** Each file by its path in the folder, with where it lies and what it is. */
  readonly files: ReadonlyMap<string, { readonly location: string; readonly file: StoredFile }>;
};

/** The format's version that this program reads and writes. */
export const formatVersion = 1;
const filmFile = 'film.yaml';

/**
 * Reads and checks a whole film folder.
 * @throws {FolderRefused} with everything that is wrong, at once
 */
export async function readFolder(folder: string): Promise<FilmFolder> {
  const root = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(`a folder with a film.yaml in it (${error.code ?? 'unreadable'})`);
  });
  const yaml = readYaml(filmFile, await readSource(root));
  const { document, screenings, problems } = checkRecord(yaml);
  const { files, problems: fileProblems } = await checkFiles(root, yaml);
  const all = [...problems, ...fileProblems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (all.length > 0 || !document || !screenings) throw new FolderRefused(all);
  return { document, screenings, files };
}

/** The text of film.yaml, which must be a plain file of the folder: a link or a pipe could be anything. */
async function readSource(root: string): Promise<string> {
  const location = join(root, filmFile);
  const found = await lstat(location).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(`a file that can be read (${error.code ?? 'unreadable'})`);
  });
  if (!found.isFile()) throw unreadable('a plain file, no link and no folder');
  if (found.size > yamlBytesMax) throw unreadable(`at most ${yamlBytesMax / 1024 / 1024} MB`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(location));
  } catch (error) {
    throw unreadable(error instanceof TypeError ? 'text in UTF-8' : 'a file that can be read');
  }
}

function unreadable(expected: string): FolderRefused {
  return new FolderRefused([{ file: filmFile, line: null, path: '', expected }]);
}

type Checked = {
  readonly document: FilmDocument | null;
  readonly screenings: readonly ScreeningListing[] | null;
  readonly problems: Problem[];
};

function checkRecord(yaml: ReadYaml): Checked {
  const problems: Problem[] = [];
  const note = (path: readonly PropertyKey[], expected: string) => {
    if (problems.length < problemsMax)
      problems.push({ file: filmFile, line: yaml.lineOf(path), path: pathOf(path), expected });
  };
  if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value)) {
    note([], 'a film: keys such as houselights, film, credits');
    return { document: null, screenings: null, problems };
  }
  const { houselights, screenings = [], ...rest } = yaml.value as Record<string, unknown>;
  if (houselights !== formatVersion) note(['houselights'], `${formatVersion}, the version of this format`);
  const check = <T>(schema: z.ZodType<T>, value: unknown, prefix: readonly PropertyKey[]): T | null => {
    const parsed = schema.safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      for (const { path, expected } of expectedOf(issue)) note([...prefix, ...path], expected);
    }
    return null;
  };
  return {
    document: check(filmDocument, rest, []),
    screenings: check(screeningListings, screenings, ['screenings']),
    problems,
  };
}

async function checkFiles(root: string, yaml: ReadYaml) {
  const files = new Map<string, { location: string; file: StoredFile }>();
  const problems: Problem[] = [];
  const known = new Map<string, StoredFile | string>();
  for (const { path, place, wanted } of usesOf(yaml.value)) {
    if (problems.length >= problemsMax) break;
    const location = join(root, path);
    const file = known.get(path) ?? (await lookAt(root, location, path));
    known.set(path, file);
    const expected = typeof file === 'string' ? file : whyNotWanted(wanted, file.mime, path);
    if (expected !== null)
      problems.push({ file: filmFile, line: yaml.lineOf(place), path: pathOf(place), expected });
    else if (typeof file !== 'string') files.set(path, { location, file });
  }
  return { files, problems };
}

/** What a file of the folder is; a text says what was expected of it instead. */
async function lookAt(root: string, location: string, path: string): Promise<StoredFile | string> {
  const found = await lstat(location).catch(() => null);
  if (!found?.isFile() || !(await realpath(location)).startsWith(root + sep))
    return `a file of the folder (there is no ${path})`;
  try {
    return await inspectFile(location);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${fileWords[error.code] ?? 'a file that can be kept'} (${path}${reasonOf(error)})`;
  }
}

const fileWords: Readonly<Record<string, string>> = {
  file_empty: 'a file with something in it',
  file_kind: 'a picture, a video, captions or a PDF',
  file_too_large: 'a smaller file',
  svg_unsafe: 'a drawing that runs and loads nothing',
  file_carries_more: 'a file that is one thing only',
  captions_broken: 'captions that can be read',
  picture_broken: 'a picture that can be opened',
  picture_too_large: 'a picture of at most 120 megapixels',
};

function reasonOf({ details }: Refusal): string {
  if (details.reason !== undefined) return `: it ${details.reason}`;
  return details.megabytes === undefined ? '' : `: at most ${details.megabytes} MB`;
}

const kinds = {
  picture: { of: /^image\//, words: 'a picture' },
  video: { of: /^video\//, words: 'a video, MP4 or WebM' },
  captions: { of: /^text\/vtt$/, words: 'captions in WebVTT' },
  download: { of: /./, words: 'a file' },
} as const;
type Kind = keyof typeof kinds;

function whyNotWanted(wanted: Kind, mime: string, path: string): string | null {
  return kinds[wanted].of.test(mime) ? null : `${kinds[wanted].words} (${path} is ${mime})`;
}

type Use = { readonly path: string; readonly place: readonly PropertyKey[]; readonly wanted: Kind };

/**
 * Every place that names a file of the folder, read from the plain record: a film whose record has faults is
 * told of its missing files in the same breath.
 */
function* usesOf(value: unknown, place: readonly PropertyKey[] = []): Generator<Use> {
  if (typeof value === 'string') {
    const wanted = kindAt(place);
    if (wanted !== null && filePath.safeParse(value).success) yield { path: value, place, wanted };
    return;
  }
  // The record of a film is eight deep at most.
  if (typeof value !== 'object' || value === null || place.length > 8) return;
  const entries: Iterable<[PropertyKey, unknown]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [key, item] of entries) if (key !== 'screenings') yield* usesOf(item, [...place, key]);
}

function kindAt(place: readonly PropertyKey[]): Kind | null {
  const words = place.filter((part) => typeof part === 'string').join('.');
  if (/^(film\.(hero|poster|stills)|logos)\.image$|^partners\.list\.logo$/.test(words)) return 'picture';
  if (words === 'film.trailer.file') return 'video';
  if (/^film\.trailer\.captions\.[^.]*$/.test(words)) return 'captions';
  return words === 'take_action.actions.url' ? 'download' : null;
}
