import { filmMoney, ownFirst } from '../../../domain/film/index.ts';
import { trialBalance, trialBalanceCsv } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { sayingOf } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { csvOf } from '../csv-answer.ts';
import { allow, type DeskApp } from '../desk.ts';
import { addAccountRoutes } from './accounts-desk.tsx';
import { BalancesPage } from './balances-page.tsx';
import { addEntryRoutes } from './entry-desk.tsx';
import { addJournalRoutes } from './journal-desk.tsx';
import { asked, balanceQuery } from './views.ts';
import { sayings } from './words.ts';

/** The film's books: balances, journal, accounts, and what is entered by hand. */
export function addBooksDesk(desk: DeskApp, house: House): void {
  desk.get('/books', allow('books.read'), async (c) => {
    const { through } = asked(c, balanceQuery);
    const { film, now } = c.var.desk;
    const balances = await inFilm(house.db, film.id, async (tx) => {
      const { currency } = await filmMoney(tx, film.id, now);
      return ownFirst(await trialBalance(tx, film.id, through || null), currency);
    });
    const notice = sayingOf(c.req.url, sayings);
    return answer(c, <BalancesPage desk={c.var.desk} {...{ balances, through, notice }} />);
  });
  desk.get('/books/balances.csv', allow('books.read'), async (c) => {
    const { through } = asked(c, balanceQuery);
    const { film } = c.var.desk;
    return csvOf(c, 'balances', [await trialBalanceCsv(house.db, film.id, through || null)]);
  });
  addJournalRoutes(desk, house);
  addAccountRoutes(desk, house);
  addEntryRoutes(desk, house);
}
