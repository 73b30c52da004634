import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { describeError, makeLog, scrub } from './log.ts';

function listen() {
  let heard = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      heard += chunk;
      done();
    },
  });
  return { log: makeLog('info', stream as unknown as typeof process.stderr), heard: () => heard };
}

const address = 'canary.person@private.example';
const password = 'canary-password-1';
const token = 'dGhpcy1pcy1hLWNhbmFyeS10b2tlbg';
const person = 'Canary Personname';

describe('S21 the log', () => {
  it('withholds what a careless call hands it', () => {
    const { log, heard } = listen();
    log.error(
      {
        email: address,
        password,
        token,
        name: person,
        cookie: `session=${token}`,
        headers: { authorization: `Bearer ${token}`, cookie: token },
        person: { email: address, name: person, password },
        url: `https://user:${password}@host/?token=${token}`,
      },
      'a request failed',
    );
    for (const canary of [address, password, token, person]) expect(heard()).not.toContain(canary);
    expect(heard()).toContain('a request failed');
  });

  it('tells of a database error without the row that it was about', () => {
    const { log, heard } = listen();
    const error = Object.assign(new Error(`invalid input syntax for type uuid: "${person}"`), {
      name: 'error',
      severity: 'ERROR',
      code: '22P02',
      detail: `Key (email)=(${address}) already exists.`,
      where: `unnamed portal parameter $1 = '${password}'`,
      parameters: [address],
      query: `select '${password}'`,
    });
    log.error({ error }, 'a form could not be kept');
    for (const canary of [address, password, person]) expect(heard()).not.toContain(canary);
    expect(heard()).toContain('22P02');
  });

  it('tells of an unreadable text without the text', () => {
    let error: unknown;
    try {
      JSON.parse(`${person} ${password}`);
    } catch (caught) {
      error = caught;
    }
    const told = JSON.stringify(describeError(error));
    for (const canary of ['Canary', person, password]) expect(told).not.toContain(canary);
    expect(told).toContain('SyntaxError');
  });

  it('does not follow an error to its cause, its list or what is thrown instead of an error', () => {
    const cause = new Error(`${person} ${password}`);
    const errors = [
      new Error('outer', { cause }),
      new AggregateError([cause], 'several'),
      Object.assign(new Error('with a body'), { body: { password } }),
      `${person} ${password}`,
      { password, name: person },
      null,
    ];
    for (const error of errors) {
      const { log, heard } = listen();
      log.error({ error }, 'failed');
      for (const canary of [password, person]) expect(heard()).not.toContain(canary);
    }
  });

  it('takes addresses, queries, credentials and long secrets out of words', () => {
    const said = scrub(
      `connect smtp://user:${password}@mail.example failed for <${address}> at /confirm?secret=x of ${token}`,
    );
    for (const canary of [password, address, 'secret=x', token]) expect(said).not.toContain(canary);
    expect(said).toContain('failed');
    expect(scrub(`postgres://user:pa/ss${password}@host/db`)).not.toContain(password);
    expect(scrub(`s3://key:p@${password}@host/bucket`)).not.toContain(password);
  });

  it('is one line of JSON an event, whatever is in it', () => {
    const { log, heard } = listen();
    log.warn(
      { error: new Error('two\nlines\u2028and "quotes" {"level":50}'), film: 'a\nb' },
      'words\nof ours',
    );
    expect(heard().trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(heard())).toMatchObject({ level: 40 });
  });
});
