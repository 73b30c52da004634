import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import {
  type Answer,
  answerInquiry,
  askOptIn,
  openFormKeys,
  optInState,
  receiveInquiry,
} from '../../domain/audience/index.ts';
import { createFilm, type FilmDocument, publishRevision, saveRevision } from '../../domain/film/index.ts';
import { commandLine } from '../../platform/audit/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { startWorker } from '../../platform/jobs/worker.ts';
import { makeLog } from '../../platform/log.ts';
import { openTransport } from '../../platform/mail/deliver.ts';
import { sendMail } from '../../platform/mail/send-mail.ts';
import { newId } from '../../platform/secrets.ts';
import { audienceLetters } from './index.ts';

const database = await testDatabase();
const db = database.kysely;
const clock = () => Temporal.Now.instant();
const filmId = newId();
const received: ParsedMail[] = [];
const waiting: (() => void)[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, _session, done) => {
    simpleParser(stream).then((mail) => {
      received.push(mail);
      done();
      for (const tell of waiting.splice(0)) tell();
    }, done);
  },
});
let worker: { stop(): Promise<void> };

const document: FilmDocument = {
  film: {
    slug: 'union',
    title: { en: 'UNION', es: 'UNIÓN' },
    site_languages: ['en', 'es'],
    timezone: 'America/New_York',
    currency: 'USD',
  },
  contact: { addresses: { general: 'film@example.org', bookings: 'book@example.org' } },
};

