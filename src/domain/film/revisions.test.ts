import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import {
  createFilm,
  endPreviews,
  type FilmDocument,
  latestRevision,
  makePreview,
  previewDays,
  previewedRevision,
  publishedRevision,
  publishRevision,
  rememberFile,
  revisionByNumber,
  revisionLines,
  rollBackTo,
  saveRevision,
} from './index.ts';

const { kysely: db } = await testDatabase();
const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const ana = { personId: 'p-ana', name: 'Ana' };
const sha256 = 'a'.repeat(64);

const titled = (title: string, hero = false): FilmDocument => ({
  film: {
    slug: 'union',
    title,
    site_languages: ['en'],
    timezone: 'America/New_York',
    currency: 'USD',
    ...(hero && { hero: { image: 'media/hero.jpg', alt: 'A crowd' } }),
  },
});

type Film = { readonly id: string; in<T>(work: (tx: Tx) => Promise<T>): Promise<T> };

async function newFilm(): Promise<Film> {
  const id = newId();
  await inFilm(db, id, (tx) => createFilm(tx, id, now, { slug: `f-${id.slice(-12)}` }));
  return { id, in: (work) => inFilm(db, id, work) };
}

const save = (film: Film, title: string, parentId: string | null = null) =>
  film.in((tx) => saveRevision(tx, film.id, now, ana, { document: titled(title), files: {}, parentId }));

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  await work.then(
    () => 'no refusal',
    (error: { code?: string }) => error.code,
  );

describe('saving a film', () => {
  it('keeps every state, counted from one, each knowing the one before it', async () => {
    const film = await newFilm();
    const first = await save(film, 'A');
    const second = await save(film, 'B', first.revision.id);
    expect(second.revision).toMatchObject({ number: 2, parentId: first.revision.id, madeBy: 'Ana' });
    expect(await film.in((tx) => revisionByNumber(tx, film.id, 1))).toMatchObject({ document: titled('A') });
    expect(await film.in((tx) => latestRevision(tx, film.id))).toMatchObject({ document: titled('B') });
  });

  it('makes no revision of what says the same', async () => {
    const film = await newFilm();
    await save(film, 'A');
    expect(await save(film, 'A')).toMatchObject({ changed: false, revision: { number: 1 } });
  });

  it('is refused when somebody saved meanwhile, and keeps theirs', async () => {
    const film = await newFilm();
    const first = await save(film, 'A');
    await save(film, 'Theirs', first.revision.id);
    expect(await codeOf(save(film, 'Mine', first.revision.id))).toBe('edited_meanwhile');
    expect(await film.in((tx) => latestRevision(tx, film.id))).toMatchObject({ document: titled('Theirs') });
  });

  it('lets one of two win who save at the same moment, and loses neither unseen', async () => {
    const film = await newFilm();
    const first = await save(film, 'A');
    const both = await Promise.allSettled(['B', 'C'].map((title) => save(film, title, first.revision.id)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await film.in((tx) => revisionLines(tx, film.id))).toHaveLength(2);
  });

  it('is refused when a picture is named whose bytes the film does not hold', async () => {
    const film = await newFilm();
    const attempt = (files: Record<string, string>) =>
      film.in((tx) =>
        saveRevision(tx, film.id, now, ana, { document: titled('A', true), files, parentId: null }),
      );
    expect(await codeOf(attempt({}))).toBe('unknown_file');
    expect(await codeOf(attempt({ 'media/hero.jpg': sha256 }))).toBe('unknown_file');
    const stored = { sha256, mime: 'image/jpeg', sizeBytes: 9, width: 1, height: 1, colour: null };
    await film.in((tx) => rememberFile(tx, film.id, now, stored));
    const other = { 'media/hero.jpg': sha256, 'media/unused.jpg': sha256 };
    expect((await attempt(other)).revision.files).toEqual({ 'media/hero.jpg': sha256 });
  });

  it('S5 never takes a picture that another film holds', async () => {
    const [film, other] = [await newFilm(), await newFilm()];
    const stored = { sha256, mime: 'image/jpeg', sizeBytes: 9, width: 1, height: 1, colour: null };
    await other.in((tx) => rememberFile(tx, other.id, now, stored));
    const draft = { document: titled('A', true), files: { 'media/hero.jpg': sha256 }, parentId: null };
    expect(await codeOf(film.in((tx) => saveRevision(tx, film.id, now, ana, draft)))).toBe('unknown_file');
  });

  it('S14 refuses a document with a key that the format does not know', async () => {
    const film = await newFilm();
    const document = { ...titled('A'), isAdmin: true } as FilmDocument;
    const attempt = film.in((tx) =>
      saveRevision(tx, film.id, now, ana, { document, files: {}, parentId: null }),
    );
    await expect(attempt).rejects.toThrow(/isAdmin/);
  });
});

describe('publishing', () => {
  it('moves what the public reads, forwards and backwards, and drafts stay unread', async () => {
    const film = await newFilm();
    await save(film, 'A');
    await save(film, 'B');
    const read = () => film.in((tx) => publishedRevision(tx, film.id));
    const publish = (number: number) => film.in((tx) => publishRevision(tx, film.id, now, ana, number));
    expect(await read()).toBe(undefined);
    await publish(2);
    await save(film, 'C');
    expect(await read()).toMatchObject({ number: 2 });
    await publish(1);
    expect(await read()).toMatchObject({ number: 1 });
    expect(await codeOf(publish(9))).toBe('unknown_revision');
  });

  it('goes back by a new revision that keeps the ones between', async () => {
    const film = await newFilm();
    await save(film, 'A');
    await save(film, 'B');
    const back = await film.in((tx) => rollBackTo(tx, film.id, now, ana, 1));
    expect(back).toMatchObject({ number: 3, document: titled('A'), note: 'Back to revision 1' });
    expect((await film.in((tx) => revisionLines(tx, film.id))).map(({ number }) => number)).toEqual([
      3, 2, 1,
    ]);
  });
});

describe('a preview link', () => {
  it('shows its revision until its time is over, to the holder of the secret only', async () => {
    const film = await newFilm();
    await save(film, 'A');
    const secret = await film.in((tx) => makePreview(tx, film.id, now, ana, 1));
    await save(film, 'B');
    const at = (moment: Temporal.Instant, by = secret) =>
      film.in((tx) => previewedRevision(tx, film.id, moment, by));
    expect(await at(now)).toMatchObject({ number: 1 });
    expect(await at(now, `${secret.slice(1)}A`)).toBe(undefined);
    expect(await at(now.add({ hours: 24 * previewDays }))).toBe(undefined);
    const other = await newFilm();
    expect(await other.in((tx) => previewedRevision(tx, other.id, now, secret))).toBe(undefined);
    await film.in((tx) => endPreviews(tx, film.id, now, ana));
    expect(await at(now)).toBe(undefined);
  });
});
