import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inFilm, inInstallation } from '../database/database.ts';
import { newId } from '../secrets.ts';
import { type MailTransport, openTransport } from './deliver.ts';
import { mailsByKey, retryMail } from './mails.ts';
import { sendMail } from './send-mail.ts';
import { type Letter, writeMail } from './write-mail.ts';
import '../../domain/film/tables.ts';

const database = await testDatabase();
const db = database.kysely;
const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const by = { personId: null, name: 'Ada' };
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A mail server on this machine; `refuse` answers a recipient or a text with an SMTP code. */
async function mailServer(options: SMTPServerOptions = {}) {
  const received: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        received.push(mail);
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, received };
}

const refusal = (code: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: code });

function transportTo(port: number, silenceMs = 5_000): MailTransport {
  const transport = openTransport(
    { smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'UNION <film@example.org>' },
    { silenceMs },
  );
  if (transport === null) throw new Error('no transport');
  return transport;
}

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

/** A mail in the outbox of a film of its own, and the job that sends it. */
async function waitingMail(letter: Partial<Letter> = {}) {
  const filmId = await newFilm();
  const mailId = await inFilm(db, filmId, (tx) =>
    writeMail(tx, filmId, now, {
      key: 'one',
      to: 'grace@example.org',
      subject: 'Thank you',
      text: 'Words',
      html: '<p>Words</p>',
      ...letter,
    }),
  );
  if (mailId === null) throw new Error('not written');
  const send = (transport: MailTransport | null) => sendMail(db, () => now, transport)({ filmId, mailId });
  const state = async () => {
    const [mail] = await inFilm(db, filmId, (tx) => mailsByKey(tx, filmId, now, ['one']));
    return { state: mail?.state, why: mail?.lastFailure ?? null };
  };
  return { filmId, mailId, send, state };
}

