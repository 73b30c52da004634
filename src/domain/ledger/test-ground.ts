import { Temporal } from 'temporal-polyfill';
import { testDatabase } from '../../../tests/ground/database.ts';
import { type Db, inFilm, type Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { createFilm } from '../film/index.ts';
import type { Line, Posted, Posting } from './index.ts';
import { post } from './index.ts';

export const now: Temporal.Instant = Temporal.Instant.from('2026-12-01T12:00:00Z');
export const today: Temporal.PlainDate = Temporal.PlainDate.from('2026-12-01');
export const finn = { personId: null, name: 'Finn Doyle' };

/** Films with books of their own, in a database of this file's. */
export async function openBooks() {
  const database = await testDatabase();
  const db: Db = database.kysely;
  let made = 0;
  return {
    database,
    db,
    async film(): Promise<string> {
      const filmId = newId();
      made += 1;
      await inFilm(db, filmId, (tx) => createFilm(tx, filmId, now, { slug: `books-${made}` }));
      return filmId;
    },
    within: <T>(filmId: string, work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(db, filmId, work),
    post: (filmId: string, posting: Partial<Posting> & { lines: readonly Line[] }): Promise<Posted> =>
      inFilm(db, filmId, (tx) =>
        post(tx, filmId, now, finn, { key: newId(), kind: 'order', bookedOn: today, ...posting }),
      ),
  };
}

/** Dollars and cents of an account: a debit; a credit is less than nothing. */
export const usd = (account: string, dollars: number): Line => ({
  account,
  amount: Math.round(dollars * 100),
  currency: 'USD',
});
