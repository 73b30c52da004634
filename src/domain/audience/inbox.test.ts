import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inFilm } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import '../film/tables.ts';
import {
  addNote,
  answerInquiry,
  assignInquiry,
  eraseInquiry,
  inquiries,
  inquiryCsv,
  inquiryForms,
  inquiryMailKeys,
  openInquiry,
  openInquiryCounts,
  setInquiryState,
  setInquiryStates,
  threadOf,
} from './index.ts';
import { ada, db, everything, list, newFilm, now, receive, submission } from './test-ground.ts';

describe('the inbox', () => {
  it('finds words by their beginning, without accents, in what was written, and nothing else', async () => {
    const filmId = await newFilm();
    await receive(filmId, submission({ name: 'José Ñandú', message: 'Una función en Montréal' }));
    await receive(filmId, submission({ message: 'Nothing to find' }));
    for (const search of ['jose', 'ÑAN', 'montreal func', 'grace@example.org jos'])
      expect((await list(filmId, { search })).lines, search).toHaveLength(1);
    for (const search of ['chicago', "') or true --", '& | ! :* <->', '\\', '   ', 'a'.repeat(9_000)])
      expect((await list(filmId, { search })).lines.length, search).toBe(search.trim() === '' ? 2 : 0);
  });

  it('pages by where the last page ended, forwards and back, and filters', async () => {
    const filmId = await newFilm();
    for (let at = 0; at < 7; at += 1)
      await receive(filmId, submission({ message: `Number ${at}` }, at % 2 ? 'press' : 'host'));
    const page = (place: Parameters<typeof inquiries>[3]) =>
      inFilm(db, filmId, (tx) => inquiries(tx, filmId, everything, place, 3));
    const first = await page(null);
    const second = await page({ older: first.lines[2]?.id ?? '' });
    const back = await page({ newer: second.lines[0]?.id ?? '' });
    expect([first.hasNewer, first.hasOlder, second.hasNewer, second.hasOlder]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(back.lines).toEqual(first.lines);
    expect(back.hasNewer).toBe(false);
    expect((await list(filmId, { form: 'press' })).lines).toHaveLength(3);
    expect((await list(filmId, { form: 'press', search: 'number' })).lines).toHaveLength(3);
    expect((await inFilm(db, filmId, (tx) => inquiryForms(tx, filmId))).map(({ form }) => form)).toEqual([
      'host',
      'press',
    ]);
  });

  it('counts what nobody has opened and what is not answered', async () => {
    const filmId = await newFilm();
    const { id } = await receive(filmId, submission());
    await receive(filmId, submission({ message: 'Two' }));
    await inFilm(db, filmId, (tx) => openInquiry(tx, filmId, now, ada, id));
    const counts = await inFilm(db, filmId, (tx) => openInquiryCounts(tx, filmId));
    expect(counts).toMatchObject({ unread: 1, open: 1 });
  });

  it('lets one of two people who change the same inquiry win, and tells the other', async () => {
    const filmId = await newFilm();
    const { id } = await receive(filmId, submission());
    const close = () =>
      inFilm(db, filmId, (tx) => setInquiryState(tx, filmId, now, ada, { id, version: 1 }, 'closed'));
    const answer = () =>
      inFilm(db, filmId, (tx) => answerInquiry(tx, filmId, now, ada, { id, version: 1 }, 'Thank you'));
    const outcomes = await Promise.allSettled([close(), answer(), answer()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => String(reason.code))).toEqual(['inquiry_changed', 'inquiry_changed']);
  });

  it('changes many at once and leaves those that somebody changed meanwhile', async () => {
    const filmId = await newFilm();
    const one = await receive(filmId, submission());
    const two = await receive(filmId, submission({ message: 'Two' }));
    const seen = [one, two].map(({ id }) => ({ id, version: 1 }));
    await inFilm(db, filmId, (tx) => assignInquiry(tx, filmId, now, ada, { id: two.id, version: 1 }, null));
    const result = await inFilm(db, filmId, (tx) => setInquiryStates(tx, filmId, now, ada, seen, 'spam'));
    expect(result).toEqual({ changed: 1, left: 1 });
  });

  it('writes every change into the audit log', async () => {
    const filmId = await newFilm();
    const { id, code } = await receive(filmId, submission());
    await inFilm(db, filmId, async (tx) => {
      await openInquiry(tx, filmId, now, ada, id);
      await assignInquiry(tx, filmId, now, ada, { id, version: 1 }, { id: 'p', name: 'Ada' });
      await addNote(tx, filmId, now, ada, id, 'Call them');
      await answerInquiry(tx, filmId, now, ada, { id, version: 2 }, 'Thank you');
      await setInquiryState(tx, filmId, now, ada, { id, version: 3 }, 'closed');
    });
    const { rows } = await inFilm(db, filmId, (tx) =>
      sql<{ action: string; subject: string }>`select action, subject from audit order by id`.execute(tx),
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'inquiry.open',
      'inquiry.assign',
      'inquiry.note',
      'inquiry.answer',
      'inquiry.state',
    ]);
    expect(new Set(rows.map(({ subject }) => subject))).toEqual(new Set([code]));
    const thread = await inFilm(db, filmId, (tx) => threadOf(tx, filmId, now, id));
    expect(thread.map(({ kind, body }) => [kind, body])).toEqual([
      ['note', 'Call them'],
      ['reply', 'Thank you'],
    ]);
  });

  it('erases an inquiry with its thread, its mails and its person, and keeps that it was done', async () => {
    const filmId = await newFilm();
    const { id, code } = await receive(filmId, submission());
    await inFilm(db, filmId, (tx) => addNote(tx, filmId, now, ada, id, 'Call them'));
    await inFilm(db, filmId, (tx) =>
      writeMail(tx, filmId, now, {
        key: inquiryMailKeys.received(id),
        to: 'grace@example.org',
        subject: 's',
        text: 't',
        html: 'h',
      }),
    );
    await inFilm(db, filmId, (tx) => eraseInquiry(tx, filmId, now, ada, { id, version: 1 }));
    const left = await inFilm(db, filmId, (tx) =>
      sql<Record<string, number>>`
        select (select count(*) from inquiry) as inquiries, (select count(*) from inquiry_entry) as entries,
               (select count(*) from mail) as mails, (select count(*) from contact) as contacts,
               (select count(*) from audit where subject = ${code} and action = 'inquiry.erase') as audits`.execute(
        tx,
      ),
    );
    expect(left.rows[0]).toEqual({ inquiries: 0, entries: 0, mails: 0, contacts: 0, audits: 1 });
  });

  it('S8 exports every answer, and nothing that a spreadsheet would run', async () => {
    const filmId = await newFilm();
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '=HYPERLINK("http://x","y")'];
    for (const message of formulas) await receive(filmId, submission({ name: message, message }));
    await receive(filmId, submission({ message: 'Plain, "quoted"\nand two lines', place: 'Buffalo' }));
    let csv = '';
    for await (const piece of inquiryCsv(db, filmId, everything)) csv += piece;
    expect(csv.split('\r\n')[0]).toBe('code,received,form,state,name,email,assigned to,message,place');
    expect(csv).toContain('"Plain, ""quoted""\nand two lines"');
    expect(csv).not.toMatch(/(^|,|\n)"?[\s]*[=+\-@＝]/);
    expect(csv.match(/'\s*[=+\-@＝]/g)?.length).toBe(formulas.length * 2);
  });
});