describe('a mail in the outbox', () => {
  it('goes out once, with its text, its HTML and the Message-ID that it was written with', async () => {
    const { port, received } = await mailServer();
    const { mailId, send, state } = await waitingMail({ replyTo: 'ada@example.org' });
    await send(transportTo(port));
    await send(transportTo(port));
    expect(received).toHaveLength(1);
    const [mail] = received;
    expect(mail?.messageId).toBe(`<${mailId}@mail.houselights>`);
    expect(mail?.from?.text).toBe('"UNION" <film@example.org>');
    expect(mail?.replyTo?.text).toBe('ada@example.org');
    expect(mail?.text?.trim()).toBe('Words');
    expect(mail?.html).toContain('<p>Words</p>');
    expect((await state()).state).toBe('sent');
  });

  it('waits without a mail server, and is not counted as tried', async () => {
    const { send, state } = await waitingMail();
    await send(null);
    expect(await state()).toEqual({ state: 'waiting', why: null });
  });

  it('C9 is tried again when the server is down', async () => {
    const { send, state } = await waitingMail();
    await expect(send(transportTo(1))).rejects.toThrow('could not be reached');
    expect(await state()).toEqual({ state: 'waiting', why: 'The mail server could not be reached.' });
  });

  it('is tried again when the server greylists it, and then goes out', async () => {
    let isGrey = true;
    const { port, received } = await mailServer({
      onRcptTo: (_address, _session, done) => done(isGrey ? refusal(451, 'Greylisted') : null),
    });
    const { send, state } = await waitingMail();
    await expect(send(transportTo(port))).rejects.toThrow('451');
    expect((await state()).state).toBe('waiting');
    isGrey = false;
    await send(transportTo(port));
    expect(received).toHaveLength(1);
    expect(await state()).toEqual({ state: 'sent', why: null });
  });

  it.each([
    ['recipient', { onRcptTo: (_a, _s, done) => done(refusal(550, 'No such mailbox')) }],
    [
      'text',
      {
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on('end', () => done(refusal(550, 'No such mailbox')));
        },
      },
    ],
  ] satisfies [string, SMTPServerOptions][])(
    'is given up with the server’s words when it refuses the %s for good',
    async (_what, options) => {
      const { port } = await mailServer(options);
      const { filmId, mailId, send, state } = await waitingMail();
      await send(transportTo(port));
      const given = await state();
      expect(given.state).toBe('given up');
      expect(given.why).toContain('No such mailbox');
      await inFilm(db, filmId, (tx) => retryMail(tx, filmId, now, by, mailId));
      expect((await state()).state).toBe('waiting');
    },
  );

  it('waits while the server does not let us sign in, because that is a matter of settings', async () => {
    const { port } = await mailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusal(535, 'Bad password')),
    });
    const { send, state } = await waitingMail();
    const transport = openTransport({
      smtpUrl: `smtp://film:secret@127.0.0.1:${port}`,
      mailFrom: 'film@example.org',
    });
    await expect(send(transport)).rejects.toThrow('535');
    expect((await state()).state).toBe('waiting');
  });

  it('is tried again when the server says nothing at all', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const sockets = new Set<Socket>();
    silent.on('connection', (socket) => sockets.add(socket));
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const { send, state } = await waitingMail();
    const port = (silent.address() as AddressInfo).port;
    await expect(send(transportTo(port, 300))).rejects.toThrow('did not answer in time');
    expect((await state()).state).toBe('waiting');
  });

  it('E5 is uncertain when the connection drops after the whole text, and is never sent again by itself', async () => {
    const dropping = await droppingServer('after the text');
    const { filmId, mailId, send, state } = await waitingMail();
    await send(transportTo(dropping.port));
    expect(await state()).toEqual({
      state: 'uncertain',
      why: 'The mail server took the mail and did not answer.',
    });
    await send(transportTo(dropping.port));
    expect(dropping.texts()).toBe(1);
    await inFilm(db, filmId, (tx) => retryMail(tx, filmId, now, by, mailId));
    expect((await state()).state).toBe('waiting');
  });

  it('is tried again when the connection drops before the server asked for the text', async () => {
    const dropping = await droppingServer('at DATA');
    const { send, state } = await waitingMail();
    await expect(send(transportTo(dropping.port))).rejects.toThrow('could not be reached');
    expect((await state()).state).toBe('waiting');
  });

  it('E5 is left alone when an earlier try died between asking the server and noting its answer', async () => {
    const { port, received } = await mailServer();
    const { filmId, mailId, send } = await waitingMail();
    await inFilm(db, filmId, (tx) =>
      tx.updateTable('mail').set({ tryingSince: now }).where('id', '=', mailId).execute(),
    );
    await send(transportTo(port));
    expect(received).toHaveLength(0);
    const later = now.add({ minutes: 6 });
    const [mail] = await inFilm(db, filmId, (tx) => mailsByKey(tx, filmId, later, ['one']));
    expect(mail?.state).toBe('uncertain');
  });

  it('cannot be made to carry another header or recipient by what people type', async () => {
    const { port, received } = await mailServer();
    const attack = 'Hello\r\nBcc: victim@example.org\r\n\r\nBuy';
    const { send } = await waitingMail({ subject: attack, headers: { 'X-Note': attack } });
    await send(transportTo(port));
    const [mail] = received;
    expect(mail?.bcc).toBeUndefined();
    expect([...(mail?.headers.keys() ?? [])]).not.toContain('bcc');
    expect(mail?.subject).toContain('Bcc: victim@example.org');
    expect(mail?.text?.trim()).toBe('Words');
  });
});

/** Speaks just enough SMTP to go away at the worst moment, which a well-behaved server cannot. */
async function droppingServer(moment: 'at DATA' | 'after the text') {
  let texts = 0;
  const server = createServer((socket) => {
    let isText = false;
    socket.on('error', () => {});
    socket.write('220 here\r\n');
    socket.on('data', (chunk) => {
      const said = chunk.toString();
      if (isText) {
        if (!said.endsWith('\r\n.\r\n')) return;
        texts += 1;
        socket.destroy();
        return;
      }
      for (const line of said.split('\r\n').filter((each) => each !== '')) {
        if (!line.startsWith('DATA')) socket.write('250 fine\r\n');
        else if (moment === 'at DATA') socket.destroy();
        else {
          isText = true;
          socket.write('354 go on\r\n');
        }
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.address() as AddressInfo).port, texts: () => texts };
}