beforeAll(async () => {
  process.env.HOUSELIGHTS_CANARY = 'canary-7c1f';
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  await inFilm(db, filmId, async (tx) => {
    await createFilm(tx, filmId, clock(), { slug: 'union' });
    const saved = await saveRevision(tx, filmId, clock(), commandLine, {
      document,
      files: {},
      parentId: null,
    });
    await publishRevision(tx, filmId, clock(), commandLine, saved.revision.number);
  });
  const { port } = server.server.address() as AddressInfo;
  const transport = openTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'out@example.org' });
  worker = await startWorker(database.connection, {
    handlers: {
      ...audienceLetters({ db, clock, publicUrl: 'https://desk.example' }),
      'send-mail': sendMail(db, clock, transport),
    },
    recurring: [],
    log: makeLog('silent'),
  });
});
afterAll(async () => {
  await worker.stop();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** The mail to an address with these words in its subject, as soon as it has arrived. */
async function mailTo(address: string, subject = ''): Promise<ParsedMail> {
  for (;;) {
    const found = received.find(
      (mail) => [mail.to].flat()[0]?.text === address && mail.subject?.includes(subject),
    );
    if (found) return found;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}

function answersOf(said: Record<string, string>): Answer[] {
  return Object.entries(said).map(([name, value]) => ({
    name,
    label: `The ${name}`,
    kind: 'text',
    value,
    shown: value,
  }));
}

const receive = (said: Record<string, string>, language = 'en', form = 'host') =>
  inFilm(db, filmId, (tx) =>
    receiveInquiry(tx, filmId, clock(), {
      form: { name: form, title: 'Host a screening' },
      language,
      answers: answersOf(said),
      page: 'https://film.example/contact/host',
      networkHash: null,
      proof: null,
    }),
  );

describe('the letters of an inquiry', () => {
  it('go to the visitor in their language and to the team’s address for this kind', async () => {
    const { code } = await receive({ name: 'Grace', email: 'grace@example.org', message: 'Hola' }, 'es');
    const copy = await mailTo('grace@example.org');
    expect(copy.subject).toBe('UNIÓN: tenemos tu mensaje');
    expect(copy.replyTo?.text).toBe('book@example.org');
    expect(copy.text).toContain('Hola, Grace:');
    expect(copy.html).toContain('lang="es"');
    expect(copy.headers.get('auto-submitted')).toBe('auto-generated');
    const team = await mailTo('book@example.org', 'Grace');
    expect(team.replyTo?.text).toBe('grace@example.org');
    expect(team.text).toContain(`https://desk.example/admin/films/union/inbox/${code}`);
    expect(team.text).toContain('The message:\n  Hola');
  });

  it('S4 repeat what people typed and look nothing up in it', async () => {
    const spells = [
      '$\u007bprocess.env.HOUSELIGHTS_CANARY}',
      '{{ env "HOUSELIGHTS_CANARY" }}',
      '{{constructor.constructor("return process.env")()}}',
      '<%= process.env.HOUSELIGHTS_CANARY %>',
      '{event.__init__.__globals__}',
      '#{ENV["HOUSELIGHTS_CANARY"]}',
      '%HOUSELIGHTS_CANARY%',
      '$HOUSELIGHTS_CANARY',
      '<img src=x onerror=alert(1)>',
    ].join(' ');
    const name = 'Eve\u2028Bcc: victim@example.org {{env}}';
    await receive({ name, email: 'eve@example.org', message: spells });
    for (const mail of [await mailTo('eve@example.org'), await mailTo('book@example.org', 'Eve')]) {
      const all = `${mail.subject} ${mail.text} ${mail.html} ${JSON.stringify([...mail.headers])}`;
      expect(all).not.toContain('canary-7c1f');
      expect(mail.text).toContain(spells);
      expect(mail.html).toContain('&lt;img src=x');
      expect(mail.html).not.toContain('<img');
      expect(mail.bcc).toBeUndefined();
    }
  });

  it('keep the thread: the answer is below the copy, in the visitor’s language, from the film', async () => {
    const { id } = await receive({ name: 'Jo', email: 'jo@example.org', message: 'When?' });
    const copy = await mailTo('jo@example.org');
    const by = { personId: newId(), name: 'Ada Okafor' };
    const answer = (version: number, body: string) =>
      inFilm(db, filmId, (tx) => answerInquiry(tx, filmId, clock(), by, { id, version }, body));
    await answer(1, 'On Friday.\n\nBring friends <3');
    const first = await mailTo('jo@example.org', 'your message (Host');
    expect(first.inReplyTo).toBe(copy.messageId);
    expect(first.replyTo?.text).toBe('book@example.org');
    expect(first.text).toContain('On Friday.\n\nBring friends <3');
    expect(first.text).toContain('> The message: When?');
    const before = received.length;
    await answer(2, 'And at eight.');
    while (received.length === before) await new Promise<void>((resolve) => waiting.push(resolve));
    const second = received.at(-1);
    expect(second?.inReplyTo).toBe(first.messageId);
    expect([second?.references].flat()).toEqual([copy.messageId, first.messageId]);
  });

  it('stop going out to one address after five in a day, and the inquiries are kept all the same', async () => {
    for (let at = 0; at < 7; at += 1)
      await receive({ name: 'Max', email: 'max@example.org', message: `Mail ${at}` }, 'en', 'general');
    while (received.filter((mail) => mail.subject?.includes('from Max')).length < 7)
      await new Promise<void>((resolve) => waiting.push(resolve));
    const { rows } = await inFilm(db, filmId, (tx) =>
      sql<{ count: number }>`select count(*) from mail where to_address = 'max@example.org'`.execute(tx),
    );
    expect(rows[0]?.count).toBe(5);
  });
});

describe('the newsletter’s letter', () => {
  it('asks once, with a link that works, the words agreed to, and a stop in one click', async () => {
    const keys = await openFormKeys(db, clock)();
    await inFilm(db, filmId, (tx) =>
      askOptIn(tx, filmId, clock(), keys, {
        address: 'news@example.org',
        name: '',
        language: 'en',
        organisation: 'UNION',
        wording: 'I want mails about UNION.',
        page: 'https://film.example/newsletter',
        site: 'https://film.example',
        networkHash: null,
        proof: null,
      }),
    );
    const mail = await mailTo('news@example.org');
    const secret = /https:\/\/film\.example\/newsletter\/confirm\/([\w-]{22})\b/.exec(mail.text ?? '')?.[1];
    expect(await inFilm(db, filmId, (tx) => optInState(tx, filmId, clock(), secret ?? ''))).toBe('open');
    expect(mail.text).toContain('I want mails about UNION.');
    const list = mail.headers.get('list') as unknown as Record<string, Record<string, string>>;
    expect(list.unsubscribe?.url).toMatch(/^https:\/\/film\.example\/newsletter\/stop\//);
    expect(JSON.stringify(list)).toContain('One-Click');
  });
});
