import { sql } from 'kysely';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inFilm, inInstallation } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { newId } from '../../platform/secrets.ts';
import '../film/tables.ts';
import {
  type Answer,
  addNote,
  answerInquiry,
  askOptIn,
  assignInquiry,
  confirmOptIn,
  consentsOf,
  eraseInquiry,
  inquiries,
  inquiryByCode,
  inquiryCsv,
  inquiryForms,
  inquiryMailKeys,
  isStopLink,
  openInquiry,
  openInquiryCounts,
  optInSecret,
  optInState,
  receiveInquiry,
  type Submission,
  setInquiryState,
  setInquiryStates,
  stopSecret,
  threadOf,
  withdrawConsent,
} from './index.ts';
import { keysOf } from './keys.ts';

const database = await testDatabase();
const db = database.kysely;
const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const keys = keysOf('a secret of this test');
const ada = { personId: newId(), name: 'Ada' };
const everything = { states: null, form: null, assignedTo: null, search: '' };

async function newFilm(): Promise<string> {
  const filmId = newId();
  await inInstallation(db, (tx) =>
    tx
      .insertInto('film')
      .values({ id: filmId, slug: `f-${filmId}` })
      .execute(),
  );
  return filmId;
}

function submission(over: Partial<Record<string, string>> = {}, form = 'host'): Submission {
  const said = { name: 'Grace', email: 'grace@example.org', message: 'We have 80 chairs.', ...over };
  const answers: Answer[] = Object.entries(said).map(([name, value = '']) => ({
    name,
    label: name,
    kind: 'text',
    value,
    shown: value,
  }));
  return {
    form: { name: form, title: 'Host a screening' },
    language: 'en',
    answers,
    page: 'https://film.example/contact/host',
    networkHash: null,
    proof: null,
  };
}

const receive = (filmId: string, sent: Submission, at = now) =>
  inFilm(db, filmId, (tx) => receiveInquiry(tx, filmId, at, sent));
const list = (filmId: string, filter = {}) =>
  inFilm(db, filmId, (tx) => inquiries(tx, filmId, { ...everything, ...filter }));

async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function jobsOf(filmId: string, name: string): Promise<number> {
  const { rows } = await asOwner((client) =>
    client.query<{ count: string }>(
      `select count(*) from graphile_worker._private_jobs job join graphile_worker._private_tasks task
         on task.id = job.task_id where task.identifier = $1 and job.payload->>'filmId' = $2`,
      [name, filmId],
    ),
  );
  return Number(rows[0]?.count);
}

/** Ten times the same form at once, each in its own transaction. */
async function tenAtOnce(filmId: string) {
  await Promise.all(Array.from({ length: 10 }, () => receive(filmId, submission())));
  return { kept: (await list(filmId)).lines.length, told: await jobsOf(filmId, 'inquiry-received') };
}

describe('an inquiry', () => {
  it('is kept once when it is sent ten times at once, and is told of once', async () => {
    expect(await tenAtOnce(await newFilm())).toEqual({ kept: 1, told: 1 });
  });

  it('would be kept ten times without the unique rule (negative control)', async () => {
    await asOwner((client) =>
      client.query(`
        create function blur() returns trigger language plpgsql as
          $$ begin new.content_key := decode(md5(random()::text), 'hex'); return new; end $$;
        create trigger blur before insert on inquiry for each row execute function blur()`),
    );
    try {
      expect(await tenAtOnce(await newFilm())).toEqual({ kept: 10, told: 10 });
    } finally {
      await asOwner((client) => client.query('drop trigger blur on inquiry; drop function blur()'));
    }
  });

  it('is a new one when the same words come again after a day, once more however often', async () => {
    const filmId = await newFilm();
    const first = await receive(filmId, submission());
    expect(await receive(filmId, submission(), now.add({ hours: 23 }))).toEqual({ ...first, isRepeat: true });
    const later = now.add({ hours: 25 });
    await Promise.all(Array.from({ length: 5 }, () => receive(filmId, submission(), later)));
    expect((await list(filmId)).lines).toHaveLength(2);
  });

  it('is another one when a word differs, or the form', async () => {
    const filmId = await newFilm();
    await receive(filmId, submission());
    await receive(filmId, submission({ message: 'We have 81 chairs.' }));
    await receive(filmId, submission({}, 'press'));
    expect((await list(filmId)).lines).toHaveLength(3);
  });

  it('uses up its puzzle; the same puzzle opens no second one, and a repeat needs none', async () => {
    const filmId = await newFilm();
    const proof = { hash: Buffer.from('solved'), expiresAt: now.add({ minutes: 30 }) };
    await receive(filmId, { ...submission(), proof });
    expect((await receive(filmId, { ...submission(), proof })).isRepeat).toBe(true);
    const other = { ...submission({ message: 'Other words' }), proof };
    await expect(receive(filmId, other)).rejects.toThrow('proof_spent');
    expect((await list(filmId)).lines).toHaveLength(1);
  });

  it('belongs to one contact, whichever way the address was typed', async () => {
    const filmId = await newFilm();
    const one = await receive(filmId, submission());
    const two = await receive(filmId, submission({ email: 'GRACE@Example.org', message: 'More' }));
    const found = await inFilm(db, filmId, (tx) =>
      Promise.all([inquiryByCode(tx, filmId, one.code), inquiryByCode(tx, filmId, two.code)]),
    );
    expect(found[0]?.contactId).toBe(found[1]?.contactId);
  });

  it('S5 is seen by its own film only', async () => {
    const [ours, theirs] = [await newFilm(), await newFilm()];
    const { code } = await receive(theirs, submission());
    expect(await inFilm(db, ours, (tx) => inquiryByCode(tx, ours, code))).toBeNull();
    expect(await inFilm(db, ours, (tx) => inquiryByCode(tx, theirs, code))).toBeNull();
    expect((await list(ours, { search: 'chairs' })).lines).toEqual([]);
  });
});

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

