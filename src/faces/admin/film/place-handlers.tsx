import { Refusal } from '../../../platform/refusal.ts';
import { NotFound } from '../../edge/not-found.ts';
import { answer } from '../answer.ts';
import type { DeskContext } from '../desk.ts';
import { editorState } from './editor-state.ts';
import { keyOf } from './form/field.ts';
import { commandList } from './list-commands.ts';
import { overviewOf } from './overview.ts';
import { OverviewPage } from './pages/overview-page.tsx';
import { PlacePage } from './pages/place-page.tsx';
import { findPlace, type Place } from './place.ts';
import { meanwhileView, placeView, type Typed } from './place-view.ts';
import { type FilmHouse, type ReadPlace, readPlace } from './read-place.ts';
import { savePlace } from './save-place.ts';
import { lead, noticeOf } from './sayings.ts';
import { fileWords } from './upload/file-words.ts';

/** All parts of the film, with how each stands. */
export async function showOverview(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const state = await editorState(house, desk);
  const groups = overviewOf(state.latest.document, desk.base);
  const notice = noticeOf(c.req.url, desk, state.draft.mayEdit);
  return answer(c, <OverviewPage desk={desk} draft={state.draft} groups={groups} notice={notice} />);
}

/** A part of the film, a thing of a list, or the form for a new one. */
export async function showPlace(c: DeskContext, house: FilmHouse, address: string): Promise<Response> {
  const { desk } = c.var;
  const state = await editorState(house, desk);
  const found = findPlace(state.latest.document, address);
  if (found?.is !== 'page') throw new NotFound();
  const notice = noticeOf(c.req.url, desk, state.draft.mayEdit);
  return answer(c, <PlacePage {...placeView(desk, found.place, state, { notice })} />);
}

/** Saves a page's form as the next revision, or shows why not with everything that was typed. */
export async function receivePlace(c: DeskContext, house: FilmHouse, address: string): Promise<Response> {
  const { desk } = c.var;
  const state = await editorState(house, desk, { from: fromOf(c) });
  const found = findPlace(state.shown.document, address);
  if (found === null) throw new NotFound();
  if (found.is !== 'page') return await commandList(c, house, state, found);
  const { place } = found;
  const base = state.shown;
  const read = await readPlace(c.req.raw, { house, filmId: desk.film.id, now: desk.now, base, place });
  if (read.wish.startsWith('preview:')) return await showTyped(c, house, place, read, 200);
  if (Object.keys(read.errors).length > 0) return await showTyped(c, house, place, read, 422);
  return await keep(c, house, place, read, base.number);
}

async function keep(
  c: DeskContext,
  house: FilmHouse,
  place: Place,
  read: ReadPlace,
  from: number,
): Promise<Response> {
  const { desk } = c.var;
  const state = await editorState(house, desk, { from });
  const note = noteOf(place, read);
  const edit = { ...read, base: state.shown, note };
  const outcome = await savePlace(house, desk, edit).catch((error: unknown) => wrongFile(error, place, read));
  if ('values' in outcome) return await showTyped(c, house, place, outcome, 422);
  if (outcome.is !== 'saved') {
    const clashes = outcome.is === 'meanwhile' ? outcome.clashes : [];
    const now = await editorState(house, desk, { from, sent: read.files });
    const meanwhile = meanwhileView(now, clashes, outcome.is === 'unfit');
    const typed = { values: read.values, errors: {} };
    return answer(c, <PlacePage {...placeView(desk, place, now, { typed, meanwhile })} />, 409);
  }
  const { revision, isChanged, isMerged } = outcome;
  if (!isChanged) return lead(c, desk.base + place.address, 'same');
  const said = isMerged ? 'joined' : place.kind === 'new' ? 'added' : 'saved';
  return lead(c, desk.base + addressAfter(place, read, isMerged), said, { of: revision.number });
}

/** A file that the film does not hold (any more) is wrong beside its field; everything else is thrown on. */
function wrongFile(error: unknown, place: Place, read: ReadPlace): ReadPlace {
  if (!(error instanceof Refusal) || error.code !== 'unknown_file') throw error;
  const { path } = error.details;
  const field = place.fields.find(({ path: steps }) => read.values[keyOf('', steps)] === path);
  const words = fileWords(error) ?? '';
  return {
    ...read,
    errors: { [field ? keyOf('', field.path) : '']: field ? `${field.label}: ${words}` : words },
  };
}

async function showTyped(
  c: DeskContext,
  house: FilmHouse,
  place: Place,
  read: ReadPlace,
  status: 200 | 422,
): Promise<Response> {
  const { desk } = c.var;
  const state = await editorState(house, desk, { from: fromOf(c), sent: read.files });
  const isPreview = read.wish.startsWith('preview:');
  const typed: Typed = {
    values: read.values,
    errors: isPreview ? {} : read.errors,
    previewed: isPreview ? read.wish.slice('preview:'.length) : null,
  };
  return answer(c, <PlacePage {...placeView(desk, place, state, { typed })} />, status);
}

/** Where to go after a save: groups and forms are opened to be filled, other new things show in their list. */
function addressAfter(place: Place, read: ReadPlace, isMerged: boolean): string {
  if (place.kind === 'part') return place.address;
  // Somebody else's changes may have moved the list's things, so positions are not to be trusted.
  if (isMerged) return place.from.address;
  if (place.kind === 'item') return place.address;
  const hasLists = (place.within?.list.lists ?? []).length > 0;
  return hasLists && read.key !== null ? `${place.within?.address}/${read.key}` : place.from.address;
}

function noteOf(place: Place, read: ReadPlace): string {
  const { title } = place.part;
  if (place.kind === 'part') return title;
  if (place.kind === 'item') return `${title}: ${place.title}`;
  const { list } = place.within ?? {};
  const first = Object.entries(read.values).find(([name, value]) => value !== '' && !name.endsWith('sha256'));
  return `${title}: a new ${list?.one ?? 'entry'}${first ? `, ${first[1].slice(0, 100)}` : ''}`;
}

/** The address below `/film/`, as the page's links write it. */
export function addressOf(c: DeskContext): string {
  const address = c.var.desk.path.replace(/^\/film\//, '');
  try {
    return decodeURIComponent(address);
  } catch {
    throw new NotFound();
  }
}

/** The revision that a form was made from; each form carries it in its address. */
export function fromOf(c: DeskContext): number {
  const from = c.req.query('from') ?? '';
  if (!/^[1-9]\d{0,8}$/.test(from)) throw new Refusal('form_unreadable');
  return Number(from);
}
