import { z } from 'zod';
import {
  inquiries,
  inquiryCsv,
  inquiryForms,
  inquiryStates,
  openInquiryCounts,
  setInquiryStates,
} from '../../../domain/audience/index.ts';
import { team } from '../../../domain/people/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { NoticeWords } from '../../../ui/admin/index.ts';
import { BadRequest } from '../../edge/bad-request.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { csvOf } from '../csv-answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm } from '../form.ts';
import { ListPage } from './list-page.tsx';
import { filterOf, type InboxQuery, inboxHref, inboxQuery, placeOf } from './views.ts';

// A page of the list holds 50; more than its double is no page of ours.
const chosenMax = 100;
const bulkForm = z.object({
  state: z.enum(inquiryStates),
  'chosen[]': z
    .array(z.string().regex(/^[0-9a-f-]{36}\.\d{1,9}$/))
    .max(chosenMax)
    .default([]),
});

/** The list, its export, and what is done with several at once. */
export function addListDesk(desk: DeskApp, house: House): void {
  desk.get('/inbox', allow('inbox.read'), async (c) => {
    const query = queryOf(c);
    const { film, person } = c.var.desk;
    const found = await inFilm(house.db, film.id, async (tx) => ({
      page: await inquiries(tx, film.id, filterOf(query, person.id), placeOf(query)),
      counts: await openInquiryCounts(tx, film.id),
      forms: await inquiryForms(tx, film.id),
      team: await team(tx, film.id),
    }));
    return answer(c, <ListPage desk={c.var.desk} query={query} {...found} notice={bulkNotice(c)} />);
  });
  desk.get('/inbox.csv', allow('inbox.export'), (c) => {
    const query = queryOf(c);
    const { film, person } = c.var.desk;
    return csvOf(c, 'inbox', inquiryCsv(house.db, film.id, filterOf(query, person.id)));
  });
  desk.post('/inbox/bulk', allow('inbox.answer'), async (c) => {
    const read = await readForm(c, bulkForm);
    if (!read.ok) throw new BadRequest();
    const { film, now, actor, base } = c.var.desk;
    const seen = read.value['chosen[]'].map((chosen) => {
      const [id = '', version = ''] = chosen.split('.');
      return { id, version: Number(version) };
    });
    const { changed, left } = await inFilm(house.db, film.id, (tx) =>
      setInquiryStates(tx, film.id, now, actor, seen, read.value.state),
    );
    // Back to the view that it was done in.
    const back = inboxHref(base, queryOf(c), {});
    return leadTo(c, `${back}${back.includes('?') ? '&' : '?'}changed=${changed}&left=${left}`);
  });
}

function queryOf(c: DeskContext): InboxQuery {
  const query = inboxQuery.safeParse(c.req.query());
  if (!query.success) throw new BadRequest();
  return query.data;
}

/** What a bulk change did, by the numbers in the address. */
function bulkNotice(c: DeskContext): NoticeWords | null {
  const [changed, left] = [c.req.query('changed'), c.req.query('left')];
  if (c.req.query('said') === 'erased') return { tone: 'good', words: 'The inquiry is erased.' };
  if (!/^\d{1,3}$/.test(changed ?? '') || !/^\d{1,3}$/.test(left ?? '')) return null;
  if (changed === '0' && left === '0') return { tone: 'warn', words: 'Choose at least one first.' };
  const rest = left === '0' ? '' : ` ${left} stayed as they were, because somebody changed them meanwhile.`;
  return { tone: left === '0' ? 'good' : 'warn', words: `${changed} changed.${rest}` };
}