describe('the newsletter', () => {
  const request = (over = {}) => ({
    address: 'Grace@Example.org',
    name: '',
    language: 'en',
    organisation: 'UNION',
    wording: 'I want mails about UNION.',
    page: 'https://film.example/newsletter',
    site: 'https://film.example',
    networkHash: Buffer.from('hash'),
    proof: null,
    ...over,
  });
  const ask = (filmId: string, at = now, over = {}) =>
    inFilm(db, filmId, (tx) => askOptIn(tx, filmId, at, keys, request(over)));
  const seen = { page: 'https://film.example/newsletter/confirm', networkHash: null };
  async function secretOf(filmId: string): Promise<{ secret: string; contactId: string }> {
    const { rows } = await inFilm(db, filmId, (tx) =>
      sql<{ optInId: string; contactId: string }>`select opt_in_id, contact_id from subscription`.execute(tx),
    );
    const [row] = rows;
    if (!row) throw new Error('nobody asked');
    return { secret: optInSecret(keys, filmId, row.optInId), contactId: row.contactId };
  }

  it('E6 asks by one mail when it was asked for ten times at once', async () => {
    const filmId = await newFilm();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => ask(filmId)));
    expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(1);
    expect(await jobsOf(filmId, 'opt-in-asked')).toBe(1);
  });

  it('E6 asks again after a quarter of an hour, and never more than three times a day', async () => {
    const filmId = await newFilm();
    const outcomes = [];
    for (const minutes of [0, 10, 20, 40, 60, 80]) outcomes.push(await ask(filmId, now.add({ minutes })));
    expect(outcomes).toEqual(['asked', 'repeat', 'asked', 'asked', 'repeat', 'repeat']);
  });

  it('is on only after the link was confirmed, and keeps each step with its exact words', async () => {
    const filmId = await newFilm();
    await ask(filmId);
    const { secret } = await secretOf(filmId);
    expect(await inFilm(db, filmId, (tx) => optInState(tx, filmId, now, secret))).toBe('open');
    await inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen));
    await inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen));
    expect(await inFilm(db, filmId, (tx) => optInState(tx, filmId, now, secret))).toBe('confirmed');
    const steps = await inFilm(db, filmId, (tx) => consentsOf(tx, filmId, 'grace@example.org'));
    expect(steps.map(({ step, wording, organisation }) => [step, wording, organisation])).toEqual([
      ['asked', 'I want mails about UNION.', 'UNION'],
      ['given', 'I want mails about UNION.', 'UNION'],
    ]);
    expect(await ask(filmId, now.add({ hours: 30 }))).toBe('already');
    expect(await jobsOf(filmId, 'opt-in-known')).toBe(1);
  });

  it('refuses a link that is too old, made up, or of another film', async () => {
    const [filmId, other] = [await newFilm(), await newFilm()];
    await ask(filmId);
    const { secret } = await secretOf(filmId);
    const confirm = (film: string, sent: string, at = now) =>
      inFilm(db, film, (tx) => confirmOptIn(tx, film, at, sent, seen));
    await expect(confirm(filmId, secret, now.add({ hours: 73 }))).rejects.toThrow('link_expired');
    await expect(confirm(filmId, 'x'.repeat(22))).rejects.toThrow('link_unknown');
    await expect(confirm(other, secret)).rejects.toThrow('link_unknown');
  });

  it('is off after the stop link, for good, even where the confirming link is still around', async () => {
    const filmId = await newFilm();
    await ask(filmId);
    const { secret, contactId } = await secretOf(filmId);
    await inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen));
    expect(isStopLink(keys, filmId, contactId, stopSecret(keys, filmId, contactId))).toBe(true);
    expect(isStopLink(keys, filmId, newId(), stopSecret(keys, filmId, contactId))).toBe(false);
    for (let press = 0; press < 2; press += 1)
      await inFilm(db, filmId, (tx) => withdrawConsent(tx, filmId, now, contactId, seen));
    await expect(inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen))).rejects.toThrow(
      'link_unknown',
    );
    const steps = await inFilm(db, filmId, (tx) => consentsOf(tx, filmId, 'grace@example.org'));
    expect(steps.map(({ step }) => step)).toEqual(['asked', 'given', 'withdrawn']);
  });

  it('keeps what was agreed to as it was: the program can neither change nor delete it', async () => {
    const filmId = await newFilm();
    await ask(filmId);
    const change = (statement: string) => inFilm(db, filmId, (tx) => sql.raw(statement).execute(tx));
    await expect(change("update consent set wording = 'other'")).rejects.toThrow('permission denied');
    await expect(change('delete from consent')).rejects.toThrow('permission denied');
  });
});
