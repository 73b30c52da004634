import {
  endPreviews,
  latestRevision,
  makePreview,
  publishRevision,
  revisionByNumber,
  revisionLines,
  rollBackTo,
  saveRevision,
} from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { NotFound } from '../../edge/not-found.ts';
import { answer } from '../answer.ts';
import type { DeskContext } from '../desk.ts';
import { editorState } from './editor-state.ts';
import { ComparePage } from './pages/compare-page.tsx';
import { PreviewLinkPage } from './pages/preview-link-page.tsx';
import { RevisionsPage } from './pages/revisions-page.tsx';
import { momentIn, shortMomentIn } from './place-view.ts';
import type { FilmHouse } from './read-place.ts';
import { lead, noticeOf } from './sayings.ts';
import { readValues } from './upload/read-sent.ts';
import { wordsOfChanges } from './words-of-changes.ts';

/** Every revision, the newest first, 50 a page. */
export async function showRevisions(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const before = numberOf(c.req.query('before'));
  const state = await editorState(house, desk);
  const lines = await inFilm(house.db, desk.film.id, (tx) => revisionLines(tx, desk.film.id, { before }));
  const notice = noticeOf(c.req.url, desk, state.draft.mayEdit);
  const rows = lines.map((line) => ({
    ...line,
    made: shortMomentIn(state, line.madeAt),
    published: line.publishedAt && shortMomentIn(state, line.publishedAt),
  }));
  const last = lines.at(-1)?.number ?? 1;
  const older = last > 1 ? `${desk.base}/film/revisions?before=${last}` : null;
  return answer(
    c,
    <RevisionsPage desk={desk} draft={state.draft} rows={rows} older={older} notice={notice} />,
  );
}

/** What changed between two revisions, in people's words. */
export async function showComparison(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const [from, to] = [numberOf(c.req.query('from')), numberOf(c.req.query('to'))];
  if (from === null || to === null) throw new NotFound();
  const state = await editorState(house, desk);
  const pair = await inFilm(house.db, desk.film.id, async (tx) => ({
    before: await revisionByNumber(tx, desk.film.id, from),
    after: await revisionByNumber(tx, desk.film.id, to),
  }));
  if (!pair.before || !pair.after) throw new NotFound();
  const { before, after } = pair;
  const groups = wordsOfChanges(before.document, after.document);
  const said = (revision: typeof before) => ({
    number: revision.number,
    who: revision.madeBy ?? 'nobody',
    made: momentIn(state, revision.madeAt),
  });
  return answer(
    c,
    <ComparePage desk={desk} draft={state.draft} before={said(before)} after={said(after)} groups={groups} />,
  );
}

/** Lets the public read a revision. */
export async function publish(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const { number } = await readNumber(c);
  await orNotFound(
    inFilm(house.db, desk.film.id, (tx) => publishRevision(tx, desk.film.id, desk.now, desk.actor, number)),
  );
  return lead(c, `${desk.base}/film`, 'published');
}

/** Makes an earlier revision the draft again. */
export async function rollBack(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const { number } = await readNumber(c);
  const revision = await orNotFound(
    inFilm(house.db, desk.film.id, (tx) => rollBackTo(tx, desk.film.id, desk.now, desk.actor, number)),
  );
  return lead(c, `${desk.base}/film/revisions`, 'back', { of: revision.number });
}

/** Takes back what one revision did, while it is still the newest one. */
export async function undo(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const filmId = desk.film.id;
  const { number, values } = await readNumber(c, ['back']);
  const isDone = await inFilm(house.db, filmId, async (tx) => {
    const latest = await latestRevision(tx, filmId);
    const before = await revisionByNumber(tx, filmId, number - 1);
    if (!latest || !before || latest.number !== number) return false;
    const { document, files } = before;
    const note = `Undid revision ${number}`;
    await saveRevision(tx, filmId, desk.now, desk.actor, { document, files, parentId: latest.id, note });
    return true;
  }).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'edited_meanwhile') return false;
    throw error;
  });
  const back = values.get('back') ?? '';
  const address = /^\/film(\/[a-z0-9-]{1,80}){0,6}$/.test(back) ? back : '/film';
  if (!isDone) return lead(c, `${desk.base}/film/revisions`, 'too_late');
  // The thing whose page this was may be gone with the undoing: lists stay, so go to the part.
  return lead(c, desk.base + address.split('/').slice(0, 3).join('/'), 'undone');
}

/** Makes a secret link to a revision, and shows it once to be copied. */
export async function previewRevision(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const { number } = await readNumber(c);
  const secret = await orNotFound(
    inFilm(house.db, desk.film.id, (tx) => makePreview(tx, desk.film.id, desk.now, desk.actor, number)),
  );
  const state = await editorState(house, desk);
  const link = `${house.config.publicUrl}/films/${desk.film.slug}/preview/${secret}/`;
  return answer(c, <PreviewLinkPage desk={desk} draft={state.draft} number={number} link={link} />);
}

/** Ends every preview link of the film. */
export async function endAllPreviews(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  if ((await readValues(c.req.raw)).size > 0) throw new Refusal('unknown_field');
  await inFilm(house.db, desk.film.id, (tx) => endPreviews(tx, desk.film.id, desk.now, desk.actor));
  return lead(c, `${desk.base}/film/revisions`, 'ended');
}

async function readNumber(
  c: DeskContext,
  others: readonly string[] = [],
): Promise<{ number: number; values: ReadonlyMap<string, string> }> {
  const values = await readValues(c.req.raw);
  const unknown = [...values.keys()].find((name) => name !== 'number' && !others.includes(name));
  if (unknown !== undefined) throw new Refusal('unknown_field');
  const number = numberOf(values.get('number'));
  if (number === null) throw new Refusal('form_unreadable');
  return { number, values };
}

/** A revision's number, as an integer column holds it. */
function numberOf(value: string | undefined): number | null {
  return value !== undefined && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;
}

async function orNotFound<T>(work: Promise<T>): Promise<T> {
  return await work.catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'unknown_revision') throw new NotFound();
    throw error;
  });
}
