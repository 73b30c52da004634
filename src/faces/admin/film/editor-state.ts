import {
  changesBetween,
  fileBySha256,
  filesOf,
  latestRevision,
  originalPath,
  publishedRevision,
  type Revision,
  renderingPath,
  revisionByNumber,
  type StoredFile,
  widthsOf,
} from '../../../domain/film/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { Desk } from '../desk.ts';
import type { Values } from './form/field.ts';
import type { DraftState } from './pages/draft-bar.tsx';
import type { Thumbnail } from './pages/field-around.tsx';
import type { FilmHouse } from './read-place.ts';

/** What every page of the editor starts from. */
export type EditorState = {
  readonly latest: Revision;
  readonly draft: DraftState;
  /** The revision that the page shows: the newest one, or the one that a form was made from. */
  readonly shown: Revision;
  readonly files: ReadonlyMap<string, StoredFile>;
};

/**
 * Reads the state of a film's editor. `from` is the number of the revision that a form was made from; `sent` are
 * bytes that came with it and stand in no revision yet.
 * @throws {NotFound} where the film has no revision, or none of that number
 */
export async function editorState(
  house: Pick<FilmHouse, 'db'>,
  desk: Desk,
  { from = null, sent = {} }: { readonly from?: number | null; readonly sent?: Values } = {},
): Promise<EditorState> {
  const filmId = desk.film.id;
  return await inFilm(house.db, filmId, async (tx) => {
    const latest = await latestRevision(tx, filmId);
    const shown = from === null ? latest : await revisionByNumber(tx, filmId, from);
    if (latest === undefined || shown === undefined) throw new NotFound();
    const files = new Map(await filesOf(tx, filmId, shown.files));
    for (const [path, sha256] of Object.entries(sent)) {
      const file = await fileBySha256(tx, filmId, sha256);
      if (file) files.set(path, file);
    }
    return { latest, shown, files, draft: await draftOf(tx, desk, latest) };
  });
}

async function draftOf(tx: Tx, desk: Desk, latest: Revision): Promise<DraftState> {
  const published = await publishedRevision(tx, desk.film.id);
  const isOut = published?.id === latest.id;
  return {
    latest: latest.number,
    published: published?.number ?? null,
    places: published && !isOut ? changesBetween(published.document, latest.document).length : 0,
    mayPublish: may(desk.role, 'film.publish'),
    mayEdit: may(desk.role, 'film.edit'),
  };
}

/** A stored picture as the editor shows it: a rendering of middle size, or the bytes as they are. */
export function thumbnailOf(desk: Desk, file: StoredFile | undefined): Thumbnail | null {
  if (file === undefined || file.width === null || file.height === null) return null;
  const site = `/films/${desk.film.slug}`;
  const width = widthsOf(file).findLast((each) => each <= 640);
  const href = width === undefined ? originalPath(file) : renderingPath(file, width, 'webp');
  return { href: site + href, width: file.width, height: file.height };
}
