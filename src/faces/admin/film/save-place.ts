import {
  type FilmDocument,
  filmDocument,
  latestRevision,
  type Revision,
  saveRevision,
} from '../../../domain/film/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Desk } from '../desk.ts';
import { type Choices, type Clash, merge } from './merge.ts';
import type { FilmHouse } from './read-place.ts';

/** What somebody made of a revision: the whole document, and new bytes by their path. */
export type Edit = {
  readonly base: Revision;
  readonly document: FilmDocument;
  readonly files: Readonly<Record<string, string>>;
  readonly note: string;
  readonly over: number | null;
  readonly choices: Choices;
};

export type Outcome =
  | {
      readonly is: 'saved';
      readonly revision: Revision;
      readonly isChanged: boolean;
      /** Whether somebody else's changes stand in it too. */
      readonly isMerged: boolean;
    }
  /** Somebody saved meanwhile: what they made, and where the two touch. */
  | { readonly is: 'meanwhile'; readonly latest: Revision; readonly clashes: readonly Clash[] }
  /** The two together break a rule of the document. */
  | { readonly is: 'unfit'; readonly latest: Revision };

/**
 * Saves an edit as the next revision. Where somebody saved after the revision that was open, nothing is kept
 * until the person has seen what changed (`over` names it) and chosen at every place that both touched.
 * @throws {Refusal} unknown_file
 */
export async function savePlace(house: FilmHouse, desk: Desk, edit: Edit): Promise<Outcome> {
  try {
    return await inFilm(house.db, desk.film.id, (tx) => save(tx, desk, edit));
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'edited_meanwhile') throw error;
    // Somebody was quicker between our look and the lock: look again, now at theirs.
    return await inFilm(house.db, desk.film.id, (tx) => save(tx, desk, edit));
  }
}

async function save(tx: Tx, desk: Desk, edit: Edit): Promise<Outcome> {
  const { base, document, files, note, over, choices } = edit;
  const filmId = desk.film.id;
  const latest = (await latestRevision(tx, filmId)) ?? base;
  const keep = async (whole: FilmDocument, all: Revision['files'], isMerged: boolean): Promise<Outcome> => {
    const draft = { document: whole, files: all, parentId: latest.id, note: note.slice(0, 500) };
    const { revision, changed } = await saveRevision(tx, filmId, desk.now, desk.actor, draft);
    return { is: 'saved', revision, isChanged: changed, isMerged };
  };
  if (latest.number === base.number) return await keep(document, { ...base.files, ...files }, false);
  const open = merge(base.document, document, latest.document).clashes;
  const isDecided = over === latest.number && open.every(({ path }) => choices[path.join('.')] !== undefined);
  if (!isDecided) return { is: 'meanwhile', latest, clashes: open };
  const merged = filmDocument.safeParse(merge(base.document, document, latest.document, choices).value);
  if (!merged.success) return { is: 'unfit', latest };
  return await keep(merged.data, { ...base.files, ...latest.files, ...files }, true);
}
