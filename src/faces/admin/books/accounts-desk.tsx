import { filmMoney } from '../../../domain/film/index.ts';
import { accountsOf, openAccount, statementOf, trialBalance } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { type FormState, freshForm, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { AccountsPage } from './accounts-page.tsx';
import { StatementPage } from './statement-page.tsx';
import { accountForm, asked, statementQuery } from './views.ts';
import { ledgerRefusal, sayings } from './words.ts';

// As many lines as anybody reads on one page; the journal goes on.
const linesShown = 200;
const [firstDay, lastDay] = ['0001-01-01', '9999-12-31'];

/** The chart of accounts, opening one, and one account's statement. */
export function addAccountRoutes(desk: DeskApp, house: House): void {
  desk.get('/books/accounts', allow('books.read'), (c) => chart(c, house, freshForm, 200));
  desk.post('/books/accounts', allow('books.post'), async (c) => {
    const read = await readForm(c, accountForm);
    if (!read.ok) return chart(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    try {
      await inFilm(house.db, film.id, (tx) => openAccount(tx, film.id, now, actor, read.value));
      return leadTo(c, `${base}/books/accounts`, 'opened');
    } catch (refused) {
      const words = refused instanceof Refusal ? ledgerRefusal(refused.code) : null;
      if (words === null) throw refused;
      return chart(c, house, withError(read.form, 'name', words), 422);
    }
  });
  desk.get('/books/accounts/:code', allow('books.read'), async (c) => {
    const query = asked(c, statementQuery);
    const { film, now } = c.var.desk;
    const found = await inFilm(house.db, film.id, async (tx) => {
      const code = c.req.param('code');
      const account = (await accountsOf(tx, film.id)).find((each) => each.code === code);
      if (!account) throw new NotFound();
      const balances = await trialBalance(tx, film.id, null, account.code);
      const currencies = balances.map(({ currency }) => currency);
      const own = (await filmMoney(tx, film.id, now)).currency;
      const currency = query.currency || (currencies.includes(own) ? own : (currencies[0] ?? own));
      const period = { from: query.from || firstDay, to: query.to || lastDay };
      const wanted = { account: account.code, currency, ...period };
      return { account, currencies, currency, statement: await statementOf(tx, film.id, wanted, linesShown) };
    });
    return answer(c, <StatementPage desk={c.var.desk} {...found} from={query.from} to={query.to} />);
  });
}

async function chart(c: DeskContext, house: House, form: FormState, status: 200 | 422): Promise<Response> {
  const { desk } = c.var;
  const accounts = await inFilm(house.db, desk.film.id, (tx) => accountsOf(tx, desk.film.id));
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <AccountsPage {...{ desk, accounts, form, notice }} />, status);
}
