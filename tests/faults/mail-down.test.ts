import { once } from 'node:events';
import { type ParsedMail, simpleParser } from 'mailparser';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { afterAll, expect, it, vi } from 'vitest';
import { freePort, newInstallation } from '../ground/program.ts';
import { openedForm, sendForm } from '../ground/send-form.ts';

const installation = await newInstallation();
const port = await freePort();
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
});
afterAll(() => new Promise<void>((done) => server.close(() => done())));

async function ask<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
  const client = new pg.Client(installation.settings.DATABASE_URL);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

it('C9 with the mail server down every form is kept and thanked; its mails go out once it is up', async () => {
  const program = await installation.start({
    PROXIES: '1',
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'film@union.example',
  });
  const message = 'Is it there?';
  const stamp = await openedForm(program.url, '/contact/general');
  const sent = { ...stamp, name: 'Grace', email: 'grace@example.org', message };
  expect(await sendForm(program.url, '/contact/general', sent)).toBe(303);
  expect((await fetch(`${program.url}/contact/general/sent`)).status).toBe(200);
  const kept = await ask<{ n: number }>(
    `select count(*)::int as n from inquiry where answers::text like '%${message}%'`,
  );
  expect(kept).toEqual([{ n: 1 }]);
  const tried = () =>
    ask<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs where attempts > 0');
  await vi.waitFor(async () => expect((await tried())[0]?.n).toBeGreaterThan(0), 30_000);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  // A try that failed waits some seconds, the next one longer.
  await vi.waitFor(
    () => expect(received.map(({ to }) => [to].flat()[0]?.text)).toContain('grace@example.org'),
    {
      timeout: 60_000,
      interval: 100,
    },
  );
  const toGrace = received.filter(({ to }) => [to].flat()[0]?.text === 'grace@example.org');
  expect(toGrace).toHaveLength(1);
  expect(toGrace[0]?.text).toContain(message);
  expect(await program.stop()).toBe(0);
}, 120_000);
