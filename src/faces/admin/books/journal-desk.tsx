import { filmMoney } from '../../../domain/film/index.ts';
import {
  accountsOf,
  groupById,
  type JournalFilter,
  journal,
  journalCsv,
  journalKinds,
  type LedgerGroup,
  reverse,
} from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { csvOf } from '../csv-answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { GroupPage } from './group-page.tsx';
import { JournalPage } from './journal-page.tsx';
import { asked, isId, type JournalQuery, journalQuery } from './views.ts';
import { ledgerRefusal, sayings } from './words.ts';

const perPage = 50;

/** The journal, one group of it, and its reversal. */
export function addJournalRoutes(desk: DeskApp, house: House): void {
  desk.get('/books/journal', allow('books.read'), async (c) => {
    const query = asked(c, journalQuery);
    const { film } = c.var.desk;
    const found = await inFilm(house.db, film.id, async (tx) => ({
      groups: await journal(tx, film.id, filterOf(query), placeOf(query), perPage + 1),
      accounts: await accountsOf(tx, film.id),
      kinds: await journalKinds(tx, film.id),
    }));
    const groups = found.groups.slice(0, perPage);
    const hasMore = found.groups.length > perPage;
    return answer(c, <JournalPage desk={c.var.desk} {...{ ...found, query, groups, hasMore }} />);
  });
  desk.get('/books/journal.csv', allow('books.read'), (c) => {
    const query = asked(c, journalQuery);
    return csvOf(c, 'journal', journalCsv(house.db, c.var.desk.film.id, filterOf(query)));
  });
  desk.get('/books/groups/:id', allow('books.read'), async (c) => {
    const notice = sayingOf(c.req.url, sayings);
    return answer(c, <GroupPage desk={c.var.desk} group={await groupOf(c, house)} notice={notice} />);
  });
  desk.post('/books/groups/:id/reversal', allow('books.post'), async (c) => {
    await readForm(c, noFields);
    const group = await groupOf(c, house);
    const { film, now, actor, base } = c.var.desk;
    // What the program posted is taken back by what it tells of: a refund, not a reversal by hand.
    if (group.kind !== 'manual') throw new NotFound();
    try {
      const { groupId } = await inFilm(house.db, film.id, async (tx) => {
        const { today } = await filmMoney(tx, film.id, now);
        return await reverse(tx, film.id, now, actor, {
          groupId: group.id,
          bookedOn: today,
          memo: group.memo,
        });
      });
      return leadTo(c, `${base}/books/groups/${groupId}`, 'reversed');
    } catch (refused) {
      const words = refused instanceof Refusal ? ledgerRefusal(refused.code) : null;
      if (words === null) throw refused;
      return answer(c, <GroupPage desk={c.var.desk} group={group} notice={{ tone: 'bad', words }} />, 409);
    }
  });
}

function filterOf({ account, kind, from, to }: JournalQuery): JournalFilter {
  const given = Object.entries({ account, kind, from, to }).filter(([, value]) => value !== '');
  return Object.fromEntries(given);
}

function placeOf({ after }: JournalQuery): { bookedOn: string; id: string } | null {
  return after === '' ? null : { bookedOn: after.slice(0, 10), id: after.slice(11) };
}

async function groupOf(c: DeskContext, house: House): Promise<LedgerGroup> {
  const id = c.req.param('id') ?? '';
  if (!isId(id)) throw new NotFound();
  const { film } = c.var.desk;
  const group = await inFilm(house.db, film.id, (tx) => groupById(tx, film.id, id));
  if (!group) throw new NotFound();
  return group;
}
