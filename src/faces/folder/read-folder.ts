import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { z } from 'zod';
import {
  type FilmDocument,
  filePathsOf,
  filmDocument,
  inspectFile,
  type StoredFile,
} from '../../domain/film/index.ts';
import { type ScreeningListing, screeningListings } from '../../domain/screenings/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { expectedOf } from './expected.ts';
import { FolderRefused, type Problem, pathOf, type ReadYaml, readYaml } from './places.ts';

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
  const source = await readFile(join(folder, filmFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new FolderRefused([
      {
        file: filmFile,
        line: null,
        path: '',
        expected: `a file that can be read (${error.code ?? 'unreadable'})`,
      },
    ]);
  });
  const yaml = readYaml(filmFile, source);
  const { document, screenings, problems } = checkRecord(yaml);
  const { files, problems: fileProblems } = document
    ? await checkFiles(folder, document, yaml)
    : { files: new Map(), problems: [] };
  const all = [...problems, ...fileProblems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (all.length > 0 || !document || !screenings) throw new FolderRefused(all);
  return { document, screenings, files };
}

type Checked = {
  readonly document: FilmDocument | null;
  readonly screenings: readonly ScreeningListing[] | null;
  readonly problems: Problem[];
};

function checkRecord(yaml: ReadYaml): Checked {
  const problems: Problem[] = [];
  const note = (path: readonly PropertyKey[], expected: string) =>
    problems.push({ file: filmFile, line: yaml.lineOf(path), path: pathOf(path), expected });
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

async function checkFiles(folder: string, document: FilmDocument, yaml: ReadYaml) {
  const files = new Map<string, { location: string; file: StoredFile }>();
  const problems: Problem[] = [];
  const places = placesOf(document, filePathsOf(document));
  const root = await realpath(folder);
  for (const [path, place] of places) {
    const refuse = (expected: string) =>
      problems.push({ file: filmFile, line: yaml.lineOf(place), path: pathOf(place), expected });
    const location = join(root, path);
    const found = await lstat(location).catch(() => null);
    if (!found?.isFile() || !(await realpath(location)).startsWith(root + sep)) {
      refuse(`a file of the folder (there is no ${path})`);
      continue;
    }
    try {
      const file = await inspectFile(location);
      const wrong = whyNotHere(place, file.mime);
      if (wrong) refuse(`${wrong} (${path} is ${file.mime})`);
      else files.set(path, { location, file });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(`${fileWords[error.code] ?? 'a file that can be kept'} (${path}${reasonOf(error)})`);
    }
  }
  return { files, problems };
}

const fileWords: Readonly<Record<string, string>> = {
  file_empty: 'a file with something in it',
  file_kind: 'a picture, a video, captions or a PDF',
  file_too_large: 'a smaller file',
  svg_unsafe: 'a drawing that runs and loads nothing',
  picture_broken: 'a picture that can be opened',
  picture_too_large: 'a picture of at most 120 megapixels',
};

function reasonOf({ details }: Refusal): string {
  if (details.reason !== undefined) return `: it ${details.reason}`;
  return details.megabytes === undefined ? '' : `: at most ${details.megabytes} MB`;
}

function whyNotHere(place: readonly PropertyKey[], mime: string): string | null {
  if (place.includes('captions')) return mime === 'text/vtt' ? null : 'captions in WebVTT';
  if (place.at(-1) === 'file') return mime.startsWith('video/') ? null : 'a video, MP4 or WebM';
  if (place.at(-1) === 'url') return null;
  return mime.startsWith('image/') ? null : 'a picture';
}

/** Where each path stands in the document, the first time. */
function placesOf(
  value: unknown,
  paths: ReadonlySet<string>,
  at: PropertyKey[] = [],
  found = new Map<string, PropertyKey[]>(),
) {
  if (typeof value === 'string' && paths.has(value) && !found.has(value)) found.set(value, at);
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) placesOf(item, paths, [...at, index], found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) placesOf(item, paths, [...at, key], found);
  }
  return found;
}
