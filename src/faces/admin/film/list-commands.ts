import { isDeepStrictEqual } from 'node:util';
import { type FilmDocument, filmDocument, latestRevision, saveRevision } from '../../../domain/film/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Desk, DeskContext } from '../desk.ts';
import type { EditorState } from './editor-state.ts';
import type { Path } from './form/field.ts';
import { setAt } from './form/set-at.ts';
import { at, isRecord } from './form/show-field.ts';
import { type ListOperation, operate } from './list-operations.ts';
import { type Found, rowMark, sayOf } from './place.ts';
import type { FilmHouse } from './read-place.ts';
import { lead } from './sayings.ts';
import { readValues } from './upload/read-sent.ts';

type Command = Extract<Found, { is: 'command' }>;
type Removal = Extract<Found, { is: 'removal' }>;
/** What is wished for, and the document that it makes of another; null where it does not fit that one. */
type Wish = {
  readonly said: 'moved' | 'removed';
  readonly note: string;
  readonly path: Path;
  /** Which row to come back to. */
  readonly to: number | null;
  readonly apply: (document: FilmDocument) => FilmDocument | null;
};

/** Moves or removes a thing of a list, or puts a whole list into another order, as the next revision. */
export async function commandList(
  c: DeskContext,
  house: FilmHouse,
  state: EditorState,
  command: Command | Removal,
): Promise<Response> {
  const { desk } = c.var;
  const values = await readValues(c.req.raw);
  const wish =
    command.is === 'removal' ? removalOfPart(values, command) : wishOf(values, state.shown.document, command);
  const outcome = await inFilm(house.db, desk.film.id, (tx) =>
    fulfil(tx, desk, state.shown.document, wish),
  ).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'edited_meanwhile') return { said: 'meanwhile' } as const;
    throw error;
  });
  const back = `${desk.base}${command.place.address}`;
  const to = wish.to !== null && command.is === 'command' ? rowMark(command.at.list, wish.to) : null;
  return lead(c, back, outcome.said, { ...('of' in outcome && { of: outcome.of }), to });
}

async function fulfil(
  tx: Tx,
  desk: Desk,
  shown: FilmDocument,
  wish: Wish,
): Promise<{ said: string; of: number } | { said: 'meanwhile' | 'unfit' | 'same' }> {
  const filmId = desk.film.id;
  const latest = await latestRevision(tx, filmId);
  // Positions mean what they meant on the page only while the list is the one that the page had shown.
  if (!latest || !isDeepStrictEqual(at(latest.document, wish.path), at(shown, wish.path)))
    return { said: 'meanwhile' };
  const checked = filmDocument.safeParse(wish.apply(latest.document));
  if (!checked.success) return { said: 'unfit' };
  const { revision, changed } = await saveRevision(tx, filmId, desk.now, desk.actor, {
    document: checked.data,
    files: latest.files,
    parentId: latest.id,
    note: wish.note.slice(0, 500),
  });
  return changed ? { said: wish.said, of: revision.number } : { said: 'same' };
}

function removalOfPart(values: ReadonlyMap<string, string>, { place }: Removal): Wish {
  if (values.size !== 1 || values.get('at') !== 'whole') throw new Refusal('form_unreadable');
  const { path, part } = place;
  const note = `${part.title}: removed`;
  return { said: 'removed', note, path, to: null, apply: (latest) => setAt(latest, path, undefined) };
}

/** @throws {Refusal} unknown_field · form_unreadable */
function wishOf(values: ReadonlyMap<string, string>, document: FilmDocument, command: Command): Wish {
  const { path } = command.at;
  const { title } = command.place.part;
  const wanted = { order: ['order'], moves: ['at', 'to'], removals: ['at'] }[command.command];
  if ([...values.keys()].some((name) => !wanted.includes(name))) throw new Refusal('unknown_field');
  const value = at(document, path);
  if (isRecord(value)) return removalOfKey(values, command, path, title, value);
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  const operation = operationOf(values, command);
  if (operate(list, operation) === null) throw new Refusal('form_unreadable');
  const name = 'at' in operation ? command.at.list.titleOf(list[operation.at], sayOf(document), '') : '';
  const note = {
    remove: `${title}: removed ${name}`,
    up: `${title}: moved ${name} up`,
    down: `${title}: moved ${name} down`,
    order: `${title}: another order`,
  }[operation.is];
  return {
    said: operation.is === 'remove' ? 'removed' : 'moved',
    note,
    path,
    to: operation.is === 'up' ? operation.at - 1 : operation.is === 'down' ? operation.at + 1 : null,
    apply: (latest) => {
      const after = operate((at(latest, path) ?? []) as unknown[], operation);
      return after && setAt(latest, path, after);
    },
  };
}

function operationOf(values: ReadonlyMap<string, string>, { command }: Command): ListOperation {
  if (command === 'order') {
    const order = values.get('order') ?? '';
    if (!/^\d{1,5}(,\d{1,5})*$/.test(order)) throw new Refusal('form_unreadable');
    return { is: 'order', order: order.split(',').map(Number) };
  }
  const position = values.get('at') ?? '';
  if (!/^\d{1,5}$/.test(position)) throw new Refusal('form_unreadable');
  if (command === 'removals') return { is: 'remove', at: Number(position) };
  const to = values.get('to');
  if (to !== 'up' && to !== 'down') throw new Refusal('form_unreadable');
  return { is: to, at: Number(position) };
}

function removalOfKey(
  values: ReadonlyMap<string, string>,
  { command, at: { list } }: Command,
  path: Path,
  title: string,
  map: Readonly<Record<string, unknown>>,
): Wish {
  const key = values.get('at') ?? '';
  if (command !== 'removals' || !Object.hasOwn(map, key)) throw new Refusal('form_unreadable');
  return {
    said: 'removed',
    note: `${title}: removed the ${list.one} ${key}`,
    path,
    to: null,
    apply: (latest) => setAt(latest, [...path, key], undefined),
  };
}
