import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { firstOwner } from '../ground/first-owner.ts';
import { newInstallation, type Program } from '../ground/program.ts';
import { type Generated, generatedRequests } from './generated-requests.ts';

const requestsMin = 20_000;
const workers = 5;
// The same requests in every run; another seed finds others.
const seed = Number(process.env.SEED ?? 20_241_018);

const installation = await newInstallation();
let program: Program;
let cookie = '';

beforeAll(async () => {
  program = await installation.start({ ROLE: 'web' });
  cookie = await firstOwner(program);
});

type Answer = { readonly status: number; readonly body: string };

function ask(agent: Agent, { method, path, headers, body, isSignedIn }: Generated): Promise<Answer> {
  const { hostname, port } = new URL(program.url);
  const sent: Record<string, string> = { ...headers, ...(isSignedIn && { cookie }) };
  if (body) sent['content-length'] = String(body.length);
  return new Promise((done, failed) => {
    const asked = request(
      { agent, hostname, port, method, path, headers: sent, setHost: false },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('end', () =>
          done({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString('latin1', 0, 20_000) }),
        );
        answer.on('error', failed);
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // A body that is too large is answered before it is read; then the line is closed.
      if (error.code === 'EPIPE' || error.code === 'ECONNRESET') done({ status: 0, body: '' });
      else failed(error);
    });
    // Somebody who waits this long has been forgotten.
    asked.setTimeout(30_000, () => {
      asked.destroy();
      done({ status: 599, body: '' });
    });
    if (body) asked.write(body);
    asked.end();
  });
}

describe('twenty thousand requests that nobody should send', () => {
  it('S1 S2 are each answered, none with a 5xx, and the program lives on', async () => {
    const requests = generatedRequests(seed, new URL(program.url).host);
    const failures = new Map<string, string>();
    const statuses = new Map<number, number>();
    let asked = 0;
    const work = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      while (asked < requestsMin) {
        asked += 1;
        const next = requests.next().value as Generated;
        const { status, body } = await ask(agent, next);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const leak = /(?:syntax error at or near|pg_catalog|node_modules|at \w+ \(file:)/.exec(body)?.[0];
        if (status >= 500 || leak)
          failures.set(
            `${next.method} ${next.path.slice(0, 200)}`,
            `${status} ${leak ?? ''} ${next.isSignedIn ? 'signed in' : ''} ${next.body?.toString().slice(0, 200) ?? ''}`,
          );
      }
      agent.destroy();
    };
    await Promise.all(Array.from({ length: workers }, work));
    expect([...failures].slice(0, 20), `seed ${seed}`).toEqual([]);
    expect(asked).toBeGreaterThanOrEqual(requestsMin);
    // Enough of them got past the door to mean something.
    for (const status of [200, 400, 403, 404, 422])
      expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(20);
    expect(statuses.get(0) ?? 0).toBeLessThan(100);
    expect((await fetch(`${program.url}/`)).status).toBe(200);
    expect(program.terminal()).not.toMatch(/"level":50|nhandled|TypeError|RangeError/);
  }, 400_000);

  it.each([
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: <script>\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: [::1\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a b/c?d#e\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: user:pass@host:99999\r\n\r\n',
    'GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'GET //evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'GET /%00 HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'GET /\\..\\..\\etc\\passwd HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'GET /../../../etc/passwd HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'GET * HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'TRACE / HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    'POST /contact/general HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /contact/general HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
    'POST /contact/general HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    `GET /${'a'.repeat(10_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
    '\u0000\u0001\u0002\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  ])('bytes that are hardly HTTP are answered or hung up on: %.50j', async (bytes) => {
    const answer = await new Promise<string>((done) => {
      let heard = '';
      const socket = connect(Number(new URL(program.url).port), '127.0.0.1', () =>
        socket.end(bytes, 'latin1'),
      );
      socket.on('data', (piece) => (heard += piece.toString('latin1')));
      socket.on('error', () => done(heard));
      socket.on('close', () => done(heard));
    });
    expect(answer).toMatch(/^$|^HTTP\/1\.1 [1234]\d\d /);
    expect((await fetch(`${program.url}/health`)).status).toBe(200);
    expect(program.terminal()).not.toMatch(/"level":50|nhandled/);
  });
});
