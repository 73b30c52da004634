import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { openTestHouse } from '../../../tests/ground/house.ts';
import { createFilm } from '../../domain/film/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { newId } from '../../platform/secrets.ts';
import { openFilmDirectory } from './film-directory.ts';

const database = await testDatabase();
const { house } = await openTestHouse(database);

/** The database over a line on which what it read travels until it is let through. */
function onSlowLine() {
  const [sent, arrives] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const db = house.db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (result.rows.some((row) => 'set_config' in row || 'setConfig' in row)) return result;
      sent.resolve();
      await arrives.promise;
      return result;
    },
  });
  return { db, sent: sent.promise, letThrough: arrives.resolve };
}

it('tells nobody who asks after a change what was read before it', async () => {
  const { db, sent, letThrough } = onSlowLine();
  const directory = openFilmDirectory(db, house.pages);
  const before = directory.atSlug('late');
  await sent;
  const heard = Promise.withResolvers<void>();
  house.pages.onDrop(() => heard.resolve());
  const filmId = newId();
  await inFilm(house.db, filmId, async (tx) => {
    await createFilm(tx, filmId, Temporal.Now.instant(), { slug: 'late' });
    await dropPages(tx, filmId, 'film');
  });
  await heard.promise;
  const after = directory.atSlug('late');
  letThrough();
  expect(await before).toBeUndefined();
  expect((await after)?.id).toBe(filmId);
});
