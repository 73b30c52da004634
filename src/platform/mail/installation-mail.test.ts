import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inInstallation } from '../database/database.ts';
import { newId } from '../secrets.ts';
import type { Delivery, MailTransport, OutgoingLetter } from './deliver.ts';
import { dropOldInstallationMails, sendInstallationMail } from './send-installation-mail.ts';
import { writeInstallationMail } from './write-installation-mail.ts';

const database = await testDatabase();
const db = database.kysely;
const now = Temporal.Instant.from('2026-11-22T12:00:00Z');

/** A mail with a link in the installation's outbox, and the job that sends it. */
async function waitingLink(writtenAt = now) {
  const letter = {
    key: newId(),
    to: 'ada@example.org',
    subject: 'Sign in',
    text: 'A link',
    html: '<p>A link</p>',
  };
  const mailId = await inInstallation(db, (tx) => writeInstallationMail(tx, writtenAt, letter));
  if (mailId === null) throw new Error('not written');
  const announced: string[] = [];
  const send = (transport: MailTransport | null) =>
    sendInstallationMail(
      db,
      () => now,
      transport,
      (words) => announced.push(words),
    )({ mailId });
  const row = () => db.selectFrom('installationMail').selectAll().where('id', '=', mailId).executeTakeFirst();
  return { letter, announced, send, row };
}

/** A server that answers as it is told. */
function answering(...answers: Delivery[]) {
  const asked: OutgoingLetter[] = [];
  const deliver = async (letter: OutgoingLetter): Promise<Delivery> => {
    asked.push(letter);
    return answers.shift() ?? { kind: 'sent' };
  };
  return { asked, deliver };
}

describe('a mail of the installation', () => {
  it('goes out once, and nothing of its link is kept', async () => {
    const { send, row } = await waitingLink();
    const server = answering();
    await send(server);
    await send(server);
    expect(server.asked.map(({ text }) => text)).toEqual(['A link']);
    expect(await row()).toMatchObject({ sentAt: now, textBody: '', htmlBody: '', tryingSince: null });
  });

  it('is written once a key', async () => {
    const { letter } = await waitingLink();
    expect(await inInstallation(db, (tx) => writeInstallationMail(tx, now, letter))).toBeNull();
  });

  it('stands in the terminal where no mail server is set', async () => {
    const { announced, send, row } = await waitingLink();
    await send(null);
    expect(announced.join()).toContain('A link');
    expect(await row()).toMatchObject({ textBody: '' });
  });

  it('keeps its link while it is to be tried again', async () => {
    const { send, row } = await waitingLink();
    const server = answering({ kind: 'later', why: 'The mail server answered 451 Not now, ada@example.org' });
    await expect(send(server)).rejects.toThrow(/^The mail server answered 451$/);
    expect(await row()).toMatchObject({ sentAt: null, textBody: 'A link', tries: 1 });
    await send(server);
    expect(await row()).toMatchObject({ sentAt: now, tries: 2 });
  });

  it('E5 is not sent again while nobody knows whether it went', async () => {
    const { send, row } = await waitingLink();
    const server = answering({ kind: 'uncertain', why: 'It did not answer.' });
    await send(server);
    await send(server);
    expect(server.asked).toHaveLength(1);
    expect(await row()).toMatchObject({ sentAt: null, lastFailure: 'It did not answer.' });
  });

  it('is forgotten after a month', async () => {
    const old = await waitingLink(now.subtract({ hours: 24 * 31 }));
    const young = await waitingLink(now.subtract({ hours: 24 * 29 }));
    await inInstallation(db, (tx) => dropOldInstallationMails(tx, now));
    expect(await old.row()).toBeUndefined();
    expect(await young.row()).toBeDefined();
  });
});
